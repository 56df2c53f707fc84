"""The history says old and new values; of a public event readers are told what was corrected."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, form_of, save, words_of
from timeline.models import Correction, Event

pytestmark = pytest.mark.django_db


def history(alice, record) -> str:
    url = reverse(f"admin:timeline_{record._meta.model_name}_history", args=[record.pk])
    return words_of(alice.get(url))


@pytest.fixture
def visit(db: None) -> Event:
    event = make.event("Strand visits Elmsport", edtf="2018-03-27")
    make.report(event, make.article("2018-03-28"))
    return event


def send(alice, event: Event, **changed: object):
    return alice.post(change(event), form_of(alice, event) | changed, follow=True)


def test_the_history_has_the_old_and_the_new_value(alice, visit) -> None:
    place = make.place("Elmsport")
    save(alice, visit, edtf="2018-03-26", place=str(place.pk), status="planned")
    said = history(alice, visit)
    assert "Date (EDTF): 2018-03-27 → 2018-03-26" in said
    assert "Place: – → Elmsport" in said
    assert "Status: Occurred → Planned" in said


def test_the_history_of_an_event_has_the_values_of_its_reports(alice, visit) -> None:
    sent = form_of(alice, visit)
    alice.post(change(visit), sent | {"reports-0-edtf": "2018-03-26"}, follow=True)
    assert "2018-03-27 → 2018-03-26" in history(alice, visit)


def test_a_long_text_is_cut_in_the_history(alice, visit) -> None:
    save(alice, visit, summary="word " * 300)
    assert "word word" in history(alice, visit)
    assert len(history(alice, visit)) < 2000


def test_a_public_event_that_is_changed_without_a_note_asks_for_one(alice, visit) -> None:
    page = words_of(send(alice, visit, edtf="2018-03-26"))
    assert "were told nothing of what you changed (date (edtf))" in page
    assert "No report states 26 March 2018" in page


def test_readers_are_told_what_was_corrected(alice, client, visit) -> None:
    note = "An earlier version gave 26 March; the visit was on 27 March."
    page = words_of(send(alice, visit, title="Strand in Elmsport", correction=note))
    assert "were told nothing" not in page
    client.logout()
    public = words_of(client.get(visit.get_absolute_url()))
    assert f"Corrections {Correction.objects.get().made_at:%-d %b %Y} {note}" in public
    assert "alice" not in public
    assert note in history_of(alice, visit)


def history_of(alice, event: Event) -> str:
    from django.contrib.auth.models import User

    alice.force_login(User.objects.get(username="alice"))
    return history(alice, event)


def test_a_note_of_today_is_not_known_on_an_earlier_day(alice, client, visit) -> None:
    send(alice, visit, correction="The title was wrong.")
    client.logout()
    page = client.get(visit.get_absolute_url(), {"known": "2018-03-29"})
    assert page.status_code == 200
    assert "The title was wrong." not in page.content.decode()


def test_a_draft_asks_for_no_note(alice) -> None:
    draft = make.event("Draft", published=False)
    page = alice.get(change(draft)).content.decode()
    assert 'name="correction"' not in page
    assert "were told nothing" not in words_of(send(alice, draft, title="Other"))


def test_what_readers_do_not_see_asks_for_no_note(alice, visit) -> None:
    assert "were told nothing" not in words_of(send(alice, visit, note="For the desk"))


def test_the_crumb_leads_to_the_timeline_that_one_comes_from(client, visit) -> None:
    make.timeline(visit, slug="china", title="China and the summits")
    korea = make.timeline(visit, slug="korea", title="Korean Peninsula")
    page = client.get(korea.get_absolute_url()).content.decode()
    link = page.split(f'href="{visit.get_absolute_url()}')[1].split('"')[0]
    crumbs = client.get(f"{visit.get_absolute_url()}{link}".replace("&amp;", "&")).content.decode()
    crumbs = crumbs.split('class="crumbs"')[1].split("</ol>")[0]
    assert "Korean Peninsula" in crumbs
    assert "China" not in crumbs
