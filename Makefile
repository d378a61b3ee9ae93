# `make help` lists what can be done. Nothing but Python (3.11 or newer) and make must be installed.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000

bin := $(VENV)/bin
# Checks that reach no server still read the settings.
checks := ENV_FILE=tests/checks.env
uv := $(shell command -v uv 2>/dev/null)
# More than a small machine has cores: half of the time the tests wait for servers and the browser.
processes := 4
EXAMPLES ?= 5000

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ── For everybody ─────────────────────────────────────────────────────────────────────────────────

.PHONY: run
run: $(VENV)/.embedded ## Set everything up and serve on http://127.0.0.1:8000 (PORT=… changes it)
	@PORT=$(PORT) exec $(bin)/python -m gaechwi.embedded

.PHONY: test
test: $(VENV)/.dev ## Set everything up and run all tests
	@scripts/browser.sh
	@echo "The main job and the API on SQLite:"
	@DATABASE_URL=sqlite:///test.sqlite3 $(bin)/python -m pytest -q --numprocesses $(processes) \
		feedback gaechwi/jobs gaechwi/api gaechwi/tests/test_prepared.py \
		gaechwi/tests/test_json_rows.py accounts/tests/test_api_tokens.py \
		-m "not browser and not processes"
	@echo "Everything on PostgreSQL:"
	@$(bin)/python -m pytest --numprocesses $(processes) --dist worksteal --ignore tests/faults
	@echo "What all rests on is broken, with nothing else in the way:"
	@$(bin)/python -m pytest -q tests/faults

# ── For developers ────────────────────────────────────────────────────────────────────────────────

.PHONY: lint
lint: $(VENV)/.dev ## Check style, types, templates and migrations
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(checks) $(bin)/mypy .
	find templates -name '*.html' -exec $(bin)/djade --target-version 5.2 --check {} +
	@$(MAKE) migrations-check

.PHONY: format
format: $(VENV)/.dev ## Put sources and templates into the house style
	$(bin)/ruff check --fix-only
	$(bin)/ruff format
	find templates -name '*.html' -exec $(bin)/djade --target-version 5.2 {} +

.PHONY: migrations-check
migrations-check: $(VENV)/.dev ## Fail when a model lacks its migration
	$(checks) $(bin)/python manage.py makemigrations --check --dry-run

.PHONY: messages
messages: $(VENV)/.dev ## Bring the message catalogues up to date with the sources
	@mkdir -p locale
	$(bin)/pybabel -q extract -F babel.toml -k gettext_lazy -k pgettext_lazy:1c,2 \
		-k ngettext_lazy:1,2 -k npgettext_lazy:1c,2,3 --no-location --sort-output \
		--project gaechwi -o locale/django.pot .
	@[ -f locale/en/LC_MESSAGES/django.po ] || \
		$(bin)/pybabel -q init -D django -i locale/django.pot -d locale -l en
	$(bin)/pybabel -q update -D django -i locale/django.pot -d locale --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	@rm locale/django.pot

.PHONY: bench
bench: $(VENV)/.dev $(VENV)-peer/.peer ## Measure API, growth, pages, jobs, streams and start (needs wrk)
	@for what in endpoints growth pages jobs streams start; do $(bin)/python -m bench.$$what || exit 1; done

.PHONY: screenshots
screenshots: $(VENV)/.dev ## Take a picture of every page, light and dark, wide and narrow
	$(bin)/python -m tests.browser.screenshots screenshots

.PHONY: lighthouse
lighthouse: $(VENV)/.dev ## Measure the main pages by Lighthouse (needs Node)
	$(bin)/python -m tests.browser.lighthouse

.PHONY: quality
quality: $(VENV)/.dev ## Measure what the offline reviewer finds, for docs/quality.md
	$(bin)/python -m quality.measure

.PHONY: reliability
reliability: $(VENV)/.dev ## Break and attack the whole, for docs/reliability.md
	@scripts/browser.sh
	MODEL_FAULT_SECONDS=120 REDIS_FAULT_SECONDS=30 $(bin)/python -m pytest -q \
		tests/faults tests/attacks --reliability docs/reliability.md

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Try random input at length (EXAMPLES=… of each kind, else 5000)
	FUZZ_EXAMPLES=$(EXAMPLES) $(bin)/python -m pytest --numprocesses $(processes) --dist worksteal \
		tests/fuzz tests/test_api_contract.py

.PHONY: audit
audit: $(VENV)/.dev ## Look the dependencies up among known weaknesses (needs the internet)
	$(bin)/pip-audit --strict --require-hashes --disable-pip --requirement requirements/production.txt

.PHONY: sbom
sbom: $(VENV)/.dev ## Write the bill of materials of the production image (CycloneDX)
	$(bin)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
		--output-file sbom.json requirements/production.txt

.PHONY: image
image: $(VENV)/.dev ## Build the image, and run its entry points in it (BUILD="…": options of the builder)
	scripts/image.sh build $(BUILD)
	scripts/image.sh check
	ENTRY_POINTS_IN="scripts/image.sh run" $(bin)/python -m pytest -q tests/test_entry_points.py

.PHONY: test-model
test-model: $(VENV)/.model ## Test against a real model on a real server (downloads 240 MB)
	$(bin)/python -m pytest tests_model

.PHONY: lock
lock: $(VENV)/.dev ## Resolve the dependencies anew (UPGRADE=1: to their newest versions)
	@set -e; \
	compile() { \
		echo "requirements/$$1.txt"; name=$$1; shift; \
		$(bin)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
			--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
			pyproject.toml "$$@" --output-file requirements/$$name.txt; \
	}; \
	compile production; \
	compile embedded --group embedded; \
	compile dev --group dev; \
	compile model --group dev --group model; \
	echo "requirements/peer.txt"; \
	$(bin)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
		--group pyproject.toml:peer --output-file requirements/peer.txt

.PHONY: clean
clean: ## Remove the environment and caches; the data folder stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +
	if [ -d locale ]; then find locale -name '*.mo' -delete; fi

# ── The environment ───────────────────────────────────────────────────────────────────────────────

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11+ is needed")'
	@echo "Making $(VENV) …"
ifdef uv
	@uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV)
else
	@$(PYTHON) -m venv $(VENV)
endif
	@touch $@

# A set of requirements contains the smaller ones, whose stamps it therefore sets too.
$(VENV)/.%: requirements/%.txt | $(VENV)/.created
	@echo "Installing requirements/$*.txt …"
ifdef uv
	@uv pip install --quiet --python $(bin)/python --require-hashes -r $<
else
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
endif
	@touch $@ $(foreach set,$(filter-out $*,$(contains_$*)),$(VENV)/.$(set))

# What the API is measured against would change our own server where it stood beside it.
$(VENV)-peer/.peer: requirements/peer.txt
	@$(PYTHON) -m venv $(VENV)-peer
	@$(VENV)-peer/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

contains_dev := embedded
contains_model := embedded dev
