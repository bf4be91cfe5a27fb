# 部门预算公开 → 开放数据 / budget disclosures to open data. `make help` lists the targets.
# Needs Python 3.11 or later and make; everything else goes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
RAW ?= data/raw
OUT ?= data/processed
INTERIM ?= data/interim

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := .venv/.run-installed
DEV := .venv/.dev-installed
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'

.PHONY: all build test lint bench bench-checks bench-detection bench-altered bench-injected bench-reprinted scoreboard charts publish lock ckan-up ckan-down test-ckan clean help

all: build  ## install what is needed and build data/processed from data/raw

build: $(RUN)  ## the same (RAW=, OUT= and INTERIM= choose other folders)
	$(BIN)/python -m pipeline build --raw $(RAW) --out $(OUT) --interim $(INTERIM)

test: $(DEV)  ## run the tests (ARGS= is handed to pytest)
	$(BIN)/python -m pytest $(ARGS)

lint: $(DEV)  ## check style (ruff) and types (mypy)
	$(BIN)/ruff check pipeline tests bench tools
	$(BIN)/ruff format --check pipeline tests bench tools
	$(BIN)/mypy

bench: $(DEV)  ## pages a second beside stock camelot, pdfplumber and bare pdfium (about a minute)
	$(BIN)/python bench/bench.py

bench-checks: $(RUN)  ## how long the checks of 200 documents take: INTERIM's, copied (ARGS= --documents, --jobs)
	$(BIN)/python bench/checks.py --interim $(INTERIM) $(ARGS)

bench-detection: $(RUN)  ## the share of single-digit changes in OUT's figures that the checks notice
	$(BIN)/python -m pipeline.validate $(OUT) --json build/detection.json

bench-altered: $(RUN)  ## the same from outside: digits of INTERIM's figures altered and checked anew (ARGS= --only, --changes, --seed)
	$(BIN)/python -m bench.altered --interim $(INTERIM) $(ARGS)

bench-injected: $(RUN)  ## errors put into INTERIM's documents one at a time: found, located, told once? (ARGS= --only, --kinds, --errors, --seed)
	$(BIN)/python -m bench.injected --interim $(INTERIM) $(ARGS)

bench-reprinted: $(RUN)  ## INTERIM's documents printed in other words and signs that say the same: what is read otherwise? (ARGS= --only, --variants)
	$(BIN)/python -m bench.reprinted --interim $(INTERIM) $(ARGS)

DIST ?= dist

publish: build  ## the release with its quality report into dist/<version>/ (ARGS= --url, --date, --previous)
	$(BIN)/python -m pipeline release --data $(OUT) --raw $(RAW) --dist $(DIST) $(ARGS)

ckan-up: .venv/pyvenv.cfg  ## a CKAN portal on this machine, for trying out (root, Debian; about a minute)
	PYTHON=$(BIN)/python tools/ckan/ckan.sh up

ckan-down:  ## stop it; what it holds stays
	tools/ckan/ckan.sh down

test-ckan: build $(DEV)  ## publish to a real CKAN, brought up empty and stopped at the end (ARGS= is handed to pytest)
	PYTHON=$(BIN)/python CKAN_DATA=$(OUT) tools/ckan/test.sh $(ARGS)

SCORES ?= build/scoreboard

scoreboard: $(RUN)  ## build RAW aside, then what was read, what holds and what is left, worst first
	$(BIN)/python -m pipeline build --raw $(RAW) --out $(SCORES)/data --interim $(SCORES)/interim || [ $$? -eq 1 ]
	@$(BIN)/python -m pipeline scoreboard --data $(SCORES)/data --format csv --out $(SCORES)/scoreboard.csv
	@$(BIN)/python -m pipeline scoreboard --data $(SCORES)/data --format html --out $(SCORES)/scoreboard.html
	@$(BIN)/python -m pipeline scoreboard --data $(SCORES)/data

charts: $(DEV)  ## the charts of docs/budget.ipynb as build/charts.html, which opens without a network
	YUSUAN_DATABASE=$(abspath $(OUT)/budget.duckdb) YUSUAN_CHARTS=$(abspath build/charts.html) \
		$(BIN)/jupyter-execute docs/budget.ipynb

lock: $(DEV)  ## work out the locked requirements anew from pyproject.toml
	$(PIP) install uv
	$(LOCK) pyproject.toml --extra build -o requirements.txt
	$(LOCK) pyproject.toml --extra build --extra dev --constraint requirements.txt -o requirements-dev.txt
	$(LOCK) tools/ckan/requirements.in --override tools/ckan/overrides.in --no-emit-package psycopg2 \
		-o tools/ckan/requirements.txt

clean:  ## remove what was built; the raw files, the committed data and .venv stay
	rm -rf $(INTERIM) data/processed/*.parquet data/processed/budget.duckdb build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## /\1\t/' | expand -t 17

.venv/pyvenv.cfg:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo '需要 Python 3.11 或更高 / Python 3.11 or later is needed: make PYTHON=/path/to/python3.11'; exit 1; }
	"$(PYTHON)" -m venv .venv

# Only what the lock names, by its hash; then the package itself, which is the checkout.
$(RUN): requirements.txt pyproject.toml | .venv/pyvenv.cfg
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(PIP) install --require-hashes -r requirements-dev.txt
	touch $@
