.PHONY: run test lint format requirements benchmark soak audit sbom workbook

run: ## show the dashboard
	streamlit run dashboard.py

test: ## everything that CI tests
	pytest

lint:
	ruff check .
	ruff format --check .
	mypy

format:
	ruff check --fix .
	ruff format .

requirements: ## pin anew what pyproject.toml asks for
	pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.txt pyproject.toml
	pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-header --extra dev --output-file requirements-dev.txt pyproject.toml

benchmark:
	python -m benchmarks

soak: ## an hour of viewers that come and go
	python -m benchmarks.soak --minutes 60

audit: ## look every pinned package up among known vulnerabilities
	pip install --quiet pip-audit==2.10.1
	pip-audit --requirement requirements.txt --no-deps --disable-pip

sbom: ## write what the dashboard is made of
	pip install --quiet cyclonedx-bom==7.5.0
	rm -rf .sbom && python -m venv .sbom && .sbom/bin/pip install --quiet -r requirements.txt && .sbom/bin/pip uninstall --quiet --yes pip setuptools
	cyclonedx-py environment .sbom/bin/python --pyproject pyproject.toml --output-reproducible --short-PURLs --output-file sbom.cdx.json
	rm -rf .sbom
