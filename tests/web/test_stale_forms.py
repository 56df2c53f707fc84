"""A form that was opened before others changed the record: it writes what its editor changed."""

import pytest
from django.test import Client

from tests import factories
from tests.web.desk import _Fields, change, decide, form_of, words_of
from timeline.models import Actor, Article, Event, Participation, Place, Quote, Report, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(db: None) -> Event:
    """A draft of talks that are planned for June, reported once."""
    event = factories.event("Talks", edtf="2018-06", status="planned", published=False)
    factories.report(event, factories.article("2018-05-01"))
    return event


def save(client: Client, record: object, sent: dict):
    """Save a form that was opened before."""
    page = client.post(change(record), sent, follow=True)
    assert not page.context.get("errors"), page.context["errors"]
    record.refresh_from_db()
    return page


def test_a_form_opened_before_a_merge_does_not_take_it_back(
    alice: Client, talks: Event, meeting: Suggestion
) -> None:
    opened = form_of(alice, talks)
    meeting.edtf, meeting.status = "2018-06-12", "cancelled"
    meeting.save()
    decide(alice, meeting, "merge", event=talks.pk)
    save(alice, talks, opened | {"summary": "They were to meet."})
    assert (talks.edtf, talks.status) == ("2018-06-12", "cancelled")
    assert talks.summary == "They were to meet."
    assert talks.reports.count() == 2


def test_the_bounds_follow_the_date_that_an_editor_changed(alice: Client, talks: Event) -> None:
    save(alice, talks, form_of(alice, talks) | {"edtf": "2018-07-03"})
    assert f"{talks.earliest} {Event.objects.get(latest='2018-07-03')}" == "2018-07-03 Talks"


def test_two_forms_of_one_suggestion_keep_what_each_corrected(
    alice: Client, meeting: Suggestion
) -> None:
    early, late = (form_of(alice, meeting) for _ in range(2))
    save(alice, meeting, early | {"title": "Ferry agreement", "actors": "Nora Vale"})
    save(alice, meeting, late | {"place": "Elmsport"})
    assert (meeting.title, meeting.place) == ("Ferry agreement", "Elmsport")
    assert meeting.actors == ["Nora Vale"]


def test_what_was_cleared_stays_cleared_and_can_be_cleared(alice: Client, talks: Event) -> None:
    talks.summary, talks.note = "One.\n\nTwo.", "Ask Vale."
    talks.save()
    early, late = (form_of(alice, talks) for _ in range(2))
    save(alice, talks, early | {"summary": ""})
    save(alice, talks, late | {"note": ""})
    assert (talks.summary, talks.note) == ("", "")


def test_a_report_beneath_its_event_keeps_what_its_own_form_changed(
    alice: Client, talks: Event
) -> None:
    opened, report = form_of(alice, talks), talks.reports.get()
    save(alice, report, form_of(alice, report) | {"edtf": "2018-06-12", "status": "expected"})
    save(alice, talks, opened | {"reports-0-title": "June talks"})
    report.refresh_from_db()
    assert (report.edtf, report.status, report.title) == ("2018-06-12", "expected", "June talks")


def test_a_participant_keeps_the_report_that_another_editor_chose(
    alice: Client, talks: Event
) -> None:
    one = factories.takes_part(factories.actor("Nora Vale"), talks)
    opened = form_of(alice, talks)
    one.known_from = talks.reports.get()
    one.save()
    piet = factories.actor("Piet Strand")
    save(alice, talks, opened | {"participations-0-actor": str(piet.pk)})
    kept = Participation.objects.get()
    assert (kept.actor, kept.known_from) == (piet, talks.reports.get())


def test_what_is_checked_is_the_record_as_it_would_be_saved(alice: Client, talks: Event) -> None:
    whole = factories.event("Summer of talks", edtf="2018")
    opened = form_of(alice, talks)
    Event.objects.filter(pk=whole.pk).update(part_of=talks)
    page = alice.post(change(talks), opened | {"part_of": str(whole.pk)})
    assert "An event cannot be part of itself." in page.content.decode()


