# check · test · lint · docs · bench · screens, in the environment .venv (made on first use)
.PHONY: check test lint docs bench screens
BIN := .venv/bin

check: lint test docs  ## everything that must be true before a change lands

$(BIN)/pytest:
	python3 -m venv .venv
	$(BIN)/pip install -q -c constraints.txt -e '.[dev]'

test: $(BIN)/pytest  ## the tests, on two workers
	$(BIN)/pytest -n 2

lint: $(BIN)/pytest  ## style, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(BIN)/pytest  ## the documentation, warnings being errors
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

bench: $(BIN)/pytest  ## the table of speeds
	$(BIN)/python -m benchmarks

screens: $(BIN)/pytest  ## a picture of every page of the workbench, into screens/
	$(BIN)/python tests/web/screens.py screens
