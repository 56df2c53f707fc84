"""How do we know? From a saved article over an editor's decision to what a reader sees."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import signed_in
from timeline import basis
from timeline.ingest import ingest
from timeline.models import Article, Event, Report, Suggestion

pytestmark = pytest.mark.django_db


PIER = """\
Minister calls off the opening of the new pier

Coast 10:30 KST May 16, 2018

By Ada Brook

ELMSPORT, May 16 (Tidewire) -- The new pier of Elmsport is to stay shut.

Transport Minister Nora Vale met her counterpart Piet Strand in Elmsport on Tuesday.

Vale called off a June 12 visit to Sandhaven, a spokesman said.

Strand will visit <b>Elmsport</b> & its pier next month.

Piet Strand completed his four-day visit to Sandhaven on Monday.
"""


@pytest.fixture
def pier() -> Article:
    return ingest(PIER).article


def suggested(article: Article, words: str) -> Suggestion:
    """The report that the article suggests of the sentence with these words."""
    return article.suggestions.get(type="report", exact__contains=words)


def published(client: Client, suggestion: Suggestion) -> str:
    """Accept at the desk, publish the event, and return its public page as anyone sees it."""
    editor = signed_in(client)
    address = reverse("admin:review", args=[suggestion.article_id])
    editor.post(address, {"suggestion": suggestion.pk, "do": "accept"})
    event = Event.objects.get(suggestions=suggestion)
    event.publish(by=make.editor("bob"))
    return Client().get(event.get_absolute_url()).content.decode()


def fragment(page: str) -> str:
    """What the page quotes of the article, with its marks."""
    return re.search(r"<blockquote><p>…?(.*?)…?</p></blockquote>", page)[1]


def why(page: str) -> str:
    """The sentence under the fragment."""
    return re.search(r'class="derive__note">(.*?)</span>', page)[1]


def test_the_words_an_accepted_date_was_read_from_are_marked_for_the_reader(client, pier):
    page = published(client, suggested(pier, "met her counterpart"))
    assert "Piet Strand in Elmsport <mark>on Tuesday</mark>." in fragment(page)
    assert "<mark>“on Tuesday”</mark>" in page
    assert (
        why(page) == "“on Tuesday” is the Tuesday before the article’s day, Wednesday 16 May 2018."
    )


def test_the_words_that_call_something_off_are_marked_and_said_in_plain_words(client, pier):
    page = published(client, suggested(pier, "called off"))
    marked = '<mark class="cue">called off</mark> a <mark>June 12</mark> visit to Sandhaven'
    assert marked in fragment(page)
    assert why(page) == (
        "No year is given; the article is of 16 May 2018. "
        "“called off” says that it will not take place."
    )


def test_the_length_that_gives_the_other_end_is_marked_too(client, pier):
    page = published(client, suggested(pier, "four-day"))
    assert "his <mark>four-day</mark> visit to Sandhaven <mark>on Monday</mark>." in fragment(page)
    assert "“four-day” is counted back from that day." in why(page)


def test_an_article_cannot_smuggle_markup_in_between_its_marks(client, pier):
    page = published(client, suggested(pier, "its pier"))
    assert "&lt;b&gt;Elmsport&lt;/b&gt; &amp; its pier <mark>next month</mark>" in fragment(page)


def test_the_desk_marks_the_words_before_they_are_accepted(client, pier):
    meeting = suggested(pier, "met her counterpart")
    address = reverse("admin:review", args=[pier.pk])
    page = signed_in(client).get(address, {"at": meeting.pk}).content.decode()
    assert '<span class="span span--date">on Tuesday</span>' in page
    assert "“on Tuesday” is the Tuesday before the article’s day" in page
    assert re.search(
        rf'span--date is-current" href="\?at={meeting.pk}#s{meeting.pk}">Tuesday', page
    )


def test_the_desk_lights_up_no_day_that_the_current_date_was_not_read_from(client, pier):
    closing = suggested(pier, "is to stay shut")
    assert closing.edtf == ""
    address = reverse("admin:review", args=[pier.pk])
    page = signed_in(client).get(address, {"at": closing.pk}).content.decode()
    assert ">May 16</span>" in page
    assert "span--date is-current" not in page


def test_the_timeline_shows_the_same_as_the_event_s_own_page(client, pier):
    page = published(client, suggested(pier, "called off"))
    make.timeline(Event.objects.get())
    listed = Client().get("/timelines/harbour/").content.decode()
    assert fragment(listed) == fragment(page)
    assert why(listed) == why(page)


def test_the_data_of_a_timeline_hold_the_basis_and_the_sentence(client, pier):
    published(client, suggested(pier, "met her counterpart"))
    make.timeline(Event.objects.get())
    data = json.loads(Client().get("/timelines/harbour/export/json/").getvalue())
    told = data["events"][0]["reports"][0]
    assert told["derivation"].startswith("“on Tuesday” is the Tuesday before")
    assert told["basis"]["date"]["base"] == {"edtf": "2018-05-16", "of": "publication"}
    basis.check(told["basis"])


def test_a_citation_learns_where_its_words_stand_when_its_body_comes():
    cited = make.article(
        "2018-05-16",
        "Minister calls off the opening of the new pier",
        outlet=make.outlet("Tidewire"),
    )
    words = [{"exact": "June 12"}]
    report = make.report(
        make.event(),
        cited,
        exact="called off a June 12 visit",
        basis={"date": {"rule": "no-year", "spans": words}, "note": "Told by a spokesman."},
    )
    assert ingest(PIER).article == cited
    cited.refresh_from_db()
    report.refresh_from_db()
    span = report.read_from.date.spans[0]
    assert cited.body[span.start : span.end] == "June 12"
    assert report.read_from.note == "Told by a spokesman."


@pytest.mark.parametrize("amiss", [[], "x", {"date": {"rule": "x"}}, {"date": {"base": {}}}, None])
def test_a_basis_stored_amiss_takes_down_no_page_and_no_export(client, amiss):
    event = make.event()
    make.report(event, make.article("2018-05-02"))
    make.timeline(event)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_report SET basis = %s", [json.dumps(amiss)])
    for address in (event.get_absolute_url(), "/timelines/harbour/"):
        assert "words on Harbour opening" in client.get(address).content.decode()
    assert client.get("/timelines/harbour/export/json/").status_code == 200
    report = Report.objects.get()
    page = signed_in(client).get(reverse("admin:timeline_report_change", args=[report.pk]))
    assert page.status_code == 200


def test_what_is_no_basis_is_refused_with_its_reason():
    report = make.report(make.event(), make.article("2018-05-02"), basis={"date": {"rule": "x"}})
    with pytest.raises(ValidationError, match="'x' is no rule of a date"):
        report.full_clean()


# ------------------------------------------------------------------------- how editors correct it


def sent(client: Client, address: str) -> dict[str, str]:
    """What a browser would send of the form at `address`."""
    form = client.get(address).context["adminform"].form
    data = {}
    for bound in form:
        value = bound.value()
        parts = bound.field.widget.decompress(value) if bound.name == "basis" else None
        for at, part in enumerate(parts or ()):
            data[f"basis_{at}"] = part
        if parts is None and value is not None:
            data[bound.name] = value
    return data


@pytest.fixture
def report() -> Report:
    body = "It was to open in May, but in May rain fell. It will open in June."
    article = make.article("2018-04-02", body=body)
    made = make.report(make.event(edtf="2018-05", status="planned"), article)
    made.basis = {
        "date": {"rule": "no-year", "spans": [{"exact": "in May", "start": 27, "end": 33}]}
    }
    made.locate(body, 0, 44)
    made.save()
    return made


def test_an_editor_sees_the_sentence_and_corrects_words_rule_and_remark(client, report):
    address = reverse("admin:timeline_report_change", args=[report.pk])
    page = signed_in(client).get(address).content.decode()
    assert "No year is given; the article is of 2 April 2018." in page
    labels = re.findall(r'<label for="(id_basis_\d)">([^<]+)</label>', page)
    assert len(labels) == 8
    assert all(f'id="{part}"' in page for part, _ in labels)
    assert '{"' not in page
    data = sent(client, address) | {
        "basis_0": "open in May",
        "basis_5": "was to",
        "basis_6": "cue",
        "basis_7": "The harbour master says so.",
    }
    assert client.post(address, data).status_code == 302
    report.refresh_from_db()
    assert report.basis == {
        "date": {"rule": "no-year", "spans": [{"exact": "open in May", "start": 10, "end": 21}]},
        "status": {"rule": "cue", "spans": [{"exact": "was to", "start": 3, "end": 9}]},
        "note": "The harbour master says so.",
    }


def test_a_form_that_leaves_the_basis_alone_keeps_where_its_words_stand(client, report):
    address = reverse("admin:timeline_report_change", args=[report.pk])
    before = report.basis
    client = signed_in(client)
    assert client.post(address, sent(client, address) | {"edtf": "2018-06"}).status_code == 302
    report.refresh_from_db()
    assert (report.edtf, report.basis) == ("2018-06", before)


def test_a_day_to_count_from_that_is_none_is_refused_beside_its_field(client, report):
    address = reverse("admin:timeline_report_change", args=[report.pk])
    client = signed_in(client)
    page = client.post(address, sent(client, address) | {"basis_2": "soon"})
    assert "“soon” is not" in page.content.decode()
    report.refresh_from_db()
    assert report.read_from.date.base is None