def test_an_actor_and_an_article_keep_what_was_changed_meanwhile(alice: Client) -> None:
    vale, article = factories.actor("Nora Vale"), factories.article("2018-05-16", "Ferry")
    opened = [form_of(alice, vale), form_of(alice, article)]
    Actor.objects.update(kind="organisation")
    Article.objects.update(byline="Ada Brook", labels=["News Focus"], body="We sail.\n\nSoon.")
    save(alice, vale, opened[0] | {"name": "Nora M. Vale"})
    save(alice, article, opened[1] | {"headline": "Ferry sails"})
    assert (vale.kind, vale.name) == ("organisation", "Nora M. Vale")
    assert (article.byline, article.labels, article.headline) == (
        "Ada Brook",
        ["News Focus"],
        "Ferry sails",
    )
    assert article.body == "We sail.\n\nSoon."


def test_a_form_left_as_it_is_changes_nothing(alice: Client, talks: Event) -> None:
    report = talks.reports.get()
    report.basis = {"date": {"rule": "stated", "spans": [{"exact": "June"}, {"exact": "2018"}]}}
    report.save()
    article = factories.article("2018-05-16", "Ferry", body="We sail.\n\nSoon.\n")
    for record in (talks, report, article):
        before = type(record).objects.filter(pk=record.pk).values().get()
        page = save(alice, record, form_of(alice, record))
        assert type(record).objects.filter(pk=record.pk).values().get() == before
        assert page.status_code == 200


def test_a_form_opened_before_the_text_came_in_does_not_empty_it(alice: Client) -> None:
    article = factories.article("2018-05-01")
    opened = form_of(alice, article)
    Article.objects.filter(pk=article.pk).update(body="The ferry sails.\n\nIt is full.")
    save(alice, article, opened | {"byline": "Ada Brook"})
    assert (article.body, article.byline) == ("The ferry sails.\n\nIt is full.", "Ada Brook")


def test_a_long_body_is_sent_once_and_keeps_its_line_ends(alice: Client) -> None:
    body = "The ferry sails at noon.\n\n" * 60_000
    article = factories.article("2018-05-01", body=body)
    opened = form_of(alice, article)
    assert sum(len(one) for values in opened.values() for one in values) < 1.1 * len(body)
    assert "\r\n" in opened["body"][0]
    save(alice, article, opened | {"byline": "Ada Brook"})
    assert (article.body, article.byline) == (body, "Ada Brook")
    save(alice, article, form_of(alice, article) | {"body": "It sails.\r\n\r\nIt is full."})
    assert article.body == "It sails.\n\nIt is full."


@pytest.mark.parametrize("model", ["timeline", "quote"])
@pytest.mark.parametrize("change", ["tied", "untied"])
def test_what_others_tied_or_untied_meanwhile_stays_so(
    alice: Client, model: str, change: str
) -> None:
    one, other, third = (factories.event(f"Event {number}") for number in range(3))
    if model == "timeline":
        record, field = factories.timeline(one, other), "standfirst"
    else:
        paper = factories.article("2018-05-01", is_published=True)
        record, field = (
            factories.quote("We sail", paper, factories.actor("Vale"), one, other),
            "medium",
        )
    opened = form_of(alice, record)
    if model == "timeline":  # the browser's own widget chooses them
        opened["events"] = [str(one.pk), str(other.pk)]
    record.events.add(third) if change == "tied" else record.events.remove(other)
    save(alice, record, opened | {field: "by telephone"})
    assert set(record.events.all()) == ({one, other, third} if change == "tied" else {one})


def test_an_editor_ties_and_unties_beside_others(alice: Client) -> None:
    one, other, third = (factories.event(f"Event {number}") for number in range(3))
    record = factories.timeline(one)
    opened = form_of(alice, record)
    record.events.add(third)
    save(alice, record, opened | {"events": [str(other.pk)]})
    assert set(record.events.all()) == {other, third}


@pytest.mark.parametrize("junk", ["9" * 25, "x,1", "", "-1", "1,,2", "\x00"])
def test_junk_in_what_a_form_showed_breaks_and_unties_nothing(alice: Client, junk: str) -> None:
    one = factories.event("Event")
    record = factories.timeline(one)
    opened = form_of(alice, record) | {"initial-events": junk, "events": [str(one.pk)]}
    save(alice, record, opened)
    assert set(record.events.all()) == {one}


@pytest.mark.parametrize("junk", ["²", "{}", "abc", "-1", "9" * 30])
@pytest.mark.parametrize("field", ["part_of", "reports-0-article"])
def test_junk_that_a_form_showed_and_sent_again_is_refused_beside_its_field(
    alice: Client, talks: Event, field: str, junk: str
) -> None:
    sent = form_of(alice, talks) | {field: junk, f"initial-{field}": junk}
    page = alice.post(change(talks), sent)
    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()


