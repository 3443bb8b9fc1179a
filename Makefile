# Everything a developer types. Each target makes ready what it needs; a second time that is instant.
SHELL := bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test lint messages bench audit lock

# The address of `make run` and the commune that an empty database gets.
export PORT ?= 8000
export COMMUNE ?= fixtures/larache.json
PYTHON := .venv/bin/python
# `make lock LOCK_FLAGS=--upgrade` takes newer versions.
LOCK_FLAGS ?=
# `make bench BENCH="pages crowd"` makes these measurements only.
BENCH ?=
# `make audit AUDIT="pages --only results"` looks at these pages only.
AUDIT ?=

help: ## Say what there is
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## Install what is missing: system packages, .venv, the locked Python packages
	@.ci/setup test

run: ## Serve the portal on this machine, with a rehearsal to play with
	@.ci/serve

test: ## Lint, then the tests on SQLite and on PostgreSQL
	@.ci/setup test
	@.ci/lint
	@.ci/test

lint: ## Formats, rules, migrations, catalogues and the checks of a production site
	@.ci/setup run
	@.ci/lint

messages: ## Bring locale/*.po up to date with the msgids of code and templates
	@.ci/setup run
	@$(PYTHON) manage.py makemessages --locale ar --locale fr --no-wrap --add-location file \
		--ignore 'node_modules/*' --ignore 'static/*' --ignore 'tests/*' --ignore 'var/*'

bench: ## Measure what the portal promises, on SQLite and on a durable PostgreSQL
	@.ci/setup test
	@.ci/bench $(BENCH)

audit: ## Look at every public page in a browser, with axe and Lighthouse; sheets of pictures in var/audit/
	@.ci/setup test
	@.ci/audit $(AUDIT)

lock: ## Write the hashed locks anew from pyproject.toml
	@.ci/setup run
	@.ci/lock $(LOCK_FLAGS)
