"""The evaluation corpora beside the repository: read by the extraction, scored by their scorers."""

import json
import subprocess
import sys
import tempfile
from datetime import date
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from timeline.extraction import extract

KIT = Path(__file__).resolve().parents[3] / "shared" / "eval"


def documents(corpus: str) -> list[dict[str, Any]]:
    """Return the documents of a corpus: `documents("dates/aquaint")`."""
    with gold(corpus).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def gold(corpus: str) -> Path:
    """Return the file of a corpus; the editor's gold stands in a folder of its own."""
    kind, _, name = corpus.partition("/")
    if kind == "editor":
        return KIT / "editor" / f"editor-{name}.jsonl"
    return KIT / "corpora" / kind / f"{name}.jsonl"


def scorer(corpus: str) -> Path:
    """Return the program that scores what is said of a corpus."""
    kind = corpus.partition("/")[0]
    return (KIT / "editor" if kind == "editor" else KIT) / f"score_{kind}.py"


def read_all(corpora: list[str], processes: int = 2) -> dict[str, list[dict[str, Any]]]:
    """Return, for each corpus, what the extraction says of its documents, in their order."""
    read = {corpus: documents(corpus) for corpus in corpora}
    jobs = [
        (document["text"], document["published"]) for corpus in corpora for document in read[corpus]
    ]
    with Pool(processes) as pool:
        said = iter(pool.map(_say, jobs, chunksize=8))
    return {
        corpus: [{"id": document["id"], **next(said)} for document in read[corpus]]
        for corpus in corpora
    }


def score(corpus: str, said: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer of the scorer for the corpus, a nested dict of figures."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as system:
        system.writelines(json.dumps(document) + "\n" for document in said)
        system.flush()
        command = [sys.executable, scorer(corpus), gold(corpus), system.name, "--json"]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)


def _say(job: tuple[str, str]) -> dict[str, Any]:
    text, published = job
    return extract(text, date.fromisoformat(published)).as_json()
