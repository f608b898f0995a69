# Each command does its own set-up: uv, Python and the locked dependencies, through dev.py.

# Any Python from 3.8 can start dev.py: the first of these that answers.
PYTHON := $(shell for python in python3 python3.13 python3.14 python3.12 python3.11 python3.10 python3.9 python3.8 \
	/usr/local/bin/python3 /usr/bin/python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && { echo "$$python"; break; }; done)

.PHONY: help run test trials bench lighthouse lint

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-12s %s\n", $$1, $$2 }'

run: ## Serve the site with demonstration content on http://localhost:8000/ (PORT= changes the port)
test: ## Run the tests, browser ones included, on SQLite and on PostgreSQL where one answers (ARGS= goes to pytest, COVERAGE=true measures)
trials: ## Run the long checks (fuzz, volume, races, crashes, wrong rules) on both databases
bench: ## Measure queries, processor time and bytes per page type
lighthouse: ## Ask Lighthouse what each page type is worth on a phone (needs Node)
lint: ## Check format, style, types, templates, migrations and secrets

run test trials bench lighthouse lint:
	@if [ -z "$(PYTHON)" ]; then echo "No Python from 3.8 answers here: install one, with pip." >&2; exit 1; fi
	@exec "$(PYTHON)" dev.py $@ $(ARGS)
