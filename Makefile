# Everything a newcomer needs: `make brief`, `make test`, `make help`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help install brief test format benchmarks lock clean

help: ## list what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "multivector needs Python 3.11 or newer; '$(PYTHON)' is older. Name another: make PYTHON=python3.12 ..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked environment into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

install: $(READY) ## create the environment from the lock file

brief: $(READY) ## run the main job on the embedded region and the example articles
	@$(BIN)/multivector brief russia-arms-shortfall --read examples/articles -o briefs/russia-arms-shortfall.html

test: $(READY) ## format, lint, types, import rules, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

format: $(READY) ## rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmarks: $(READY) ## where the time goes, and the engine beside its rivals: one JSON line a benchmark
	@$(BIN)/python benchmarks/brief.py
	@$(BIN)/python benchmarks/refworld_speed.py
	@$(BIN)/python benchmarks/reading.py
	@$(BIN)/python benchmarks/composite.py
	@$(BIN)/python benchmarks/frustration.py
	@$(BIN)/python benchmarks/bargaining.py

lock: ## resolve the lock file anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock

clean: ## remove the environment and what was made
	rm -rf $(VENV) briefs runs
