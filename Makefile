# Set-up, demo, tests and checks. Everything lands in .venv, node_modules and .data of this folder.
#   make demo      set up, load the sample State, serve it (PORT=8000, FRESH=1 starts anew)
#   make test      set up, pass the fast tests
#   make test-all  every test, the slow ones and those in a browser included
#   make check     every static check          make fix       mend what can be mended
#   make bench     the benchmark table         make messages  bring the catalogues in step
#   make setup     only set up                 make clean     remove what set-up made (data stay)

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PROCESSES ?= 2

.PHONY: help setup demo test test-all check fix bench messages clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

setup:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Tawsiya needs Python 3.11 or newer, and $(PYTHON) is not on this machine." >&2; exit 1; }
	@$(PYTHON) tools/setup.py

demo: setup
	@$(BIN)/tawsiya demo --port $(PORT) $(if $(FRESH),--fresh)

test: setup
	@$(BIN)/python -m pytest -n $(PROCESSES) -m "not browser and not slow" $(ARGS)

test-all: setup
	@$(BIN)/python -m pytest -n $(PROCESSES) $(ARGS)

check: setup
	@$(BIN)/python tools/check.py

fix: setup
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: setup
	@for file in bench/*.py; do $(BIN)/python "$$file" || exit 1; done

messages: setup
	@$(BIN)/python tools/messages.py update

clean:
	@rm -rf .venv node_modules src/tawsiya/assets src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src -name '*.mo' -delete
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
