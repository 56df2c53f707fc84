"""What each article of a draft reports, as the plain facts that joining and ranking go by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .days import DayTelling
from .reading import Folder, Page, stems

_UNKNOWN = 0.1  # the grade of a sentence in which no event was found


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of one event; `number` is its place in the article's `found.events`.

    It is None for a sentence that tells of a day without an event that was found.

    `edtf` is "" where no date is set; `text` is the evidence, the sentence at [start, end) of the
    article, without its dateline. `weight`, from 0 to 1, is how near article and sentence are to
    the topic; `grade` is the event's own. `is_aside` says that the article is no article
    or off the topic.
    """

    article: str
    number: int | None
    published: date
    title: str
    edtf: str
    status: str
    stance: str
    kind: str
    actors: tuple[str, ...]
    place: str | None
    start: int
    end: int
    text: str
    weight: float
    grade: float
    is_aside: bool = False

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its evidence."""
        return stems(self.text)


def reports_of(folder: Folder) -> list[Report]:
    """Return the reports of all articles, in the order of publication and then of the text."""
    return [report for page in folder.pages for report in _reports(folder, page)]


def _reports(folder: Folder, page: Page) -> Iterator[Report]:
    for line in page.lines:
        for number in line.events:
            event = page.event(number)
            yield Report(
                article=page.source.id,
                number=number,
                published=page.source.published,
                title=event.title,
                edtf=event.edtf or "",
                status=event.status,
                stance=event.stance,
                kind=event.kind,
                actors=event.actors,
                place=event.place,
                start=event.start,
                end=event.end,
                text=page.text_of(line),
                weight=page.weight * folder.on_topic(line),
                grade=event.grade,
                is_aside=page.is_aside,
            )


def told_report(told: DayTelling, day: int, title: str = "") -> Report:
    """Return a sentence as a report of a day: one that it names, or that of its article.

    Its title is its own words, unless another one is given.
    """
    page, line = told.page, told.line
    text = page.text_of(line)
    return Report(
        article=page.source.id,
        number=None,
        published=page.source.published,
        title=title or text,
        edtf=date.fromordinal(day).isoformat() + ("" if day in line.days else "~"),
        status="occurred" if day <= page.day else "expected",
        stance="reports",
        kind="other",
        actors=(),
        place=None,
        start=line.start,
        end=line.end,
        text=text,
        weight=told.weight,
        grade=_UNKNOWN,
        is_aside=page.is_aside,
    )
