"""docker-compose.yml is valid, refers only to what it defines, and publishes nothing to the world."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]


def test_it_follows_the_compose_specification():
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [checker, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_depend_on_services_and_mount_volumes_that_exist(name):
    service = SERVICES[name]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    for mount in service.get("volumes", []):
        assert mount.split(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_ports_are_published_on_loopback_only(name):
    for port in SERVICES[name].get("ports", []):
        assert port.startswith("127.0.0.1:")


def test_every_secret_is_named_in_the_example_and_given_nowhere():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    wanted = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert wanted == set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    assert not re.findall(r"^\w*(?:PASSWORD|SECRET|KEY)=\S", example, re.MULTILINE)


def test_what_the_dockerfile_copies_exists():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for sources in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE):
        for source in sources.split():
            assert (ROOT / source).exists(), source
