# For contributors: see CONTRIBUTING.md. Another environment than .venv: make check VENV=...
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: help check format quick full

help:  ## What there is to make.
	@sed -n "s/^\([a-z]*\):  ## /\1\t/p" $(MAKEFILE_LIST)

check:  ## Everything that reads the code without running it.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/shellcheck .ci/run .ci/install-programs deploy/build-without-docker.sh
	$(BIN)/hadolint deploy/Dockerfile

format:  ## Put the code into ruff's form, and mend what ruff can.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quick:  ## The tests without real models, languages and servers.
	$(PYTEST) -m 'not slow'

full:  ## All tests, with the real model, real servers and real clients.
	$(PYTEST)
