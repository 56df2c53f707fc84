"""The events by folds of documents: each read with models that have not seen it.

The plain figures flatter, since the models that ship, of salience and of grades, are trained on
these very documents.
"""

from collections.abc import Iterator
from datetime import date
from multiprocessing import Pool
from typing import Any

from tests.eval import corpora
from timeline.extraction import extract, grades
from timeline.extraction.events import salience
from timeline.extraction.training import grades as grading
from timeline.extraction.training import salience as training

CORPORA = ("events/t4-trial", "events/timeset-dev")
EDITOR = "editor/dev"
FOLDS = 5


def score_grades(processes: int = 2) -> dict[str, dict[str, Any]]:
    """Return the answer of the scorer for the editor's gold, graded by folds."""
    gold = corpora.documents(EDITOR)
    known = {d["id"] for d in gold}
    others = [d for name in CORPORA for d in corpora.documents(name) if d["id"] not in known]
    said = []
    with Pool(processes) as pool:
        lessons = pool.map(grading.examples, [*gold, *others])
        for fold in range(FOLDS):
            seen = [one for n, one in enumerate(lessons) if n >= len(gold) or n % FOLDS != fold]
            tables = training.train([example for lesson in seen for example in lesson])
            said += pool.map(_grade, [(tables, document) for document in gold[fold::FOLDS]])
    return {"editor-dev by folds": corpora.score(EDITOR, said)}


def _grade(job: tuple[list[dict[str, float]], dict]) -> dict[str, Any]:
    tables, document = job
    grades.TABLES[:] = tables
    said = extract(document["text"], date.fromisoformat(document["published"][:10])).as_json()
    return {"id": document["id"], **said}


def score(processes: int = 2) -> dict[str, dict[str, Any]]:
    """Return the answer of the scorer for each corpus, read by folds: {"t4-trial by folds": …}."""
    documents = [(name, d) for name in CORPORA for d in corpora.documents(name)]
    with Pool(processes) as pool:
        lessons = pool.map(training.examples, [d for _, d in documents])
        said = dict(_answers(pool, documents, lessons))
    return {f"{name.partition('/')[2]} by folds": _score(name, said) for name in CORPORA}


def _score(name: str, said: dict[tuple[str, str], dict]) -> dict[str, Any]:
    return corpora.score(name, [said[name, d["id"]] for d in corpora.documents(name)])


def _answers(pool: Any, documents: list, lessons: list) -> Iterator[tuple[tuple[str, str], dict]]:
    for fold in range(FOLDS):
        seen = [lesson for n, lesson in enumerate(lessons) if n % FOLDS != fold]
        tables = training.train([example for lesson in seen for example in lesson])
        jobs = [(tables, *document) for n, document in enumerate(documents) if n % FOLDS == fold]
        yield from pool.map(_read, jobs)


def _read(job: tuple[list[dict[str, float]], str, dict]) -> tuple[tuple[str, str], dict]:
    tables, name, document = job
    salience.TABLES[:] = tables
    said = extract(document["text"], date.fromisoformat(document["published"][:10])).as_json()
    return (name, document["id"]), {"id": document["id"], **said}
