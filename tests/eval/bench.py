"""How fast the extraction reads newswire, on one core: `python -m tests.eval.bench`.

Processor time of the whole and of its parts over articles of 4,000 characters, of our own making
and, where the evaluation corpora are here, real newswire cut to that length; beside it
dateparser.search on a sample, and the time that importing the extraction takes a new process.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from resource import RUSAGE_SELF, getrusage
from time import process_time

from tests.eval import corpora, newswire
from timeline.extraction import extract, parser
from timeline.extraction.document import Document
from timeline.extraction.events import find_events
from timeline.extraction.pipeline import STAGES
from timeline.extraction.quotes import find_quotes

COUNT, SIZE, ROUNDS = 60, 4000, 3
SEARCHED = 10  # articles for dateparser.search, which takes the tenth of a second for one


def main() -> None:
    processor, clock = start_up()
    print(f"Start-up of timeline.extraction: {processor:.0f} ms of processor time, ", end="")
    print(f"{clock:.0f} ms by the clock (least of 7)\n")
    samples = {"our own newswire": newswire.articles(COUNT, SIZE)}
    consume(extract(*article) for article in samples["our own newswire"])
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(f"Memory: {peak:.0f} MB at most, the model loaded and {COUNT} articles read\n")
    if corpora.KIT.is_dir():
        samples["AQUAINT newswire"] = cut("dates/aquaint")
        samples["PolNeAR news"] = cut("quotes/polnear-dev")
    for name, articles in samples.items():
        measure(name, articles)


def measure(name: str, articles: Sequence[tuple[str, date]]) -> None:
    """Print the speed of the whole, of dateparser.search beside it, and of each part."""
    characters = sum(len(text) for text, _ in articles) / len(articles)
    print(f"{name}: {len(articles)} articles of {characters:,.0f} characters")
    whole, bare = in_turn(
        lambda: consume(extract(*article) for article in articles),
        lambda: parse_alone(text for text, _ in articles),
    )
    whole, bare = whole / len(articles), bare / len(articles)
    print(f"  {'extract()':<22}{1 / whole:8.0f} articles/s {1000 * whole:8.2f} ms")
    taken = dict(parts(articles))
    for part, seconds_each in taken.items():
        print(f"    {part:<20}{1 / seconds_each:10.0f}{'':>11}{1000 * seconds_each:8.2f} ms")
    print(f"  {'bare nlp.pipe':<22}{1 / bare:8.0f} articles/s {1000 * bare:8.2f} ms")
    print(f"  extract() takes {whole / bare:.2f} times the processor time of bare nlp.pipe")
    searched = articles[:SEARCHED]
    (theirs,) = in_turn(lambda: search(searched), rounds=1)
    theirs /= len(searched)
    print(f"  {'dateparser.search':<22}{1 / theirs:8.0f} articles/s {1000 * theirs:8.2f} ms")
    print(f"  extract() is {theirs / whole:.1f} times as fast as that, ", end="")
    print(f"its times alone {theirs / taken['times']:.0f} times\n")


def parts(articles: Sequence[tuple[str, date]]) -> Iterator[tuple[str, float]]:
    """Yield each stage of the pipeline, then quotes and events, with the seconds an article."""
    docs = [Document(text, day) for text, day in articles]
    steps: dict[str, Callable[[Document], object]] = {
        **STAGES,
        "quotes": find_quotes,
        "events": find_events,
    }
    for name, step in steps.items():
        (taken,) = in_turn(lambda step=step: consume(map(step, docs)))
        yield name, taken / len(docs)


def parse_alone(texts: Iterable[str]) -> None:
    """Run the pipeline of spaCy over whole texts, as its documentation has it."""
    consume(parser.pipeline().pipe(texts))


def in_turn(*jobs: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the least processor time of each of some jobs, run one after the other each round."""
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, times in zip(jobs, taken, strict=True):
            begin = process_time()
            job()
            times.append(process_time() - begin)
    return [min(times) for times in taken]


def consume(results: Iterable[object]) -> None:
    """Let each result go before the next, as a stream does."""
    deque(results, maxlen=0)


def search(articles: Sequence[tuple[str, date]]) -> None:
    from dateparser.search import search_dates

    for text, _ in articles:
        search_dates(text, languages=["en"])


def cut(corpus: str) -> list[tuple[str, date]]:
    """Return the documents of a corpus, whole ones and pieces, each of at most SIZE characters."""
    return [
        (document["text"][:SIZE], date.fromisoformat(document["published"]))
        for document in corpora.documents(corpus)
        if len(document["text"]) >= SIZE
    ][:COUNT]


def start_up() -> tuple[float, float]:
    """Return the least processor and clock time, in ms, that an import takes a new process."""
    code = (
        "import time; begin = time.process_time(), time.perf_counter(); "
        "import timeline.extraction; "
        "print(time.process_time() - begin[0], time.perf_counter() - begin[1])"
    )
    compiling = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}  # once, by the first of the runs
    command = [sys.executable, "-c", code]
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=compiling)
        for _ in range(7)
    ]
    processor, clock = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return 1000 * min(processor), 1000 * min(clock)


if __name__ == "__main__":
    main()
