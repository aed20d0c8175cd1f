# Everything runs in .venv, built from requirements.lock; only Python 3.11+ and make are needed.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS = never
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: setup demo up stack test test-stack chaos check format faults bench lock clean

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@echo "Installing from requirements.lock into .venv …"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: setup
	@$(BIN)/etl demo

up: setup
	@$(BIN)/etl up

# Debian packages, by name, on a machine whose package lists may never have been fetched.
APT_INSTALL = sudo=$$(test "$$(id -u)" = 0 || echo sudo); $$sudo apt-get update --quiet --quiet && \
	$$sudo apt-get install --yes --quiet --no-install-recommends

# The distributed stack without a container engine: Debian's PostgreSQL and Redis, the rest from the locks.
.PHONY: stack-packages
stack-packages: setup
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint requirements-celery.lock --group celery
	@command -v redis-server > /dev/null && ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || { \
		$(APT_INSTALL) postgresql redis-server; }

stack: stack-packages
	@$(BIN)/etl stack

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-stack: stack-packages
	$(BIN)/python -m pytest tests/stack -m stack -s

chaos: stack-packages
	$(BIN)/python -m pytest tests/stack -m chaos -s

test-browser: setup
	@test -x /usr/bin/chromium || { $(APT_INSTALL) chromium fonts-noto-cjk; }
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --group browser
	$(BIN)/python -m pytest -n 0 tests/browser/chromium

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

faults: setup
	$(BIN)/python tests/capture/faults/table.py

bench: setup
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	$(BIN)/python -m tests.bench

lock:
	uv lock
	uv export --frozen --no-emit-project --no-header --output-file requirements.lock --quiet
	uv pip compile --universal --python-version 3.11 --group celery --constraint requirements.lock --no-annotate \
		--no-header --output-file requirements-celery.lock --quiet

clean:
	rm -rf .venv var
