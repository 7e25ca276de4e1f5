# Sets up, builds, opens and tests the book. `make` alone lists the commands.
# Needs a Python from 3.11 to 3.14; everything else goes into .venv, once.

BIN := .venv/bin
PIP := -m pip install --quiet --disable-pip-version-check
BUILD := $(BIN)/jupyter-book build . -W -n --keep-going --quiet
PAGE := $(CURDIR)/_build/html/index.html
# the first suitable Python that can make an environment
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
	2>/dev/null && echo $$p && break; done)

.PHONY: help book lab slides present handout zip test bench hub-load records digit-model libraries \
	clean lock data html checks python tools

help:
	@echo "make book      build the book and open it (_build/html/index.html)"
	@echo "make lab       open the chapters in JupyterLab"
	@echo "make test      run all tests; SKIP_BROWSER=1 goes without Node and Chromium"
	@echo "For a class:"
	@echo "make handout   notebooks for students and teachers, and a book without solutions"
	@echo "make slides    slides for the lecture, one page a chapter (_build/slides/index.html)"
	@echo "make present   the same slides as notebooks in JupyterLab"
	@echo "make zip       book, slides and student notebooks in one file; GATED=1: no solutions"
	@echo "make hub-load  let N=30 students run chapter 1 on a JupyterHub here (needs npm)"
	@echo "For those who work on the book:"
	@echo "make bench     compare speed and accuracy with other libraries"
	@echo "make digit-model   train the networks of the digit figures again (needs MNIST)"
	@echo "make records   remeasure the ladder of 7.6, where a file of nnlib/models/records is missing"
	@echo "make libraries compute with PyTorch and Keras what section 10.2 shows of them"
	@echo "make lock      find the newest versions within the bounds: requirements.lock"
	@echo "make clean     remove everything that make has made"

book: data
	@echo "Building the book; the first time every notebook runs, which takes a minute or two."
	@$(MAKE) --no-print-directory html
	@echo "The book is ready: $(PAGE)"
	@if [ -z "$$CI" ] && { [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; }; then \
		$(BIN)/python -m webbrowser -t "file://$(PAGE)" </dev/null >/dev/null 2>&1 & fi

lab: data
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/book

# after the book, whose outputs they share
slides: .venv/teach html
	@$(BIN)/python teach/slides.py

present: .venv/teach
	@$(BIN)/python teach/slides.py --present
	@echo "Open a deck, choose Run > Run All Cells, click its title, press the deck's button."
	@JUPYTER_CONFIG_DIR="$(CURDIR)/_build/present/.jupyter" \
		$(BIN)/jupyter lab --notebook-dir=_build/present --LabApp.custom_css=True

zip: slides handout
	@$(BIN)/python teach/offline.py $(if $(GATED),--gated)

# book and slides are made while the tests without a browser run; then the browser opens them
test: tools .venv/test
	@$(MAKE) --no-print-directory -j2 slides checks
	@NNLIB_BOOK="$(CURDIR)/_build/html" NNLIB_SLIDES="$(CURDIR)/_build/slides" \
		$(BIN)/python -m pytest -q -n 2 --dist loadfile tests/browser tests/js

bench: .venv-bench/ready
	@.venv-bench/bin/python benchmarks/run.py
	@$(BIN)/python benchmarks/latency.py

hub-load: .venv-hub/ready _build/hub/node_modules
	@.venv-hub/bin/python teach/hub/load.py $(or $(N),30)

# what nnlib/models holds
digit-model: data
	@$(BIN)/python benchmarks/digit_model.py
	@$(BIN)/python benchmarks/hidden_models.py

records: data
	@$(BIN)/python benchmarks/records.py

libraries: .venv-bench/ready
	@KERAS_BACKEND=torch .venv-bench/bin/python benchmarks/libraries.py

# the notebooks for a class in their variants, and the book without solutions
handout: data .venv/teach
	@$(BIN)/python teach/handout.py

checks: .venv/test
	@$(BIN)/ruff check .
	@$(BIN)/python -m pytest -q --ignore tests/browser --ignore tests/js

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.14 with venv is needed" \
		"(Debian and Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }

tools: python
	@[ "$$SKIP_BROWSER" = 1 ] || $(PYTHON) tests/tools.py

html: .venv/book
	@$(BUILD) >/dev/null

# MNIST, where the network gives it; the book builds without it too
data: .venv/book
	@$(BIN)/python -m nnlib.data || true

lock: .venv/book
	@$(BIN)/python $(PIP) uv
	@echo "# Exact versions for Python 3.11 to 3.14 on every system. Made by: make lock" > lock.tmp
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --system-certs \
		requirements.txt requirements-test.txt requirements-teach.txt teach/hub/requirements.txt \
		>> lock.tmp
	@mv lock.tmp requirements.lock

clean:
	rm -rf .venv .venv-bench .venv-hub _build *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/book: requirements.txt requirements.lock pyproject.toml | python
	@echo "Setting up .venv, once, in a minute or two."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) -r requirements.txt -c requirements.lock -e .
	@# kernels of this computer talk to nobody else: no warning that they do not encrypt
	@mkdir -p .venv/etc/ipython
	@echo "c.IPKernelApp.log_level = 'ERROR'" > .venv/etc/ipython/ipython_kernel_config.py
	@touch $@

.venv/test: .venv/book .venv/teach requirements-test.txt
	@$(BIN)/python $(PIP) -r requirements-test.txt -c requirements.lock
	@touch $@

.venv/teach: .venv/book requirements-teach.txt
	@$(BIN)/python $(PIP) -r requirements-teach.txt -c requirements.lock
	@touch $@

.venv-bench/ready: .venv/test benchmarks/requirements.txt
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python $(PIP) -c requirements.lock -e . scikit-learn pooch
	@.venv-bench/bin/python $(PIP) -r benchmarks/requirements.txt || echo "Going on without PyTorch."
	@touch $@

.venv-hub/ready: requirements.txt teach/hub/requirements.txt requirements.lock | python
	@$(PYTHON) -m venv .venv-hub
	@.venv-hub/bin/python $(PIP) -r requirements.txt -r teach/hub/requirements.txt -c requirements.lock
	@touch $@

# the hub's proxy is a program of Node
_build/hub/node_modules:
	@command -v npm >/dev/null || { echo "npm is needed" \
		"(Debian and Ubuntu: apt install npm)." >&2; exit 1; }
	@npm install --silent --no-fund --no-audit --prefix _build/hub configurable-http-proxy@5
