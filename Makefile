# What one does with Dateline. `make` alone lists the commands.
# Everything is kept in this folder: .venv/ holds the packages, var/ the data.

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
COVERAGE := $(PYTHON) -m coverage
RUNTIME := .venv/.runtime-installed
TOOLS := .venv/.tools-installed
STATIC := var/static/staticfiles.json
# A developer's own settings must not change what the tests see; DATABASE_URL may choose the engine.
# Bytecode is kept, whatever is set: the tests start some 200 processes, each a third faster so.
PYTEST := env -u DEBUG -u HTTPS -u ALLOWED_HOSTS -u SECRET_KEY -u PORT -u TRUSTED_PROXIES \
  -u TWO_FACTOR -u PYTHONDONTWRITEBYTECODE $(PYTHON) -m pytest

# One file for every Python from 3.12 on and every system that the packages are built for.
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
  --no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help run dev data test coverage mutants test-postgres fuzz attack lint eval bench bench-extraction lock upgrade screenshot browser

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 26

run: data $(STATIC) ## serve Dateline with its demo on 127.0.0.1:8000, as production would
	@DEBUG=0 exec $(MANAGE) serve

dev: data ## the same, reloading and with tracebacks
	@DEBUG=1 exec $(MANAGE) runserver 127.0.0.1:$${PORT:-8000}

test: $(TOOLS) browser ## run all tests, the fast ones first
	@$(PYTEST) $(MEASURE) --numprocesses auto --dist worksteal -m "not browser"
	@$(PYTEST) --numprocesses auto --dist worksteal -m browser

# The browser's tests are not measured: what they run of the app, the others run as well.
coverage: ## the same, and hold the lines and branches that they run against the floors
	@rm -rf var/coverage
	@$(MAKE) --no-print-directory test MEASURE="--cov --cov-report="
	@$(COVERAGE) html --quiet && echo "All lines: var/coverage/html/index.html"
	@$(COVERAGE) report --include "timeline/extraction/*" --fail-under 95
	@$(COVERAGE) report --omit "*/migrations/*,*/extraction/*" --fail-under 92

mutants: $(TOOLS) ## change the app in 60 places, one at a time: does a test notice? (SEED=…)
	@$(PYTHON) -m tests.mutants $(if $(SEED),--seed $(SEED))

# What these look at is the same on any database: the network, files, processes, settings, and rules
# over rows that others store.
ANY_DATABASE := fetch fetch_robots sources settings make serve headers logging templatetags wording static_files \
  merge_checks undated_reports event_checks called_off_dates demo_known_on error_messages \
  exchange_files exchange_refusals exchange_timelinejs hindsight roles role_groups room stale_forms streams two_factor \
  doubles batch_runs bring_in typed_date_fields editing_cards known_names less_likely coarser_dates order_of_reports \
  suggestion_form waiting events_command draft_hand_in answering explanation drift

test-postgres: $(TOOLS) ## run the tests of the web part on a PostgreSQL made for them
	@command -v pg_virtualenv >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { $(call apt,postgresql); }; } || { \
	  echo "pg_virtualenv is not here: install the package postgresql." >&2; exit 1; }
	@pg_virtualenv -t -c --locale=C.UTF-8 -o fsync=off sh -c 'DATABASE_URL="postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/postgres" \
	  $(PYTEST) --numprocesses auto --dist worksteal tests/web \
	  $(ANY_DATABASE:%=--ignore=tests/web/test_%.py)'

fuzz: $(TOOLS) ## read 20,000 odd texts made of whole sentences (nightly; `make test` reads 500)
	@FUZZ=20000 $(PYTEST) -o faulthandler_timeout=0 tests/extraction/test_fuzz.py

attack: $(TOOLS) browser ## attack at length what `make test` attacks a little: canaries, kills, a full disk
	@ATTACK_SCALE=30 ATTACK_SEED=$${ATTACK_SEED:-$$$$} $(PYTEST) -o faulthandler_timeout=0 \
	  tests/attack tests/browser/test_markup.py

