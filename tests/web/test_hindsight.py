"""Names that give away what came later: on a past day none of them is to be read."""

import csv
import datetime as dt
import io
import json
import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse, QueryDict

from tests import factories as make
from timeline.models import Article, Event, Report, Timeline
from timeline.selection import Results, SelectionForm

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")
TIMELINE = "/timelines/korean-peninsula-summits/"
KNOWN_DAYS = [
    "2018-03-04",
    "2018-03-08",
    "2018-03-28",
    "2018-04-27",
    "2018-05-08",
    "2018-05-10",
    "2018-05-24",
    "2018-06-01",
    "2018-06-12",
    "2018-06-20",
    "2018-09-19",
    "2018-09-20",
    "2018-12-30",
    "2019-01-10",
    "2019-01-19",
    "2019-02-06",
    "2019-02-28",
    "2019-04-26",
    "2019-06-20",
    "2019-06-30",
    "2019-07-16",
]
EVERYWHERE = ("2018-03-08", "2018-06-12", "2019-01-10")
ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|last|final|failed)\b", re.IGNORECASE)


def names_in(response: HttpResponse) -> set[str]:
    """The names of events on a page: in lists, tables, lanes, panels, headings and its title."""
    text = response.getvalue().decode("utf-8-sig")
    if response["Content-Type"].startswith("text/csv"):
        return {row["title"] for row in csv.DictReader(io.StringIO(text))}
    found = re.findall(r'href="/events/[^"]*"[^>]*>([^<]+)<', text)
    found += re.findall(r"<h1>([^<]+)</h1>", text) + re.findall(r"<title>([^<]+)</title>", text)
    found += [json.loads(title) for title in re.findall(r'"title": ("[^"]+")', text)]
    return {unescape(name).strip().removesuffix(" – Dateline") for name in found}


def addresses(day: str) -> list[str]:
    """The timeline and the pages that the day has news of; on some days every kind of address."""
    events = Event.objects.filter(reports__article__published_on=day).distinct()
    found = [TIMELINE, *(one.get_absolute_url() for one in events)]
    if day in EVERYWHERE:
        articles = Article.objects.filter(published_on=day)
        found += [f"{TIMELINE}export/{kind}/" for kind in ("json", "csv")]
        found += ["/actors/kim-jong-un/", "/quotes/"]
        found += [f"{TIMELINE}?view=lanes", *(one.get_absolute_url() for one in articles)]
    return [f"{url}{'&' if '?' in url else '?'}known={day}" for url in found]


@pytest.mark.parametrize("day", KNOWN_DAYS)
def test_on_no_day_does_the_demo_bear_a_name_that_no_report_had_given_it(demo, client, day):
    headlines = set(Article.objects.values_list("headline", flat=True))
    known = Report.objects.known_on(dt.date.fromisoformat(day), SEOUL)
    given = set(known.exclude(title="").values_list("title", flat=True))
    for url in addresses(day):
        told = {name for name in names_in(client.get(url)) if ORDINAL.search(name)}
        assert told <= given | headlines, url


def test_these_are_the_days_of_the_stepper(demo):
    timeline = Timeline.objects.get(slug="korean-peninsula-summits")
    found = Results(SelectionForm(QueryDict(), timeline).selection).known_days
    assert [known_day.day.isoformat() for known_day in found] == KNOWN_DAYS


def test_a_search_on_a_past_day_does_not_find_the_later_name(demo, client):
    for words in ("First Trump", "First Moon", "Third Moon"):
        found = client.get(f"{TIMELINE}?known=2018-03-08&q={words}").content.decode()
        assert "<b>0</b> of 5 events" in found
    assert (
        "Trump–Kim summit" in client.get(f"{TIMELINE}?known=2018-03-08&q=summit").content.decode()
    )


def test_a_name_given_today_shows_on_past_days_only_where_no_report_gave_one():
    event, plain = make.event("Harbour opening"), make.event("Talks")
    early = make.article("2018-04-01")
    make.report(event, early, title="Plan for the harbour", status="planned")
    make.report(plain, early)
    make.report(event, make.article("2018-05-02"))
    Event.objects.filter(pk=event.pk).update(title="The opening that failed")
    Event.objects.filter(pk=plain.pk).update(title="Talks in Oslo")

    def named(day: dt.date | None) -> set[str]:
        shown = Event.objects.filter(pk__in=(event.pk, plain.pk)).as_known_on(day, dt.UTC)
        return set(shown.values_list("shown_title", flat=True))

    for day in (dt.date(2018, 4, 1), dt.date(2018, 6, 1)):
        assert named(day) == {"Plan for the harbour", "Talks in Oslo"}
    assert named(None) == {"The opening that failed", "Talks in Oslo"}


def test_a_recollection_names_an_event_as_it_is_called_by_then():
    event = make.event("First summit")
    make.report(event, make.article("2018-04-01"), title="Summit")
    make.report(event, make.article("2019-01-01"), title="First summit", stance="recalls")
    for day, name in ((dt.date(2018, 12, 31), "Summit"), (dt.date(2019, 1, 1), "First summit")):
        assert Event.objects.as_known_on(day, dt.UTC).get(pk=event.pk).shown_title == name


def test_an_article_on_a_past_day_calls_an_event_as_it_was_called_then(client):
    event = make.event("First summit")
    paper = make.article("2018-04-01", "Paper")
    make.report(event, paper, exact="met")
    make.report(event, make.article("2018-04-02"), title="Summit")
    make.timeline(event)
    assert (
        "First summit"
        not in client.get(f"{paper.get_absolute_url()}?known=2018-04-02").content.decode()
    )
