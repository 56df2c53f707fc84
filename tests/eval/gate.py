"""Measure the extraction on public corpora, beside the best of its peers, against its own floors.

    python -m tests.eval.gate            the table; fails when a figure is below its floor
    python -m tests.eval.gate --raise    lift each floor to what is measured now
    python -m tests.eval.gate --lower    set each floor to what is measured now, lower ones too

What is measured stands in `figures.toml`, the floors in `floors.toml`. Without the corpora, which
are not part of the project, nothing is measured and nothing fails.
"""

import math
import sys
import time
import tomllib
from argparse import ArgumentParser
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from tests.eval import corpora, drafts, folds, linking, pages, seeds
from tests.extraction import articles

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
NOTE = "# No figure may fall below these. `python -m tests.eval.gate --raise` lifts them."


class Figure(NamedTuple):
    """One figure of the table; with `most`, smaller is better and the floor is a ceiling."""

    name: str
    corpus: str
    key: str
    must: float | None = None
    peer: float | None = None
    of: str = ""
    most: bool = False

    def is_worse(self, value: float, than: float) -> bool:
        return value > than if self.most else value < than

    @property
    def title(self) -> str:
        return f"{self.corpus} {self.name}"


def main() -> int:
    parser = ArgumentParser(description="Measure the extraction against its floors.")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="lift", action="store_true", help="lift the floors")
    change.add_argument("--lower", action="store_true", help="set the floors, lower ones too")
    arguments = parser.parse_args()
    if not corpora.KIT.is_dir():
        print("The evaluation corpora (../shared/eval) are not here: nothing to measure.")
        return 0
    table = tomllib.loads((HERE / "figures.toml").read_text(encoding="utf-8"))
    figures = [Figure(**entry) for entry in table["figure"]]
    floors = tomllib.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    values = measure(figures)
    failed = report(figures, values, floors)
    if arguments.lift or arguments.lower:
        new = moved(figures, values, floors, lower=arguments.lower)
        lines = [f'"{title}" = {floor}\n' for title, floor in new.items()]
        FLOORS.write_text(f"{NOTE}\n{''.join(lines)}", encoding="utf-8")
        return 0
    for title in failed:
        print(f"Below its floor: {title}", file=sys.stderr)
    return 1 if failed else 0


def measure(figures: list[Figure]) -> dict[str, float]:
    """Return the value of every figure by its title."""
    begin = time.perf_counter()
    names = list(dict.fromkeys(figure.corpus for figure in figures if "/" in figure.corpus))
    said = corpora.read_all(names)
    seconds = time.perf_counter() - begin
    print(f"{sum(map(len, said.values()))} documents read in {seconds:.1f} s on two cores.\n")
    answers = {name: corpora.score(name, said[name]) for name in names}
    answers |= folds.score() | folds.score_grades()
    answers |= {"demo": linking.score(), "seeds": seeds.score(), "own articles": articles.score()}
    answers |= {"pages": pages.score(), "drafts": drafts.score()}
    return {figure.title: _at(answers[figure.corpus], figure.key) or 0.0 for figure in figures}


def _at(answer: dict, key: str) -> float | None:
    return reduce(lambda node, part: node[part], key.split("."), answer)


def report(figures: list[Figure], values: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Print the table; return the titles of the figures below their floors."""
    print(f"{'corpus':<22}{'figure':<34}{'peer':>8}{'ours':>8}{'must':>8}{'floor':>8}  best peer")
    failed = []
    for figure in figures:
        value, floor = values[figure.title], floors.get(figure.title)
        if floor is None or figure.is_worse(value, than=floor):
            failed.append(figure.title)
        print(
            f"{figure.corpus:<22}{figure.name:<34}{_cell(figure.peer)}{value:8.2f}"
            f"{_cell(figure.must)}{_cell(floor)}  {figure.of:<24}"
            f"{_verdict(figure, value, floor)}"
        )
    return failed


def _verdict(figure: Figure, value: float, floor: float | None) -> str:
    if floor is None:
        return "NO FLOOR"
    if figure.is_worse(value, than=floor):
        return "BELOW ITS FLOOR"
    return "short" if figure.must is not None and figure.is_worse(value, figure.must) else ""


def _cell(value: float | None) -> str:
    return f"{'–':>8}" if value is None else f"{value:8.1f}"


def moved(
    figures: list[Figure], values: dict[str, float], floors: dict[str, float], lower: bool
) -> dict[str, float]:
    """Return the floors moved to the values, on the safe side.

    They keep one decimal, and ratios that should be small two: the steps between these are finer.

    A floor that stands better than its value stays, unless `lower` is set.
    """
    new = {}
    for figure in figures:
        value, old = values[figure.title], floors.get(figure.title)
        safe = math.ceil(value * 100) / 100 if figure.most else math.floor(value * 10) / 10
        keep = old is not None and not lower and figure.is_worse(safe, than=old)
        new[figure.title] = old if keep else safe
    return new


if __name__ == "__main__":
    sys.exit(main())
