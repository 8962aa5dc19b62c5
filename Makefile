# Thin on purpose: what a target does is in tools/. ARGS reaches pytest: make test ARGS="-k confirm"
.DEFAULT_GOAL := help
.PHONY: help setup run test check fuzz flood bench lock messages batteries
PYTHON := .venv/bin/python

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

setup: ## make .venv and install what the site needs (run and test do it themselves)
	@tools/setup.sh run

run: ## start everything on http://127.0.0.1:8000 (PORT=8001 make run for another port)
	@tools/run.sh

test: ## all tests: on SQLite, on PostgreSQL and Redis, with real processes and in a browser
	@tools/setup.sh test
	@$(PYTHON) -m tools.run_tests $(ARGS)

check: ## what a commit must pass: style, types, import layers, migrations, deploy check, fast tests
	@tools/setup.sh test
	@$(PYTHON) -m tools.check

fuzz: ## the property tests with ten times the examples, others each time
	@tools/setup.sh test
	@FUZZ=1 $(PYTHON) -m pytest -q -n 2 -m pure tests $(ARGS)

flood: ## ten thousand forged sign-ons with people among them, in earnest; make test sends a thousand
	@tools/setup.sh test
	@FLOOD=10000 $(PYTHON) -m tools.run_tests -k test_flood -rP $(ARGS)

bench: ## small runs of the benchmarks; each prints one JSON object
	@tools/setup.sh test
	@$(PYTHON) -m bench.pdf --signatories 750
	@$(PYTHON) -m bench.workshop
	@$(PYTHON) -m bench.matching tests/data/name_pairs.csv --register 20000
	@$(PYTHON) -m bench.reading tests/data/lists tests/data/lists/gold
	@$(PYTHON) -m bench.weight
	@$(PYTHON) -m bench.load --small

batteries: ## the long tests: hostile words through every field, thousands of histories, kills by the dozen
	@tools/setup.sh test
	@$(PYTHON) -m tools.run_tests batteries $(ARGS)

messages: ## gather what is to be translated into locale/, and compile what is
	@tools/setup.sh test
	@$(PYTHON) -m tools.messages

lock: ## write the lock files anew after a change in requirements.txt or requirements-dev.txt
	@tools/setup.sh test
	@tools/lock.sh
