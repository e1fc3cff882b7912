# One command for each thing a person does here; `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8501
# The first interpreter that is new enough and can make environments; PYTHON=... overrides it.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$p && break; done)
# Two workers fit two cores and 4 GB; WORKERS=0 runs the tests in one process.
WORKERS ?= 2

BIN := .venv/bin
INSTALLED := .venv/.installed
SAMPLE := sample_scenes/suburb
FAST := not gpu and not weights and not slow and not browser
WHOLE := not gpu and not weights

##@ Use

.PHONY: run
run: $(INSTALLED) ## Serve the app on http://127.0.0.1:8501 (PORT= overrides)
	$(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) \
		--server.headless true

.PHONY: demo
demo: $(INSTALLED) ## Compare the bundled suburb pair without a browser and say where the results are
	@out=results/demo-$$(date -u +%Y%m%dT%H%M%SZ)-$$$$; \
	$(BIN)/python cli.py compare $(SAMPLE)/pre.tif $(SAMPLE)/post.tif \
		--aoi $(SAMPLE)/aoi.geojson --out "$$out" && \
	printf '\nResults: %s\nOpen:    %s\n' "$$PWD/$$out" "$$PWD/$$out/report.html"

##@ Set up

.PHONY: setup
setup: $(INSTALLED) ## Make .venv with everything, and a browser for the tests (BROWSER=no leaves it out)
	@bash .ci/install-browser

$(INSTALLED): requirements.txt requirements-dev.txt pages/_ui/components/pyproject.toml
	@python='$(PYTHON)'; \
	if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
		echo "Groundshift needs Python 3.11 or newer with venv; found: $${python:-none}." >&2; \
		echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv)" \
			"or name it: make setup PYTHON=/path/to/python3.11" >&2; \
		exit 2; \
	fi; \
	test -x $(BIN)/python || "$$python" -m venv .venv
	@echo "Installing packages into .venv (a minute or more the first time) ..."
	@# Twice quiet: errors still show.
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --timeout 60 \
		-r requirements-dev.txt
	@touch $@

##@ Check

.PHONY: test
test: setup ## Run every test, slow and browser tests included
	$(BIN)/pytest -q -rfER -n $(WORKERS) -m "$(WHOLE)"

.PHONY: lint
lint: $(INSTALLED) ## Lint, format, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: check
check: lint ## What to run before a commit: lint and the fast tests
	$(BIN)/pytest -q -n $(WORKERS) -m "$(FAST)"

.PHONY: coverage
coverage: $(INSTALLED) ## Which lines no fast test reaches
	$(BIN)/pytest -q -n $(WORKERS) -m "$(FAST)" --cov --cov-report=term-missing:skip-covered

.PHONY: format
format: $(INSTALLED) ## Sort imports and lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

##@ Measure

.PHONY: bench
bench: $(INSTALLED) ## Time the main job and score every detector (minutes; DATA=folder of labelled sets)
	$(BIN)/python benchmarks/run.py $(if $(DATA),--data $(DATA))

.PHONY: bench-gpu
bench-gpu: $(INSTALLED) ## Time Segment Anything's encoder against its package's own, on a card where there is one
	$(BIN)/python -m benchmarks.sam_encoder

.PHONY: train
train: $(INSTALLED) ## Train the shipped weights again (hours; OAM=, SERIES=, TREES=, SCENES= folders of pictures, see weights/*.md)
	$(BIN)/python -m inference.training clicknet --resume $(if $(OAM),--oam $(OAM))
	$(BIN)/python -m inference.training changenet --resume $(if $(OAM),--oam $(OAM)) \
		$(if $(SERIES),--series $(SERIES)) $(if $(TREES),--trees $(TREES))
	$(BIN)/python -m inference.training changenet_10m --resume $(if $(SCENES),--scenes $(SCENES))

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
