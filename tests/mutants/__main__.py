"""`make mutants`: change the app in one place at a time, and see whether a test notices.

Prints the seed of the choice, each mutant that no test noticed with its change, and exits with
status 1 unless every such has its reason in `accepted.toml`.
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
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from coverage import CoverageData

from tests.mutants.mutations import Mutation, modules, mutations

ROOT = Path(__file__).parents[2]
DATA = ROOT / "var/mutants/coverage"  # which test ran which line
ACCEPTED = Path(__file__).with_name("accepted.toml")
# Tests that are tried first: those that run the fewest lines, which are the closest to the mutant.
FIRST = 40
# Seconds for one mutant; one that takes longer runs in a circle, and is noticed by that.
PATIENCE = 240
PYTEST = (sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", "-n0")
# What starts processes of its own does not import the mutant there; the others are slow.
ELSEWHERE = (
    *("tests/attack", "tests/browser", "tests/eval", "tests/mutants"),
    *("tests/web/test_ingest_at_once.py", "tests/web/test_make.py", "tests/web/test_mishaps.py"),
    *("tests/web/test_serve.py", "tests/web/test_settings.py", "tests/web/test_streams.py"),
    *("tests/extraction/test_fuzz.py", "tests/extraction/test_growth.py"),
)


class Coverage:
    """Which tests run a line, by a run with contexts."""

    def __init__(self) -> None:
        self.data = CoverageData(str(DATA))
        self.data.read()
        self.tests: dict[str, dict[int, set[str]]] = {}
        self.size: dict[str, int] = {}
        for path in modules(ROOT):
            lines = self.data.contexts_by_lineno(str(ROOT / path))
            self.tests[path] = {line: set(map(_test, on)) - {""} for line, on in lines.items()}
            for tests in self.tests[path].values():
                for test in tests:
                    self.size[test] = self.size.get(test, 0) + 1

    def of(self, mutation: Mutation) -> list[str]:
        """Return the tests that run its line, the closest first; those of the module for a line
        that runs when the module is imported.
        """
        lines = self.tests[mutation.path]
        tests = lines.get(mutation.line) or set().union(*lines.values())
        return sorted(tests, key=lambda test: (self.size[test], test))

    def runs(self, mutation: Mutation) -> bool:
        """Whether any test runs its line."""
        return mutation.line in self.tests[mutation.path] and bool(self.of(mutation))


def _test(context: str) -> str:
    """The test of a context `tests/web/test_x.py::test_y|run`; nothing for what runs elsewhere."""
    test = context.partition("|")[0]
    return "" if test.startswith(ELSEWHERE) else test


def measure() -> None:
    """Run the tests once, and note which lines each of them runs."""
    DATA.parent.mkdir(parents=True, exist_ok=True)
    command = (
        *(sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal"),
        *("-m", "not browser", "--cov", "--cov-context=test", "--cov-report="),
        *(f"--ignore={folder}" for folder in ELSEWHERE),
    )
    subprocess.run(command, cwd=ROOT, env=os.environ | {"COVERAGE_FILE": str(DATA)}, check=True)


def is_noticed(mutation: Mutation, tests: list[str]) -> bool:
    """Whether one of the tests fails on the mutant, or does not end."""
    environment = os.environ | {"MUTANT": json.dumps(asdict(mutation))}
    rounds = (tests[:FIRST], tests[FIRST:])
    return any(_fails(some, environment) for some in rounds if some)


def _fails(tests: list[str], environment: dict[str, str]) -> bool:
    ran = subprocess.run(
        [*PYTEST, "-p", "tests.mutants.plugin", "@/dev/stdin"],
        cwd=ROOT,
        env=environment,
        input="\n".join(tests),
        text=True,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    if ran.returncode not in (0, 1, 2, 3, 4):
        raise RuntimeError(ran.stdout + ran.stderr)
    return ran.returncode != 0


def change(mutation: Mutation) -> str:
    """Return the mutation as a diff."""
    source = (ROOT / mutation.path).read_text(encoding="utf-8")
    before, after = source.splitlines(), mutation.applied(source).splitlines()
    lines = difflib.unified_diff(before, after, mutation.path, "mutant", n=1, lineterm="")
    return "\n".join(lines)


def reasons() -> dict[tuple[str, str, str], str]:
    """Return why a mutant may go unnoticed, by file, text of the line and mutation."""
    entries = tomllib.loads(ACCEPTED.read_text(encoding="utf-8"))["accepted"]
    return {(one["file"], one["line"], one["mutation"]): one["reason"] for one in entries}


def reason(mutation: Mutation) -> str:
    """Return the stated reason for which it may go unnoticed, or nothing."""
    line = (ROOT / mutation.path).read_text(encoding="utf-8").splitlines()[mutation.line - 1]
    return reasons().get((mutation.path, line.strip(), mutation.said), "")


def chosen(seed: int, number: int, under: Iterable[str], coverage: Coverage) -> list[Mutation]:
    """Return so many mutations that some test runs, drawn by the seed from the modules."""
    everything = [
        mutation
        for path in modules(ROOT)
        if path.startswith(tuple(under))
        for mutation in mutations(path, (ROOT / path).read_text(encoding="utf-8"))
        if coverage.runs(mutation)
    ]
    random.Random(seed).shuffle(everything)
    return [one for one in everything[: 2 * number] if one.compiles][:number]


def main() -> int:
    """Run the mutants, two or more at once, and tell of those that nobody noticed."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--under", nargs="*", default=["timeline/"], metavar="PATH")
    parser.add_argument("--measure", action="store_true", help="measure anew which tests run what")
    given = parser.parse_args()
    if given.measure or not DATA.exists():
        measure()
    coverage = Coverage()
    sample = chosen(given.seed, given.number, given.under, coverage)
    print(f"{len(sample)} mutants of seed {given.seed}", flush=True)
    began, left = time.monotonic(), []

    def noticed(mutation: Mutation) -> bool:
        try:
            return is_noticed(mutation, coverage.of(mutation))
        except subprocess.TimeoutExpired:
            return True

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutation, is_killed in zip(sample, pool.map(noticed, sample), strict=True):
            if not is_killed:
                why = reason(mutation)
                left += [] if why else [mutation]
                print(f"\n{'Accepted: ' + why if why else 'Not noticed:'} {mutation.said}")
                print(change(mutation), flush=True)
    print(f"\n{len(left)} of {len(sample)} went unnoticed without a reason; seed {given.seed}, "
          f"{time.monotonic() - began:.0f} s.")  # fmt: skip
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