def test_a_record_of_hundreds_of_ties_sends_what_it_showed_in_one_field(alice: Client) -> None:
    record = factories.timeline(*(factories.event(f"Event {number}") for number in range(30)))
    assert len(form_of(alice, record)["initial-events"]) == 1


def sent_back(client: Client, record: object, sent: dict) -> dict:
    """The form as it comes back with an error, as a browser would send it again."""
    fields = _Fields()
    page = client.post(change(record), sent)
    assert page.context["errors"]
    fields.feed(page.content.decode())
    return fields.sent


@pytest.mark.parametrize("times", [1, 2])
def test_a_form_that_comes_back_with_an_error_still_knows_what_it_showed(
    alice: Client, times: int
) -> None:
    article = factories.article("2018-05-01", body="We sail.", labels=["A", "B"], captions=["C"])
    opened = form_of(alice, article)
    for _ in range(times):
        opened = sent_back(alice, article, opened | {"published": "soon"})
    Article.objects.update(body="We will sail.", labels=["D"])
    save(alice, article, opened | {"published": "2018-05-01", "note": "Ask Vale."})
    assert (article.body, article.labels, article.note) == ("We will sail.", ["D"], "Ask Vale.")
    assert "Changed Note: – → Ask Vale." in words_of(alice.get(change(article, "history")))


def test_a_body_that_an_editor_changed_is_saved_after_an_error(alice: Client) -> None:
    article = factories.article("2018-05-01", body="We sail.")
    wrong = form_of(alice, article) | {"published": "soon", "body": "We will sail."}
    save(alice, article, sent_back(alice, article, wrong) | {"published": "2018-05-01"})
    assert article.body == "We will sail."


def test_a_tie_to_a_quote_stays_as_another_editor_has_set_it(alice: Client, talks: Event) -> None:
    paper, nora = talks.reports.get().article, factories.actor("Nora Vale")
    early, late = (factories.quote(f"Words {n}", paper, nora) for n in range(2))
    early.events.add(talks)
    opened = form_of(alice, talks)
    talks.quotes.through.objects.update(quote=late)
    save(alice, talks, opened | {"summary": "They were to meet."})
    assert list(talks.quotes.all()) == [late]
    third = factories.quote("Words 3", paper, nora)
    save(alice, talks, form_of(alice, talks) | {"Quote_events-0-quote": str(third.pk)})
    assert list(talks.quotes.all()) == [third]


def test_what_was_deleted_meanwhile_is_left_out_and_said(alice: Client, talks: Event) -> None:
    left, gone = (factories.event(f"Event {number}") for number in range(2))
    paper = factories.article("2018-05-02")
    harbour = factories.timeline(left, gone)
    said = factories.quote("We sail", paper, factories.actor("Vale"), left, gone)
    Quote.objects.update(attribution="a minister")
    Event.objects.filter(pk=left.pk).update(part_of=gone, place=factories.place("Elmsport"))
    report = factories.report(left, paper)
    factories.takes_part(factories.actor("Strand"), left, known_from=report)
    opened = {one: form_of(alice, one) for one in (harbour, said, left)}
    opened[harbour]["events"] = [str(left.pk), str(gone.pk)]  # the browser's own widget does
    for one in (gone, report, *Place.objects.all(), Actor.objects.get(name="Vale")):
        one.delete()
    for one, field, words in (
        (harbour, "standfirst", ["1 event has been deleted meanwhile"]),
        (said, "medium", ["1 event has been deleted meanwhile", "1 actor has been deleted"]),
        (left, "summary", ["1 event has been", "1 place has been", "1 report has been"]),
    ):
        sent = opened[one] | {field: "New", "reports-TOTAL_FORMS": "0"}
        sent |= {"reports-INITIAL_FORMS": "0"} if one == left else {}
        page = save(alice, one, sent)
        assert getattr(one, field) == "New"
        for sentence in words:
            assert sentence in words_of(page)
    assert list(harbour.events.all()) == list(said.events.all()) == [left]
    assert (said.speaker, left.part_of, left.place) == (None, None, None)


def test_a_choice_that_never_was_shown_is_still_refused(alice: Client) -> None:
    harbour = factories.timeline(factories.event("Event"))
    page = alice.post(change(harbour), form_of(alice, harbour) | {"events": ["4711"]})
    assert "Select a valid choice. 4711" in words_of(page)


