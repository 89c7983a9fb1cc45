.PHONY: run test lint format requirements benchmark workbook

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
