"""Articles of invented stories for the tests of drafts, and the gold of `tellings.tsv`."""

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from timeline.extraction import extract
from timeline.extraction.drafts import Source

TELLINGS = Path(__file__).with_name("tellings.tsv")


class Story(NamedTuple):
    """A story's articles, and the event of each sentence by its article and where it starts."""

    sources: list[Source]
    events: dict[tuple[str, int], str]


def source(name: str, published: str, *sentences: str) -> Source:
    """Return an article of a line for each sentence, read."""
    day, text = date.fromisoformat(published), "\n".join(sentences)
    return Source(name, day, text, extract(text, day))


@cache
def stories() -> dict[str, Story]:
    """Return the invented stories by their names."""
    told: dict[str, dict[tuple[str, str], list[tuple[str, str]]]] = defaultdict(dict)
    for line in TELLINGS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            story, article, day, event, sentence = line.split("\t")
            told[story].setdefault((article, day), []).append((event, sentence))
    return {name: _story(articles) for name, articles in told.items()}


def _story(articles: dict[tuple[str, str], list[tuple[str, str]]]) -> Story:
    sources, events = [], {}
    for (name, day), lines in articles.items():
        sources.append(source(name, day, *(sentence for _, sentence in lines)))
        start = 0
        for event, sentence in lines:
            events[name, start] = event
            start += len(sentence) + 1
    return Story(sources, events)


FERRY = (
    source(
        "alma",
        "2031-05-04",
        "The ferry Alma Rosa sank off Port Selby early on Sunday, killing at least 14 people.",
        "Fishing boats rescued 63 passengers of the ferry Alma Rosa from the water.",
    ),
    source(
        "captain",
        "2031-05-05",
        "Police arrested Tomas Weil, the captain of the ferry Alma Rosa, on Monday.",
        "The ferry sank off Port Selby on Sunday, killing 14 people.",
        "“We ask who let it sail,” Transport Minister Ines Karo told reporters on Monday.",
    ),
    source(
        "charge",
        "2031-06-20",
        "Prosecutors charged the captain of the ferry Alma Rosa with manslaughter on Friday.",
        "The Alma Rosa sank off Port Selby on 4 May 2031.",
    ),
    source(
        "memorial",
        "2031-07-01",
        "A memorial for the dead of the ferry Alma Rosa was opened in Port Selby on Tuesday.",
        "The ferry sank on 4 May 2031 off Port Selby.",
    ),
)
GUIDE = source(
    "guide",
    "2031-05-05",
    "Transmission details may change.",
    *(
        f"Presenter/Ann Lee, Producer/Jo Doe 9.00-9.30pm Radio 4 {9 + n}.00 Listeners hear how the "
        f"band met in {1960 + n} and parted on 3 May {1970 + n}."
        for n in range(12)
    ),
)
COMMENTS = source(
    "comments",
    "2031-05-05",
    "What do you think of the ferry?",
    *(
        f"At 10:{10 + n} on 5 May 2031, gull{n} wrote: I sailed on her in May {2000 + n}. "
        "Report abuse"
        for n in range(12)
    ),
)
SPEECH = source(
    "speech",
    "2031-05-05",
    *(f"LEE: We left on 3 May {2000 + n}. DOE: And then? LEE: We met." for n in range(10)),
)