@pytest.fixture
def crowd(talks: Event) -> Event:
    """The talks with three reports, three participants and three quotes."""
    for number in range(3):
        article = factories.article(f"2018-05-1{number}", f"News {number}")
        speaker = factories.actor(f"Speaker {number}")
        if number:
            factories.report(talks, article, title=f"Name {number}")
        factories.quote(f"Words {number}", article, speaker, talks)
        factories.takes_part(speaker, talks)
    return talks


def deletes(model: type, position: int) -> None:
    list(model.objects.order_by("pk"))[position].delete()


def moves_a_report(model: type, position: int) -> None:
    one = list(model.objects.order_by("pk"))[position]
    one.event = factories.event("Other talks", published=False)
    one.save()


def unties_a_quote(model: type, position: int) -> None:
    list(model.objects.order_by("pk"))[position].events.clear()


@pytest.mark.parametrize("times", [0, 1], ids=["at once", "after an error"])
@pytest.mark.parametrize("position", [0, 1])
@pytest.mark.parametrize(
    ("model", "meanwhile", "said"),
    [
        (Report, deletes, "1 report has been removed meanwhile"),
        (Report, moves_a_report, "1 report has been removed meanwhile"),
        (Participation, deletes, "1 participation has been removed meanwhile"),
        (Quote, deletes, "1 quote has been removed meanwhile"),
        (Quote, unties_a_quote, "1 quote has been removed meanwhile"),
    ],
)
def test_a_row_that_was_removed_meanwhile_is_dropped_and_the_rest_is_saved(
    alice: Client, crowd: Event, model: type, meanwhile, said: str, position: int, times: int
) -> None:
    Quote.objects.update(attribution="a minister")
    opened = form_of(alice, crowd)
    meanwhile(model, position)
    left = {one: related(crowd, one) for one in ("reports", "participations", "quotes")}
    opened |= {"summary": "They met.", "reports-1-status": "expected", "reports-2-exact": "Typed"}
    for _ in range(times):
        page = alice.post(change(crowd), opened | {"edtf": "soon"})
        assert said in words_of(page)
        opened = sent_back(alice, crowd, opened | {"edtf": "soon"}) | {"edtf": "2018-06"}
    page = save(alice, crowd, opened)
    assert crowd.summary == "They met."
    assert times or said in words_of(page)
    assert left == {one: related(crowd, one) for one in left}
    reports = [(one.title, one.status, one.exact) for one in crowd.reports.in_order()]
    whole = [
        ("", "planned", "words on Talks"),
        ("Name 1", "expected", "words on Talks"),
        ("Name 2", "planned", "Typed"),
    ]
    assert reports == [one for one in whole if one[0] in {title for title, _, _ in reports}]


def related(event: Event, name: str) -> set[int]:
    return set(getattr(event, name).values_list("pk", flat=True))


def test_all_rows_of_all_sorts_may_be_gone_and_new_ones_are_kept(
    alice: Client, crowd: Event
) -> None:
    opened = form_of(alice, crowd)
    piet = factories.actor("Piet Strand")
    opened |= {"participations-TOTAL_FORMS": "4", "participations-3-actor": str(piet.pk)}
    opened["participations-3-role"] = "participant"
    for model in (Report, Participation, Quote):
        model.objects.all().delete()
    page = words_of(save(alice, crowd, opened))
    for said in ("3 reports have been", "3 participations have been", "3 quotes have been"):
        assert said in page
    assert [part.actor for part in crowd.participations.all()] == [piet]


@pytest.mark.parametrize("kind", ["alias", "role"])
def test_a_name_or_role_of_an_actor_that_is_gone_is_dropped(alice: Client, kind: str) -> None:
    nora = factories.actor("Nora Vale")
    rows = [nora.aliases.create(name=f"N. Vale {n}") for n in range(2)]
    if kind == "role":
        rows = [nora.roles.create(title=f"Minister {n}") for n in range(2)]
    opened = form_of(alice, nora)
    rows[0].delete()
    page = save(alice, nora, opened | {"name": "Nora M. Vale"})
    assert nora.name == "Nora M. Vale"
    assert f"1 {kind} has been removed meanwhile" in words_of(page)
    assert list(type(rows[1]).objects.all()) == [rows[1]]


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "\x00", "-1"])
def test_a_row_that_names_no_record_is_still_refused(alice: Client, crowd: Event, key: str) -> None:
    page = alice.post(change(crowd), form_of(alice, crowd) | {"reports-0-id": key})
    assert page.status_code == 200
    assert page.context["errors"]
    assert crowd.reports.count() == 3
