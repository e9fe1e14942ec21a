# make run    installs what is missing, then starts the program; ARGS="start --fullscreen" are its arguments
# make test   installs what is missing, then checks style, types, layers and dead code and runs all tests; TESTS="…" are pytest's arguments
# make bench  measures what the budgets are about and prints it
# make soak   kills the program a thousand times and looks at what it remembers, then checks 100,000 spoilt routine and
#             pose files; KILLS="200" FILES="5000" does it less often
# make bundle makes and checks what people install, in dist/; ARGS="--twice" makes it twice and compares
# make windows tries the program on Windows, as far as Wine is one; ARGS="--no-tests" leaves out the tests
# make lock   pins the newest versions that pyproject.toml allows
# make clean  removes everything that these made

PYTHON := .venv/bin/python
ARGS ?=
TESTS ?=
KILLS ?= 1000
CORE := stretchplayer/figure/*,stretchplayer/routine/*,stretchplayer/reminders/*,stretchplayer/progress/*,stretchplayer/player/*
# What is there on Linux only is neither reached nor tested on other systems.
ELSEWHERE := --no-warn-unreachable --exclude '^tests/(bench|e2e|soak)/'
COMPILE := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-header --no-annotate --no-emit-index-url
# An editable install needs one library more than the backend itself.
BUILD_REQUIREMENTS := import tomllib; \
	print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables", sep="\n")

CHECKS := style types types-windows types-macos layers dead-code collected

.PHONY: $(CHECKS) run test bench soak bundle windows lock clean

run:
	@packaging/bootstrap run
	@$(PYTHON) -m stretchplayer $(ARGS)

# What was compiled once is kept, whatever the environment says: the tests start the program some two hundred times. They
# are collected once, among the checks, before four processes do it at the same time, each compiling all of them.
test: export PYTHONDONTWRITEBYTECODE :=
test:
	@packaging/bootstrap test
	@$(MAKE) --no-print-directory --jobs 2 $(CHECKS)
	$(PYTHON) -m pytest --numprocesses 4 --dist worksteal --cov --cov-report= $(TESTS)
	$(PYTHON) -m coverage report --include '$(CORE)' --fail-under 100
	$(PYTHON) -m coverage report --omit '$(CORE)' --fail-under 90

types:
	$(PYTHON) -m mypy

types-windows:
	$(PYTHON) -m mypy --platform win32 --cache-dir .mypy_cache/win32 $(ELSEWHERE)

types-macos:
	$(PYTHON) -m mypy --platform darwin --cache-dir .mypy_cache/darwin $(ELSEWHERE)

style:
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

layers:
	.venv/bin/lint-imports --no-logo

dead-code:
	$(PYTHON) -m vulture

collected:
	@$(PYTHON) -m pytest --collect-only -qq >/dev/null || true

bench:
	@packaging/bootstrap test
	@$(PYTHON) -m tests.bench

soak:
	@packaging/bootstrap test
	@$(PYTHON) -m tests.soak $(KILLS)
	@$(PYTHON) -m tests.soak.fuzz $(FILES)

bundle:
	@packaging/bootstrap bundle
	@$(PYTHON) packaging/bundle/make.py $(ARGS)

windows:
	@packaging/bootstrap windows
	@$(PYTHON) packaging/windows/try_windows.py $(ARGS)

lock:
	@python3 -m venv build/lock
	@build/lock/bin/python -m pip install --quiet uv
	$(COMPILE) pyproject.toml --output-file packaging/locks/run.txt
	$(COMPILE) pyproject.toml --extra test --constraint packaging/locks/run.txt --output-file packaging/locks/test.txt
	$(COMPILE) pyproject.toml --extra bundle --constraint packaging/locks/test.txt --output-file packaging/locks/bundle.txt
	build/lock/bin/python -c '$(BUILD_REQUIREMENTS)' | $(COMPILE) - --constraint packaging/locks/test.txt --output-file packaging/locks/build.txt

clean:
	rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
