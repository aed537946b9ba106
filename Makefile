# Relais: `make run` tries it, `make test` proves it. Everything installs itself in .venv/.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
DATA_DIR ?= var
PORT ?= 8000
POSTGRES ?= postgres://postgres@127.0.0.1:5432
REDIS ?= redis://127.0.0.1:6379
export DATA_DIR PORT

.PHONY: help install run demo migrate test test-postgres browser check bench clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -ts $$'\t'

install: .venv/.installed  ## make .venv/ from uv.lock
.venv/.installed: uv.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || { $(BIN)/python -m ensurepip >/dev/null && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	@UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

migrate: install
	@$(BIN)/python manage.py migrate --verbosity 0

run: export RELAIS_DEMO := 1
run: install  ## start the demo: site, intranet and clock (PORT=8123 make run)
	@echo "Relais se prépare…"
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@$(BIN)/python manage.py demo --if-empty
	@exec $(BIN)/python manage.py up

browser:  # Debian's Chromium for the browser tests, when this machine may install it
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; } || \
	  echo "Pas de Chromium : les tests de navigateur (tests/e2e) sont laissés de côté."

# Tests make their own folder; DATA_DIR is for `make run`.
test: install browser  ## the whole suite on SQLite
	@env -u DATA_DIR -u DATABASE_URL -u HUEY_URL -u CACHE_URL $(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

test-postgres: export DATABASE_URL := $(POSTGRES)/relais
test-postgres: export CACHE_URL := $(REDIS)/1
test-postgres: install browser  ## the same on PostgreSQL and Redis, then the worker's tests on a Redis queue
	@env -u DATA_DIR HUEY_URL=$(POSTGRES)/postgres $(BIN)/pytest -n 2 --dist loadgroup $(ARGS)
	@env -u DATA_DIR HUEY_URL=$(REDIS)/9 $(BIN)/pytest -m worker $(ARGS)

check: install  ## format, lint, storeys, house rules, migrations, deployment settings
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache
	@env -u DATA_DIR $(BIN)/pytest -q -p no:randomly tests/house
	@set -e; unset RELAIS_DEMO; export DATA_DIR="$$(mktemp -d)"; trap 'rm -rf "$$DATA_DIR"' EXIT; \
	  $(BIN)/python manage.py makemigrations --check --dry-run; \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: install  ## paired ratios against a bare floor, in $(DATA_DIR)/bench.json
	@env -u DATA_DIR BENCH_DIR=$(DATA_DIR) $(BIN)/python -m tests.bench $(ARGS)

clean:  ## forget the demo's data
	rm -rf var
