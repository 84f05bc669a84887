# Samråd. `make` alone tells what there is. Needed: Python 3.11 or newer with venv, and make. Nothing is installed outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# PYTHONPATH and pip's own settings of the machine stay as they are; only what pip would ask or warn about is silenced.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

# The second reader of calendar files, which the tests run with node.
CALENDAR := mkdir -p $(VENV)/calendar && cp tests/calendar/package.json tests/calendar/package-lock.json $(VENV)/calendar/ && \
	npm ci --prefix $(VENV)/calendar --ignore-scripts --no-audit --no-fund --silent

SOURCES := bot conversations tests benchmarks
RUN_STAMP := $(VENV)/.run
DEMO_STAMP := $(VENV)/.demo
SETUP_STAMP := $(VENV)/.setup
BENCH_STAMP := $(VENV)/.bench
# Anything that pytest should be told besides: make test ARGS="-k reminders"
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check bench soak texts lock clean

help: ## Tell what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samråd needs Python 3.11 or newer. Give one with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python has no venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# What the bot needs to run, and nothing else. Done again when the lock file changes.
$(RUN_STAMP): $(BIN)/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

# What the demo needs besides: the login services of its secure page.
$(DEMO_STAMP): $(RUN_STAMP) requirements/demo.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/demo.txt
	@touch $@

$(SETUP_STAMP): $(RUN_STAMP) requirements/dev.txt tests/calendar/package-lock.json
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@$(CALENDAR) || echo "ical.js was not installed (it needs npm): calendar files are then read back by one parser only." >&2
	@touch $@

$(BENCH_STAMP): $(SETUP_STAMP) requirements/bench.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

setup: $(SETUP_STAMP) ## Make .venv with everything for running and testing

demo: $(DEMO_STAMP) ## Try Samråd in the browser: no Telegram, no token, no internet
	$(BIN)/samrad demo

test: $(SETUP_STAMP) ## Run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(BENCH_STAMP) ## Check format, types, imports and texts
	$(BIN)/ruff format --check $(wildcard $(SOURCES))
	$(BIN)/ruff check $(wildcard $(SOURCES))
	$(BIN)/mypy $(wildcard $(SOURCES))
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/house

bench: $(BENCH_STAMP) ## Measure, side by side with what one would pick instead
	$(BIN)/python -m benchmarks $(ARGS)

soak: $(SETUP_STAMP) ## Kill it a thousand times under load and count what was lost; walk long by chance
	$(BIN)/python -m pytest -m soak $(ARGS)

texts: $(SETUP_STAMP) ## Bring the catalogues up to date with the code, and list what lacks a translation
	$(BIN)/python -m tests.house.catalogs extract
	$(BIN)/python -m tests.house.catalogs missing nb
	$(BIN)/python -m tests.house.catalogs missing nn

# The locks name exact versions with the hashes of every platform's files, and no place to fetch them from.
# What is locked stays; `make lock UPGRADE=--upgrade` takes the newest that pyproject.toml allows.
LOCK := env -u PIP_FIND_LINKS $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE) pyproject.toml --group build

lock: $(BIN)/python ## Write the lock files again after a change in pyproject.toml
	$(BIN)/python -m pip install --quiet "uv>=0.13"
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --group demo --constraint requirements/run.txt --output-file requirements/demo.txt
	$(LOCK) --group demo --group dev --constraint requirements/demo.txt --output-file requirements/dev.txt
	$(LOCK) --group demo --group dev --group bench --constraint requirements/dev.txt --output-file requirements/bench.txt

clean: ## Remove what was made here: the venv and the caches, never a database or a key
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find $(wildcard $(SOURCES)) -name __pycache__ -type d -prune -exec rm -rf {} +
