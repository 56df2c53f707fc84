"""Rows that came past every check into the database: no page breaks on what they hold."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

from tests import factories as make
from tests.web.desk import change, words_of
from timeline.exports import EXPORTS
from timeline.models import Article, Event, Quote, Report, Role, Suggestion, Timeline
from timeline.models.timelines import zone_named

pytestmark = pytest.mark.django_db
EARLY, LATE = dt.date(1, 1, 1), dt.date(9999, 12, 31)

PUBLISHED = {
    "9999-12-31T23:59:59+00:00": (LATE, "9999-12-31 23:59:59"),
    "9999-12-31T23:59:59-12:00": (LATE, "9999-12-31 23:59:59"),
    "9999-12-31": (LATE, "9999-12-31 23:59:59"),
    "0001-01-01T00:00:00+09:00": (EARLY, "0001-01-01 00:00:00"),
    "0001-01-01": (EARLY, "0001-01-01 23:59:59"),
    "2018-03-28X11:51:00+09:00": (dt.date(2018, 3, 28), "2018-03-28 02:51:00"),
    "2018-13-45T99:99:99+99:99": (dt.date(2018, 3, 28), "2018-03-28 02:51:00"),
    "soon T": (dt.date(2018, 3, 28), "2018-03-28 02:51:00"),
    "": (dt.date(2018, 3, 28), "2018-03-28 02:51:00"),
}
EDTF = {
    "0001": (EARLY, dt.date(1, 12, 31)),
    "9999": (dt.date(9999, 1, 1), LATE),
    "9999-12-31": (LATE, LATE),
    "../9999-12-31": (None, LATE),
    "0001-01-01/..": (EARLY, None),
    "0001/9999": (EARLY, LATE),
    "1600": (dt.date(1600, 1, 1), dt.date(1600, 12, 31)),
    "2018-03-01/..": (dt.date(2018, 3, 1), None),
    "2018-XX-12": (dt.date(2018, 1, 1), dt.date(2018, 12, 31)),
    "[2018-XX,2019]": (dt.date(2018, 1, 1), dt.date(2019, 12, 31)),
    "[]": (EARLY, LATE),
    "/": (EARLY, LATE),
    "soon": (dt.date(2018, 3, 28), dt.date(2018, 3, 28)),
    "9999-24": (dt.date(9999, 12, 1), LATE),
}


# What no check takes, or a server's zones lack since its system was changed.
ZONES = ["nowhere", "US/Nowhere", "", ".", "../etc/passwd", "/etc/passwd", "Asia", "x" * 64, "é ü"]


@pytest.fixture
def harbour() -> Timeline:
    """An event as it is planned and held, one beside it, a quote, a role, a suggestion."""
    opening = make.event("Opening", edtf="2018-05-01", place=make.place("Pier One"))
    talks = make.event("Talks", edtf="2018-04", status="planned", part_of=opening)
    early, late = make.article("2018-03-28", "Early"), make.article("2018-05-02", "Late")
    make.report(opening, early, edtf="2018-05", status="planned")
    make.report(opening, late)
    make.report(talks, early)
    alice = make.actor("Alice")
    alice.roles.create(title="Mayor", since="2018")
    make.takes_part(alice, opening)
    make.quote("We are glad", late, alice, opening)
    Suggestion.objects.create(
        article=early,
        type="report",
        title="Fair",
        edtf="2018-06",
        status="planned",
        stance="expects",
        exact="x",
        match=talks,
        actors=["Alice"],
    )
    return make.timeline(opening, talks)


def write(model: type, columns: dict[str, object], where: str = "1 = 1") -> None:
    """Write past the models' checks, as a restored dump or another program would."""
    sets = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {sets} WHERE {where}", [*columns.values()]
        )


def timelines() -> list[str]:
    """What draws one span of time over all dates: the chart, the lanes, the order."""
    timeline = "/timelines/harbour/"
    return [
        "/",
        timeline,
        f"{timeline}?known=2018-05-02",
        f"{timeline}?view=lanes",
        f"{timeline}?sort=newest&from=2018&to=2019&q=opening",
    ]


