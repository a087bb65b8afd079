# Two commands matter: `make run` and `make test`. Everything is made inside this directory: .venv/ and var/.
# The recipes are POSIX sh and use relative paths only, so a path with spaces is fine.

PYTHON ?= python3
VENV_PYTHON = .venv/bin/python
INSTALLED = .venv/installed-from-requirements
# Three workers, each with a database of its own: on two cores the third works while proofs wait for other processes.
PYTEST_ARGUMENTS ?= --numprocesses 3
# Two files of proofs at once: each starts processes of its own, and waits for them half of the time.
PROOF_ARGUMENTS ?= --numprocesses 2 --dist loadfile

.PHONY: help run test proof bench console worker venv lint clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: $(INSTALLED) ## Set everything up, run one cycle of every enabled tenant and show what it did
	@$(VENV_PYTHON) manage.py start

console: $(INSTALLED) ## Serve the operator console on http://127.0.0.1:8000/
	@$(VENV_PYTHON) manage.py console

worker: $(INSTALLED) ## Run one Celery worker with the schedule inside
	@$(VENV_PYTHON) -m celery -A agent_site worker --beat --loglevel INFO

test: $(INSTALLED) ## Run the tests
	@$(VENV_PYTHON) -m pytest $(PYTEST_ARGUMENTS)

proof: $(INSTALLED) ## Run the long form of every proof, then take each guard away and see that a test notices
	@$(VENV_PYTHON) -m pytest tests/proof --proof $(PROOF_ARGUMENTS)
	@$(VENV_PYTHON) -m tests.mutations

bench: $(INSTALLED) ## Measure the ratios of docs/benchmarks.md and write it
	@$(VENV_PYTHON) -m tests.bench

lint: $(INSTALLED) ## Check style, types and import contracts
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy
	@.venv/bin/lint-imports

venv: $(INSTALLED) ## Make the virtual environment
	@:

$(INSTALLED): requirements.txt
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "There is no $(PYTHON): install Python 3.11, 3.12 or 3.13, or name one with 'make $(MAKECMDGOALS) PYTHON=...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "Python 3.11, 3.12 or 3.13 is needed and $(PYTHON) is another: name one with 'make $(MAKECMDGOALS) PYTHON=...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments: install its venv module (Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Installing the pinned packages into .venv ..." >&2
	@"$(PYTHON)" -m venv .venv
	@$(VENV_PYTHON) -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $(INSTALLED)

clean: ## Stop the embedded database and remove .venv; the data in var/ stays
	@if [ -x $(VENV_PYTHON) ]; then $(VENV_PYTHON) manage.py embedded stop; fi
	rm -rf .venv
