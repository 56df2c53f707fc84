"""The events by folds of documents: each read with a model of salience that has not seen it.

The plain figures flatter, since the model that ships is trained on these very documents.
"""

from collections.abc import Iterator
from datetime import date
from multiprocessing import Pool
from typing import Any

from tests.eval import corpora
from timeline.extraction import extract
from timeline.extraction.events import salience
from timeline.extraction.training import salience as training

CORPORA = ("events/t4-trial", "events/timeset-dev")
FOLDS = 5


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
