# Two commands on a fresh machine: make demo, make test. The others are described by make help.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
NEED := .ci/need
ARGS ?=
WORKERS ?= auto

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --quiet

export PYTHONUNBUFFERED = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1
# Networks that look into TLS have a certificate of their own, known to the system only.
export NODE_USE_SYSTEM_CA = 1

FRONT_END := static/build.mjs $(wildcard static/scss/*.scss static/images/*.svg static/js/*.js)

LINTS := lint-format lint-style lint-types lint-imports lint-templates lint-messages \
	lint-migrations lint-settings
AUDITS := audit-python audit-npm

.PHONY: help install demo demo-reset test lint check bench audit lock messages guides clean $(LINTS) $(AUDITS)

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r name text; do printf '%-18s %s\n' "$$name" "$$text"; done

install: $(STAMPS)/python $(STAMPS)/front-end $(STAMPS)/messages ## set up: .venv, packages, front end

demo: install ## run everything with a demo region; PORT=9000 moves it, Ctrl-C stops it
	@$(NEED) pango || echo "The demo runs without PDF."
	@MTVP_DEMO=1 exec $(PYTHON) manage.py demo

demo-reset: install ## throw the demo's data away and begin anew
	@$(PYTHON) -m mtvp.embedded remove
	@$(MAKE) demo

test: install ## run all tests; ARGS="-k training" passes arguments on
	@$(NEED) pango chromium
	@$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: install ## formats, style, types, import contracts, templates, translations, migrations
	@$(MAKE) --keep-going $(LINTS)

lint-format:
	@$(PYTHON) -m ruff format --check .

lint-style:
	@$(PYTHON) -m ruff check .

lint-types:
	@$(PYTHON) -m mypy .

lint-imports:
	@$(VENV)/bin/lint-imports

lint-templates:
	@find . -path ./$(VENV) -prune -o -path ./node_modules -prune -o \
		-path '*/templates/*.html' -print0 | xargs -0 $(VENV)/bin/djade --target-version 5.2 --check

lint-messages:
	@$(PYTHON) -m mtvp.catalogue check

lint-migrations:
	@$(PYTHON) -W ignore::RuntimeWarning -m django makemigrations --check --dry-run \
		--settings mtvp.settings

lint-settings:
	@$(PYTHON) -m django check --settings mtvp.settings --fail-level WARNING

check: lint test ## lint and test

bench: install ## one JSON line per figure, each beside its hand-written floor
	@$(PYTHON) manage.py bench $(ARGS)

audit: install ## known holes in the Python and npm packages; needs the advisory services
	@$(MAKE) --keep-going $(AUDITS)

audit-python:
	@$(PYTHON) -m pip_audit --strict --require-hashes --disable-pip -r requirements.txt

audit-npm:
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm audit --audit-level=low

lock: ## pin the packages of requirements*.in anew (needs uv)
	@uv pip compile requirements.in $(LOCK) --upgrade -o requirements.txt
	@uv pip compile requirements-production.in $(LOCK) -c requirements.txt \
		-o requirements-production.txt

messages: install ## add new texts to the catalogues in locale/, still to be translated
	@$(PYTHON) -m mtvp.catalogue update

guides: install ## take the pictures of docs/guides.md anew
	@mkdir -p docs/images/guides
	@MTVP_GUIDE_IMAGES=docs/images/guides $(PYTHON) -m pytest -q tests/browser/test_guides.py

clean: ## remove what install and the demo made
	@$(PYTHON) -m mtvp.embedded remove
	@rm -rf $(VENV) node_modules static/dist .local

$(STAMPS)/python: requirements.txt $(NEED)
	@$(NEED) python $(VENV)
	@mkdir -p $(STAMPS)
	@echo "Installing the Python packages ..."
	@$(PYTHON) -m pip install --quiet --no-compile --only-binary :all: --require-hashes \
		-r requirements.txt
	@touch $@

$(STAMPS)/node-modules: $(STAMPS)/python package.json package-lock.json .npmrc requirements-node.txt
	@echo "Installing the front end's packages ..."
	@$(NEED) node $(VENV)
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --loglevel=error >/dev/null
	@touch $@

$(STAMPS)/front-end: $(STAMPS)/node-modules $(FRONT_END)
	@echo "Building the front end ..."
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm run --silent build
	@touch $@

$(STAMPS)/messages: $(STAMPS)/python $(wildcard locale/*/LC_MESSAGES/*.po)
	@$(PYTHON) -m mtvp.catalogue compile
	@touch $@
