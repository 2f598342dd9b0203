# The whole contributor interface: demo, test, test-real, check, bench, lock, docs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PEOPLE ?= 500
SEED ?= 7
SYSTEMS ?= 9100
ONCE ?=
WITHOUT ?=
WORKERS ?= 2
LAWS ?= quick

.PHONY: demo test test-real check bench lock docs

demo: $(VENV)/ready
	$(BIN)/hub demo --port $(PORT) --people $(PEOPLE) --seed $(SEED) --systems $(SYSTEMS) $(if $(WITHOUT),--without $(WITHOUT)) $(if $(ONCE),--once)

test: $(VENV)/ready
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not real" -q -n $(WORKERS) --dist worksteal --hypothesis-profile $(LAWS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --skip-empty

test-real: $(VENV)/ready
	$(BIN)/pytest -m real -q

check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/ready
	$(BIN)/hub demo --once --port $(PORT) --people $(PEOPLE) --seed $(SEED) --systems $(SYSTEMS) > /dev/null
	$(BIN)/python -m benchmarks.questions
	$(BIN)/python -m benchmarks.syncing

lock:
	uv pip compile --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

docs: $(VENV)/ready
	$(BIN)/python -m tests.docs

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
