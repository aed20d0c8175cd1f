"""docker-compose.yml is valid, refers only to what it defines, and publishes nothing to the world."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from etl.launch import secrets

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LASTING = sorted(name for name, service in SERVICES.items() if service.get("restart") == "unless-stopped")


def test_it_follows_the_compose_specification():
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [checker, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_depend_on_services_that_can_get_so_far(name):
    for other, how in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
        if how["condition"] == "service_completed_successfully":
            assert SERVICES[other]["restart"].startswith("on-failure")


def test_named_volumes_are_exactly_those_that_are_mounted():
    mounts = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert {mount for mount in mounts if "/" not in mount and "$" not in mount} == set(COMPOSE["volumes"])


def test_only_the_service_that_makes_the_secrets_may_write_them():
    for name, service in SERVICES.items():
        for mount in service.get("volumes", []):
            assert mount != "secrets:/secrets" or name == "secrets"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_addresses_name_a_service_and_the_port_that_it_exposes(name):
    words = " ".join(map(str, [SERVICES[name].get("environment"), SERVICES[name].get("command")]))
    for host, port in re.findall(r"(?:@|//)([a-z][\w-]+):(\d+)", words):
        assert SERVICES[host]["expose"] == [port]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_ports_are_published_on_loopback_only(name):
    for port in SERVICES[name].get("ports", []):
        assert port.startswith("127.0.0.1:")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_limited_rotates_its_log_and_comes_back(name):
    service = SERVICES[name]
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert service["restart"] in ("unless-stopped", "on-failure:5")


@pytest.mark.parametrize("name", [name for name in LASTING if name != "sample-site"])
def test_every_lasting_service_says_whether_it_is_well(name):
    assert "healthcheck" in SERVICES[name]


def test_every_variable_stands_in_the_example_with_its_default():
    wanted = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", TEXT))
    assert wanted == dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE, re.MULTILINE))


def test_no_secret_is_given_anywhere():
    given = SERVICES["secrets"]["environment"]
    assert {name.lower() for name in given} == set(secrets.MAKERS)
    for name, value in given.items():
        assert value == f"${{{name}:-}}"
    filled = set(re.findall(r"\{(\w+)\}", TEXT)) - {"hostname", "name"}
    assert filled <= set(secrets.MAKERS) | set(re.findall(r"\$\{(\w+)\}", TEXT))


def test_users_are_asked_for_a_password_and_have_roles():
    manager = SERVICES["api-server"]["environment"]["AIRFLOW__CORE__AUTH_MANAGER"]
    assert "simple" not in manager.lower()


def test_what_the_dockerfile_copies_exists():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for sources in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE):
        for source in sources.split():
            assert (ROOT / source).exists(), source
