.DEFAULT_GOAL := help
.PHONY: help dev run quick test lint format pictures rooms mutants long fuzz coverage requirements benchmark soak audit sbom
# The environment that `make dev` makes, where there is one; else what is active.
PYTHON := $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)
QUICK := not browser and not server and not office

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 14

dev: ## an environment in .venv with all that is needed, and the hooks of git
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	.venv/bin/pre-commit install

run: ## show the dashboard
	$(PYTHON) -m streamlit run dashboard.py

quick: ## the tests that need nothing but Python, in about a minute
	$(PYTHON) -m pytest -m "$(QUICK)"

test: ## everything that CI tests
	$(PYTHON) -m pytest

lint: ## style, types and dead code
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m vulture

format: ## mend the style
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

pictures: ## photographs of every page and of all that opens on it, to look at
	$(PYTHON) -m tests.pictures

rooms: ## draw the rooms of the program from its imports, into CONTRIBUTING.md
	$(PYTHON) -m tests.rooms

mutants: ## faults made on purpose: does a test notice each?
	$(PYTHON) -m tests.mutants

long: ## the tests at their full length: a hundred kills, a thousand saves, ten thousand random inputs
	AAA_TEST_EFFORT=long $(PYTHON) -m pytest --override-ini faulthandler_timeout=0

fuzz: ## twenty thousand random workbooks
	AAA_TEST_EFFORT=long $(PYTHON) -m tests.fuzz --cases 20000

soak: ## an hour of viewers that come and go
	$(PYTHON) -m tests.soak --minutes 60

coverage: ## which lines no test runs; told, and no bound
	$(PYTHON) -m pytest -m "$(QUICK)" --cov=aaa --cov-report=term:skip-covered

requirements: ## pin anew what pyproject.toml asks for
	pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.txt pyproject.toml
	pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header --allow-unsafe --extra dev --output-file requirements-dev.txt pyproject.toml

benchmark: ## what reading, reruns, visits, viewers, saves and exports cost
	$(PYTHON) -m benchmarks

audit: ## look every pinned package up among known vulnerabilities
	pip install --quiet pip-audit==2.10.1
	pip-audit --requirement requirements.txt --no-deps --disable-pip

sbom: ## write what the dashboard is made of
	pip install --quiet cyclonedx-bom==7.5.0
	rm -rf .sbom && python -m venv .sbom && .sbom/bin/pip install --quiet -r requirements.txt && .sbom/bin/pip uninstall --quiet --yes pip setuptools
	cyclonedx-py environment .sbom/bin/python --pyproject pyproject.toml --output-reproducible --short-PURLs --output-file sbom.cdx.json
	rm -rf .sbom