def public() -> list[str]:
    timeline = "/timelines/harbour/"
    known = ("", "?known=2018-05-02")
    pages = [
        *(event.get_absolute_url() for event in Event.objects.all()),
        "/articles/",
        *(article.get_absolute_url() for article in Article.objects.all()),
        "/actors/",
        "/actors/alice/",
        "/quotes/",
        *(f"{timeline}export/{name}/" for name in EXPORTS),
    ]
    return [*timelines(), *(page + query for page in pages for query in known)]


def desk() -> list[str]:
    return [
        "/desk/",
        *(
            f"/desk/timeline/{model._meta.model_name}/"
            for model in (Article, Event, Quote, Suggestion, Timeline)
        ),
        *(f"/desk/timeline/event/{event.pk}/change/" for event in Event.objects.all()),
        *(f"/desk/timeline/article/{article.pk}/change/" for article in Article.objects.all()),
        *(f"/desk/timeline/article/{article.pk}/review/" for article in Article.objects.all()),
    ]


def walk(client: Client, addresses: list[str]) -> None:
    client.raise_request_exception = False
    answers = {url: client.get(url).status_code for url in addresses}
    broken = {url: status for url, status in answers.items() if status not in (200, 302, 404)}
    assert broken == {}
    assert 200 in answers.values()


def publish_at(published: str, where: str) -> None:
    day, instant = PUBLISHED[published]
    columns = {"published": published, "published_on": day.isoformat(), "published_at": instant}
    write(Article, columns, where)


def date(edtf: str, *records: Model) -> None:
    """Write a date into these records, or into all, and into every role."""
    earliest, latest = EDTF[edtf]
    dated = {"edtf": edtf, "earliest": earliest, "latest": latest}
    columns = {Event: dated, Report: dated, Suggestion: {"edtf": edtf}, Quote: {"said_on": edtf}}
    for model, values in columns.items():
        where = [f"id = {one.pk}" for one in records if isinstance(one, model)]
        write(model, values, *where)
    write(Role, {"since": edtf, "until": edtf})


@pytest.mark.parametrize("published", PUBLISHED)
def test_no_time_of_an_article_takes_a_timeline_down(client, harbour, published):
    publish_at(published, "headline = 'Late'")
    walk(client, timelines())


def test_no_time_of_an_article_takes_a_page_or_the_desk_down(client, admin_client, harbour):
    opening = harbour.events.get(slug="opening")
    for number, published in enumerate(PUBLISHED):
        article = make.article("2018-05-02", f"Late {number}")
        make.report(opening, article)
        make.quote(f"We are glad, {number}", article, make.actor("Alice"), opening)
        publish_at(published, f"id = {article.pk}")
    walk(client, public())
    walk(admin_client, desk())


@pytest.mark.parametrize("edtf", EDTF)
def test_no_date_takes_a_timeline_down(client, harbour, edtf):
    date(edtf)
    walk(client, [*timelines(), "/actors/alice/", "/quotes/"])


def test_no_date_takes_a_page_or_the_desk_down(client, admin_client, harbour):
    late = Article.objects.get(headline="Late")
    Article.objects.filter(pk=late.pk).update(body="The harbour opens. " * 5)  # has a review
    for number, edtf in enumerate(EDTF):
        event = make.event(f"Fair {number}", edtf="2018-05", status="planned")
        records = (
            event,
            make.report(event, late, status="planned"),
            make.quote(f"We are glad, {number}", late, make.actor("Alice"), event),
            Suggestion.objects.create(
                article=late, type="report", title=f"Fair {number}", status="planned",
                stance="expects", start=number, end=50,
            ),
        )  # fmt: skip
        harbour.events.add(event)
        date(edtf, *records)
    walk(client, public())
    walk(admin_client, desk())


