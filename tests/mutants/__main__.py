"""`make mutants`: change the app in one place at a time, and see whether a test notices.

Prints the seed of the choice and each change that no test noticed; exits with status 1 unless
every such has its reason in `accepted.toml`.
"""

import argparse
import difflib
import json
import os
import random
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import islice, pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile

from coverage import CoverageData

from tests.mutants.mutations import Mutation, modules, mutations

ROOT = Path(__file__).parents[2]
DATA = ROOT / "var/mutants/coverage"  # which test ran which line
ACCEPTED = tomllib.loads(Path(__file__).with_name("accepted.toml").read_text(encoding="utf-8"))
# Tests are tried in rounds, those that run the fewest lines first: they are the closest to the
# mutant, and notice nearly all. These are the bounds between the rounds.
ROUNDS = (0, 10, 50, 250)
# Seconds for all tests of one mutant; a longer one runs in a circle, and is noticed by that.
PATIENCE = 300
# Each process of the measuring run makes once what is kept: so many tests at most seem to run that.
PROCESSES = os.cpu_count() or 1
PYTEST = (sys.executable, "-m", "pytest", "-q")
# What starts processes of its own does not import the mutant there; the others are slow.
ELSEWHERE = (
    *("tests/attack", "tests/browser", "tests/eval", "tests/mutants"),
    *("tests/web/test_ingest_at_once.py", "tests/web/test_make.py"),
    *("tests/web/test_error_messages.py", "tests/web/test_serve.py", "tests/web/test_settings.py"),
    *("tests/web/test_streams.py", "tests/extraction/test_fuzz.py"),
    "tests/extraction/test_growth.py",
)


def measure() -> None:
    """Run the tests once, and note which lines each of them runs."""
    DATA.parent.mkdir(parents=True, exist_ok=True)
    options = ("-n", "auto", "--dist", "worksteal", "-o", "faulthandler_timeout=0")
    measured = ("--cov", "--cov-context=test", "--cov-report=")
    without = (f"--ignore={path}" for path in ELSEWHERE)
    environment = os.environ | {"COVERAGE_FILE": str(DATA)}
    command = [*PYTEST, *options, *measured, *without]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


class Runs:
    """Which tests run a line, by the run that `measure` made; tests that are gone are left out."""

    def __init__(self) -> None:
        listed = [*PYTEST, "--collect-only", *(f"--ignore={path}" for path in ELSEWHERE)]
        found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
        here = {line for line in found.stdout.splitlines() if "::" in line}
        data = CoverageData(str(DATA))
        data.read()
        self.tests: dict[str, dict[int, set[str]]] = {}
        self.size: dict[str, int] = {}
        for path in modules(ROOT):
            lines = data.contexts_by_lineno(str(ROOT / path))
            by_line = {line: {one.split("|")[0] for one in on} & here for line, on in lines.items()}
            self.tests[path] = by_line
            for tests in by_line.values():
                for test in tests:
                    self.size[test] = self.size.get(test, 0) + 1

    def of(self, mutation: Mutation) -> list[str]:
        """Return the tests that run its line, the closest first.

        For a line that runs when the module is imported, or once in a run because what it makes
        is kept, those of the module.
        """
        lines = self.tests[mutation.path]
        if mutation.line not in lines:
            return []
        tests = lines[mutation.line]
        if len(tests) <= PROCESSES:
            tests = tests.union(*lines.values())
        return sorted(tests, key=lambda test: (self.size[test], test))


def is_noticed(mutation: Mutation, tests: list[str]) -> bool:
    """Whether one of the tests fails on the mutant, or does not end."""
    command = [*PYTEST, "-x", "-n0", "-p", "no:cacheprovider", "-p", "tests.mutants.plugin"]
    environment = os.environ | {"MUTANT": json.dumps(asdict(mutation))}
    for first, last in pairwise((*ROUNDS, max(len(tests), *ROUNDS))):
        if not tests[first:last]:
            break
        with NamedTemporaryFile("w", encoding="utf-8") as names:
            print(*tests[first:last], sep="\n", file=names, flush=True)
            try:
                tried = [*command, f"@{names.name}"]
                ran = subprocess.run(
                    tried, cwd=ROOT, env=environment, capture_output=True, timeout=PATIENCE
                )
            except subprocess.TimeoutExpired:
                return True
        if ran.returncode:
            return True
    return False


def change(mutation: Mutation) -> str:
    """Return the mutation as a diff."""
    source = (ROOT / mutation.path).read_text(encoding="utf-8")
    before, after = source.splitlines(), mutation.applied(source).splitlines()
    lines = difflib.unified_diff(before, after, mutation.path, "mutant", n=1, lineterm="")
    return "\n".join(lines)


def reason(mutation: Mutation) -> str:
    """Return the stated reason for which it may go unnoticed, or nothing."""
    line = (ROOT / mutation.path).read_text(encoding="utf-8").splitlines()[mutation.line - 1]
    entry = {"file": mutation.path, "line": line.strip(), "mutation": mutation.said}
    return next((one["reason"] for one in ACCEPTED["accepted"] if entry.items() <= one.items()), "")


def chosen(seed: int, number: int, under: tuple[str, ...], runs: Runs) -> list[Mutation]:
    """Return so many mutations of lines that some test runs, drawn by the seed.

    Drawn from all of them, so that another measuring, which may miss a line, draws the same ones.
    """
    everything = [
        mutation
        for path in modules(ROOT)
        if path.startswith(under)
        for mutation in mutations(path, (ROOT / path).read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(everything)
    drawn = (one for one in everything if runs.of(one) and one.compiles)
    return list(islice(drawn, number))


def main() -> int:
    """Run the mutants, as many at once as there are cores, and tell of those nobody noticed."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--under", nargs="*", default=["timeline/"], metavar="PATH")
    parser.add_argument("--measure", action="store_true", help="measure anew which tests run what")
    given = parser.parse_args()
    if given.measure or not DATA.exists():
        measure()
    runs, began, left = Runs(), time.monotonic(), 0
    sample = chosen(given.seed, given.number, tuple(given.under), runs)
    print(f"{len(sample)} mutants of seed {given.seed}", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        noticed = pool.map(lambda one: is_noticed(one, runs.of(one)), sample)
        for mutation, is_killed in zip(sample, noticed, strict=True):
            print("." if is_killed else "", end="", flush=True)
            if not is_killed:
                why = reason(mutation)
                left += not why
                print(f"\n{f'Accepted: {why}' if why else 'Not noticed:'} {mutation.said}")
                print(change(mutation), flush=True)
    seconds = time.monotonic() - began
    print(f"\n{left} of {len(sample)} went unnoticed; seed {given.seed}, {seconds:.0f} s")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