lint: $(TOOLS) ## run the linters and the checks of Django
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	.venv/bin/lint-imports
	$(PYTHON) -m mypy
	@complex="$$($(PYTHON) -m radon cc timeline --exclude "*/migrations/*")"; test -z "$$complex" || { \
	  printf '%s\n' "Above a complexity of 20:" "$$complex" >&2; exit 1; }
	.venv/bin/djade --check $$(git ls-files 'templates/*.html')
	$(MANAGE) makemigrations --check --dry-run
	HTTPS=1 $(MANAGE) check --deploy --fail-level WARNING

eval: $(TOOLS) ## hold the extraction against its floors (needs ../shared/eval)
	@$(PYTHON) -m tests.eval.gate

bench-extraction: $(TOOLS) ## measure how fast articles are read
	@$(PYTHON) -m tests.eval.bench

bench: $(TOOLS) ## measure a timeline's page beside Datasette (EVENTS="1000 10000 100000")
	@$(PYTHON) -m tests.bench $(if $(EVENTS),--events $(EVENTS))

lock: $(TOOLS) ## pin what requirements*.in name, with hashes; what is pinned already stays
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt

upgrade: ## pin the newest versions that requirements*.in allow
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

screenshot: $(TOOLS) browser $(STATIC) ## take the README's picture anew
	@$(PYTHON) -m tests.browser.screenshot docs/timeline.png

# The demo goes into an empty database alone: what an editor deleted from it stays deleted.
data: $(RUNTIME)
	@$(MANAGE) migrate --verbosity 0
	@if $(MANAGE) shell --no-imports --command \
	  "from timeline.models import Article; exit(Article.objects.exists())"; \
	then $(MANAGE) demo; fi
	@$(MANAGE) editor

$(STATIC): $(RUNTIME) $(shell find static -type f)
	@DEBUG=0 $(MANAGE) collectstatic --noinput --verbosity 0

$(RUNTIME): requirements.txt
	$(call install,requirements.txt)
	@touch $@

$(TOOLS): requirements-dev.txt
	$(call install,requirements-dev.txt)
	@touch $@ $(RUNTIME)

# Packages are whole when every file is there that their RECORDs list, and as long as these say
# (bytecode apart, which Python makes anew). pip writes that list last, so an interrupted
# installation has none, or an empty one; what has lost a file, or the end of one, pip takes for
# installed. Of the packages named, else of all; 0.4 s for all.
WHOLE := $(PYTHON) -c 'import csv, sys; from importlib.metadata import distribution, distributions; \
  held = lambda at, size: at.is_file() and size in ("", str(at.stat().st_size)); \
  listed = lambda one: list(csv.reader((one.read_text("RECORD") or "").splitlines())); \
  sys.exit(not all(listed(one) and all( \
  held(one.locate_file(row[0]), row[2]) for row in listed(one) if not row[0].endswith(".pyc")) \
  for one in (map(distribution, sys.argv[1:]) if sys.argv[1:] else distributions())))'

# Stamps say what was installed; they count only while the Python beside them has it whole, which a
# moved folder, an upgraded system Python or a lost file ends. (A package of one system alone, with a
# marker behind its version, may be missing.)
$(shell $(WHOLE) pip $$(sed -n 's/^\([A-Za-z0-9._-]*\)==[^;]*$$/\1/p' requirements.txt) 2>/dev/null \
  || rm -f $(RUNTIME) $(TOOLS))

# A virtual environment is kept when its Python is new enough, pip runs and all its packages are whole.
# Another goes away under another name, so that an interrupted removal leaves no half of it behind.
# A pyenv shim whose version is not installed answers nothing, and falls through like an old Python.
define install
@{ $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' && $(PYTHON) -m pip --version \
  && $(WHOLE); } >/dev/null 2>&1 || { mv .venv .venv.gone 2>/dev/null; rm -rf .venv.gone; \
  for python in python3.13 python3.14 python3.12 python3 python \
    "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python \
    "$$(uv python find '>=3.12' 2>/dev/null)"; do \
  if "$$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; \
  then exec "$$python" -m venv .venv; fi; done; \
  echo "Dateline needs Python 3.12 or newer with venv, and here is $$(python3 --version 2>/dev/null \
  || echo no Python): install it, for example with \`pyenv install 3.13\` or \`uv python install 3.13\`." >&2; \
  exit 1; }
@echo "Installing $(1) into .venv, once; this takes about a minute."
@$(PYTHON) -m pip install --quiet --disable-pip-version-check --retries 2 --timeout 20 \
  --require-hashes -r $(1) >.venv/install.log 2>&1 || { \
  if grep -qE 'Retrying|Max retries|NewConnectionError|ConnectTimeout' .venv/install.log; \
  then echo "The Python package index does not answer: connect to the network and run this again." >&2; \
  else echo "Installing failed: $$(grep -m1 ERROR .venv/install.log || tail -n 1 .venv/install.log)" \
    "(.venv/install.log tells more)." >&2; fi; \
  exit 1; }
endef

browser: $(TOOLS)
	@find="$(PYTHON) -m tests.browser.chromium"; $$find || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then $(call apt,chromium); \
	  else $(PYTHON) -m playwright install chromium; fi && $$find; } || { \
	  echo "The browser tests need Chromium, which could not be installed here:" \
	    "install it, for example with \`apt install chromium\`, and run this again." >&2; exit 1; }

# Another apt may hold the locks, say for a second run on this machine: wait for it. The timeout
# covers dpkg's lock alone, not that of the package lists.
apt = export DEBIAN_FRONTEND=noninteractive; \
  for attempt in $$(seq 30); do \
    lists="$$(apt-get update -qq 2>&1)" && break; \
    case "$$lists" in *"get lock"*) sleep 10;; *) break;; esac; \
  done; \
  apt-get install -qq --yes --no-install-recommends -o DPkg::Lock::Timeout=300 $(1) >/dev/null
