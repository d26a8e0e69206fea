# Daybook on one machine. Needs Python 3.11 or newer and make; everything else is set up on the first call.
#
#   make run      the product with a demonstration network, until Ctrl-C   (PORT, SIMULATOR_PORT)
#   make test     the whole test suite, browser tests included
#   make check    format, lint, types, architecture, migrations
#   make help     all targets

PYTHON ?= python3
# Number of test processes, and further words for pytest: make test JOBS=4 ARGS="tests/billing -x"
JOBS ?= 2
ARGS ?=

VENV := .venv/bin/python
# The set-up runs on the machine's Python with its standard library alone.
SETUP := $(PYTHON) -E -s -S -m config.local.environment
TEMPLATES = $(shell find templates -name '*.html')
# Some shells forbid Python to keep bytecode; each of a run's many processes would compile all libraries anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev ports run test check format faults bench bench-large screenshots lock reset

help: ## show the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: ## make .venv from the locks; silent when nothing is to be done
	@$(SETUP) local

setup-dev:
	@$(SETUP) dev

# A taken port is told before anything is set up.
ports:
	@PORT='$(PORT)' SIMULATOR_PORT='$(SIMULATOR_PORT)' $(PYTHON) -E -s -S -m config.local.ports

run: ports setup ## run Daybook until Ctrl-C
	@PORT='$(PORT)' SIMULATOR_PORT='$(SIMULATOR_PORT)' exec $(VENV) -m config.local.supervisor

test: setup-dev ## run the whole test suite
	@$(VENV) -m config.local.browser
	@exec $(VENV) -m pytest -n $(JOBS) --dist loadgroup -m "not long" $(ARGS)

check: setup-dev ## format, lint, types, templates, architecture, missing migrations
	@$(VENV) -m ruff format --check .
	@$(VENV) -m ruff check .
	@$(VENV) -m mypy .
	@$(if $(TEMPLATES),.venv/bin/djade --check --target-version 5.2 $(TEMPLATES))
	@DJANGO_SETTINGS_MODULE=config.settings.test $(VENV) -W ignore manage.py makemigrations --check --dry-run
	@exec $(VENV) -m pytest -q -n $(JOBS) tests/architecture

format: setup-dev ## write the format that check wants
	@$(VENV) -m ruff check --quiet --fix . || true
	@$(VENV) -m ruff format .
	@$(if $(TEMPLATES),.venv/bin/djade --target-version 5.2 $(TEMPLATES) || true)

faults: setup-dev ## the long fault suite: kills, restarts, carrier faults
	@exec $(VENV) -m pytest -q -rA -m long tests/faults $(ARGS)

bench: setup-dev ## the benchmark suite; writes bench/results.json
	@exec $(VENV) -m bench $(ARGS)

bench-large: setup-dev ## the benchmark suite at full size
	@exec $(VENV) -m bench --large $(ARGS)

screenshots: setup-dev ## pictures of every page, into screenshots/
	@$(VENV) -m config.local.browser
	@exec $(VENV) -m tests.system.screenshots $(ARGS)

LOCK := $(VENV) -m uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock: setup ## write the lock files anew from pyproject.toml
	@$(LOCK) --extra local --extra dev -o requirements-dev.txt
	@$(LOCK) --extra local -c requirements-dev.txt -o requirements-local.txt
	@$(LOCK) -c requirements-dev.txt -o requirements.txt
	@if grep -nE '://|^-|^--(index|find)' requirements*.txt; then echo 'A lock file names an address.' >&2; exit 1; fi

reset: ## forget the data of make run
	@$(PYTHON) -E -s -S -m config.local.reset