def test_a_date_of_the_year_9999_leaves_the_chart_readable(client, harbour):
    Event.objects.filter(slug="talks").update(edtf="9999-12-31")
    make.report(Event.objects.get(slug="talks"), make.article("2018-05-03"))
    found = client.get("/timelines/harbour/")
    assert len(found.content) < 60_000
    assert '<tr><th scope="row">Later</th>' in found.content.decode()


WRONG = [
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+09:00",
    "9999-12-31T23:59:59-12:00",
    "9999-12-31",
    "1599-12-31",
    "2018-03-28X11:51:00+09:00",
    "2018-03-28 11:51+09:00",
    "2018-03-28t11:51:00+09:00",
    "2018-W13-3",
    "20180328T115100+0900",
    "2018-03-28T11:51:00",
    "2018-03-28T25:00:00Z",
    "２０１８-03-28",
    "2018-03-28\n",
]


@pytest.mark.parametrize("published", WRONG)
def test_a_time_at_which_nothing_was_published_is_refused_beside_its_field(
    admin_client, harbour, published
):
    paper = Article.objects.get(headline="Late")
    form = admin_client.get(f"/desk/timeline/article/{paper.pk}/change/").context["adminform"].form
    posted = {name: form[name].value() or "" for name in form.fields} | {"published": published}
    inlines = {
        f"{prefix}-{name}": 0
        for prefix in ("reports", "quotes")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    response = admin_client.post(f"/desk/timeline/article/{paper.pk}/change/", posted | inlines)
    if published.strip() != published:  # a form takes the space off: the day itself is right
        assert response.status_code == 302
        return
    assert response.status_code == 200
    assert response.context["adminform"].form.errors.keys() == {"published"}
    assert Article.objects.get(pk=paper.pk).published == "2018-05-02"


@pytest.mark.parametrize(
    "published", ["1605-07-01", "2018-03-28T11:51Z", "2018-03-28T11:51:00.5+09:00"]
)
def test_every_time_that_an_article_can_bear_is_taken(published):
    assert make.article(published).published_on.isoformat() == published[:10]


@pytest.mark.parametrize("edtf", EDTF)
@pytest.mark.parametrize("do", ["accept", "merge"])
def test_a_decision_on_a_date_that_is_none_is_said_and_taken_or_not(
    admin_client, harbour, edtf, do
):
    earliest, latest = EDTF[edtf]
    write(Event, {"edtf": edtf, "earliest": earliest, "latest": latest, "is_published": False})
    write(Suggestion, {"edtf": edtf, "state": "pending"})
    suggestion = Suggestion.objects.get()
    url = f"/desk/timeline/article/{suggestion.article_id}/review/"
    data = {"suggestion": suggestion.pk, "do": do, "event": suggestion.match_id}
    assert admin_client.post(url, data, follow=True).status_code == 200
    suggestion.refresh_from_db()
    is_made = suggestion.article.reports.filter(pk=suggestion.report_id).exists()
    assert (suggestion.state == "accepted") == is_made


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_that_the_server_does_not_know_takes_no_page_down_and_is_said(
    client, admin_client, harbour, caplog, zone
):
    write(Timeline, {"time_zone": zone})
    zone_named.cache_clear()
    # Each zone on the pages of its timeline, one of them everywhere: all are met in one function.
    walk(client, [*timelines(), *(public() if zone == "nowhere" else ())])
    assert [record.message for record in caplog.records].count("Unknown time zone") == 1
    assert (
        json.loads(client.get("/timelines/harbour/export/json/").getvalue())["time_zone"] == "UTC"
    )
    if zone == "nowhere":
        walk(admin_client, desk())
    form = words_of(admin_client.get(change(harbour)))
    assert "the timeline&#x27;s days end in UTC until you choose another" in form
    write(Timeline, {"time_zone": "Asia/Seoul"})
    assert "until you choose another" not in words_of(admin_client.get(change(harbour)))
