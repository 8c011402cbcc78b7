# One command each: set up, run, test. Needs Python 3.11 or newer, git and make; everything else is fetched.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test check browser lock messages wheel clean
.SILENT:

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

# Tests start the club a hundred times: compiling it each time would take a fifth of that.
export PYTHONDONTWRITEBYTECODE :=

help:
	echo "make run       set up when needed, then serve the club on http://localhost:8000 (SSC_PORT)"
	echo "make test      everything CI does: format, lint, types, tiers, tests, browser stories"
	echo "make setup     create .venv and install what requirements.lock pins"
	echo "make check     only format, lint, types and tiers"
	echo "make messages  collect sentences for the translators into frontend/locales (NEW=th begins a language)"
	echo "make lock      pin the newest versions that pyproject.toml allows (needs uv)"
	echo "make wheel     build the package into dist/"
	echo "make clean     remove .venv and caches; the club's data stays"

setup:
	.ci/setup

run: setup
	exec $(BIN)/ssc serve

# Three workers on two cores: they wait for servers, browsers and the database a good part of the time. The order of the
# files is ours (tests/conftest.py): xdist's leaves those with few and long tests for the end. A worker that dies ends
# the run: xdist hands its finished files out once more, and waits for their results for ever.
test: setup browser check
	exec $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

check: setup
	$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: $(BIN)/ruff format ."; exit 1; }
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo >/dev/null 2>&1 || $(BIN)/lint-imports --no-logo

# The browser stories need Chromium and a Japanese font.
browser: setup
	.ci/browser

messages: setup
	$(BIN)/python .ci/messages.py $(if $(NEW),--new $(NEW))

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --group dev --upgrade --output-file requirements.lock

wheel: setup
	$(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist
