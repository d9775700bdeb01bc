# make demo         set up, read the samples, print the table, load them into a ledger, open the portal on it
# make test         set up, then everything that must hold: lint, types, import contracts, tests
# make test-postgres  the tests of the ledger and the portal once more, on a PostgreSQL of their own
# make bench        how well the reader reads the evaluation sets, failing below evals/floors.toml; and how fast
# make bench-check  checking a million made-up claims, and the contradictions of the public evaluation set
# make bench-names  the Kazakh name tagger on KazNERD, given KAZNERD_TEST=path/to/IOB2_test.txt; skipped without it
# make bench-stats  the store of official statistics on made-up data: 25 million rows, SCALE=full 275, ROWS=n any
# make bench-corpus the corpus runner on a made-up WARC of 1 GB (MB=n for another size), on Ray too; wants Daft and Ray
# make bench-speed  start-up, reports a second, memory, and how another reader of Russian does on the same texts
# make bench-web    the portal's pages under 8 clients on PostgreSQL with 100,000 made-up reports (REPORTS=n)
# make screens      pictures of the portal's main pages into docs/screens; wants Chromium
# make setup-corpus  what `ainalym corpus` needs besides: Daft, Ray, PyIceberg
# make lint | format | lock | clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Lies inside .venv, so that a removed .venv is set up again.
READY := $(VENV)/.ready
RIVALS := .venv-bench/.ready
CORPUS := $(VENV)/.ready-corpus

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-postgres lint format bench bench-check bench-corpus bench-names bench-speed bench-stats \
	bench-web screens setup-corpus lock clean

help:
	@sed -n 's/^# //;/^make/p;/^$$/q' Makefile

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup-corpus: $(CORPUS)

$(CORPUS): requirements-corpus.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-corpus.lock
	@touch $@

demo: $(READY)
	@mkdir -p out
	@$(BIN)/ainalym read samples --format table
	@$(BIN)/ainalym read samples --quiet --out out/report.html
	@echo "The same as a page, with each figure marked in its text: out/report.html"
	@DATABASE_URL=sqlite:///out/demo.sqlite3 $(BIN)/ainalym add samples
	@DATABASE_URL=sqlite:///out/demo.sqlite3 $(BIN)/ainalym serve $(if $(PORT),--port $(PORT))

test: lint
	$(BIN)/pytest

test-postgres: $(READY)
	$(BIN)/python tools/postgres.py $(BIN)/pytest tests/ledger tests/portal --ignore=tests/portal/browser

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python bench/quality.py
	$(BIN)/python bench/speed.py --brief

bench-check: $(READY)
	$(BIN)/python evals/score.py check evals/dev-checks.jsonl -- $(BIN)/ainalym check --format json
	$(BIN)/python bench/check.py

bench-corpus: $(CORPUS)
	$(BIN)/python bench/corpus.py --ray $(if $(MB),--mb $(MB))

bench-names: $(READY)
	$(BIN)/python bench/names.py $(KAZNERD_TEST)

bench-speed: $(READY) $(RIVALS)
	$(BIN)/python bench/speed.py --rivals .venv-bench/bin/python

bench-stats: $(READY) $(RIVALS)
	$(BIN)/python bench/stats.py --rivals .venv-bench/bin/python $(if $(ROWS),--rows $(ROWS))

bench-web: $(READY)
	$(BIN)/python bench/web.py $(if $(REPORTS),--reports $(REPORTS))

screens: $(READY)
	$(BIN)/python tools/screens.py docs/screens

# The rival wants pkg_resources, which newer setuptools no longer have.
$(RIVALS): bench/rivals.txt
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/rivals.txt
	@touch $@

lock: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --extra dev pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --extra dev --extra corpus-ray --extra corpus-iceberg pyproject.toml \
		--output-file requirements-corpus.lock

clean:
	rm -rf $(VENV) .venv-bench out build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench evals -name __pycache__ -type d -prune -exec rm -rf {} +
