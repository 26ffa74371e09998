# Every command of the project; `make` alone lists them. Workflows call these and nothing else.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# Tools of others, apart from those that make the site: readers and validators, generators of clients, and those of node.
FORMS := .venv-forms
CLIENTS := .venv-clients
NODE := oracles/node/node_modules
# A wheel that is there already need not be looked for again: the lock is the key.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help site pdf test test-long test-forms demo preview serve check review publish-check bench fuzz golden lock browser clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-13s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(INSTALLED)

browser: $(INSTALLED_DEV)  ## make sure that a Chromium, node and R are there for the tests
	@sh scripts/browser.sh $(RUN)

site: $(INSTALLED)  ## build the real site into site/
	$(RUN) build.py --out site
	@echo "Look at it with: make serve"

demo: $(INSTALLED)  ## build the same site from four releases of synthetic data into site-demo/ (some minutes)
	$(RUN) -m kompeten sample --size kaltim --seed 1 --history --out build/demo-data
	$(RUN) build.py --data build/demo-data --out site-demo

preview: $(INSTALLED)  ## build what is not out yet into site-preview/, with a banner that says so
	$(RUN) build.py --preview --out site-preview

publish-check: $(INSTALLED)  ## rehearse publishing on this machine: build twice, serve as the host does, follow every link
	$(RUN) scripts/publish_check.py

pdf: site browser  ## print site/ as one PDF a language into build/pdf/ (needs a Chromium)
	$(RUN) scripts/release_pdf.py site build/pdf

serve: site  ## serve site/ on this machine
	@echo "http://127.0.0.1:8000/ (Ctrl-C stops)"
	$(RUN) -m http.server --bind 127.0.0.1 --directory site 8000

check: $(INSTALLED_DEV)  ## lint, types, licences, and what is wrong with the data
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/reuse lint --quiet
	$(RUN) build.py --check

review: $(INSTALLED)  ## say what a proposal changes: make review OLD=… NEW=… OUT=review.md
	$(RUN) -m kompeten review $(OLD) $(NEW) --out $(OUT)

test: $(INSTALLED_DEV) browser  ## what guards every change, browser tests included
	$(RUN) -m pytest -n 2 --dist loadfile

test-long: $(INSTALLED_DEV) browser  ## whole journeys: registers and releases by commands, builds again and again; slow
	$(RUN) -m pytest -n 2 --dist loadfile tests/long

.venv-%/.installed: requirements-%.lock
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(NODE)/.installed: oracles/node/package-lock.json
	@sh scripts/forms.sh
	npm ci --prefix oracles/node --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

test-forms: $(FORMS)/.installed $(CLIENTS)/.installed $(NODE)/.installed  ## the site in readers, validators and clients of others; slow
	@sh scripts/forms.sh
	$(FORMS)/bin/python -m pytest oracles -W default

bench: $(INSTALLED_DEV)  ## measure stages as ratios against a baseline of the same run
	$(RUN) -m bench

fuzz: $(INSTALLED_DEV)  ## change what every reader reads until one breaks, a minute each; make fuzz SECONDS=600 SEED=2
	$(RUN) -m tests.fuzz --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1)

golden: $(INSTALLED_DEV)  ## write the golden files and the frozen contract anew; look at the diff before you commit
	$(RUN) -m tests.golden.regenerate

lock: $(INSTALLED_DEV)  ## pin the dependencies of pyproject.toml anew, with hashes
	$(RUN) -m uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(RUN) -m uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(RUN) -m uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra forms -c requirements-dev.lock pyproject.toml -o requirements-forms.lock
	$(RUN) -m uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url --no-header oracles/clients.in -o requirements-clients.lock

clean:  ## remove what commands have made
	rm -rf site site-demo site-preview build .pytest_cache .mypy_cache .ruff_cache .hypothesis
