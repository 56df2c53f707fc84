"""The tool that tests the tests: what it changes, and that pytest then imports the mutant."""

import ast
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.mutants.mutations import Mutation, modules, mutations

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a < b", ["a < b → (a <= b)"]),
        ("a and not b", ["a and not b → (a or not b)", "not b → (b)"]),
        ("a | b", ["a | b → (a & b)"]),
        ("x = 3", ["3 → 4"]),
        ("x = True", ["True → False"]),
        ("called(a)", ["called(a) → pass"]),
        ("if a: pass", ["a → False", "a → True"]),
        ("while a: pass", ["a → False"]),
        ("def f(): return a", ["return a → return None"]),
    ],
)
def test_an_operator_a_number_a_condition_a_call_and_a_return_are_changed(source, said):
    assert [one.said for one in mutations("x.py", source)] == said


@pytest.mark.parametrize(
    "source",
    [
        "x: int | None",
        "type X = int | str",
        "def f(a: int | None) -> int | None: return None",
        "if TYPE_CHECKING: import a",
        "x = 'a text'",
        '"""A docstring."""',
    ],
)
def test_types_and_texts_are_left_alone(source):
    assert mutations("x.py", source) == []


def test_the_place_is_right_behind_letters_of_several_octets():
    source = 'x = "“für”"\ny = "é" + (a < b)\n'
    (swapped,) = [one for one in mutations("x.py", source) if one.was == "a < b"]
    assert swapped.applied(source) == 'x = "“für”"\ny = "é" + ((a <= b))\n'
    assert swapped.line == 2


def test_nearly_every_mutation_of_the_app_is_python_still():
    path = "timeline/dates.py"
    source = (ROOT / path).read_text(encoding="utf-8")
    found = mutations(path, source)
    assert len(found) > 150
    for one in found:
        ast.parse(one.applied(source))
    assert "timeline/migrations/0001_initial.py" not in modules(ROOT)


def test_pytest_imports_the_mutant_and_the_tree_stays_as_it_is(tmp_path):
    path = "timeline/log.py"
    source = (ROOT / path).read_text(encoding="utf-8")
    place = source.index("LONGEST")
    mutation = Mutation(path, 1, place, place, "", "MUTATED = True; ")
    (tmp_path / "test_it.py").write_text(
        "from timeline import dates, log\n"
        "def test_it(): assert log.MUTATED and not hasattr(dates, 'MUTATED')\n"
    )
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "tests.mutants.plugin", "-c", ROOT / "pyproject.toml", tmp_path / "test_it.py"),
        ],
        cwd=ROOT,
        env=os.environ | {"MUTANT": json.dumps(asdict(mutation))},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout
    assert (ROOT / path).read_text(encoding="utf-8") == source
