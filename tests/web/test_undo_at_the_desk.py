"""Undo at the desk: the last decision of the review, and any later, from the log."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import decide, desk, onlooker, signed_in, with_rights, words_of
from timeline.models import Article, Decision, Event, Suggestion

pytestmark = pytest.mark.django_db
LOG = "/desk/timeline/decision/"


def undo(client: Client, article: Article, **data: object):
    return client.post(desk(article), {"do": "undo", **data}, follow=True)


def state(suggestion: Suggestion) -> str:
    suggestion.refresh_from_db()
    return suggestion.state


def test_the_last_decision_is_undone_and_its_card_is_open_again(alice, article, meeting) -> None:
    decide(alice, meeting, "accept")
    page = undo(alice, article)
    assert "Undone. Accepted: Vale and Strand meet" in words_of(page)
    assert state(meeting) == "pending"
    assert not Event.objects.exists()
    assert page.redirect_chain[-1][0].endswith(f"?at={meeting.pk}#s{meeting.pk}")


def test_undo_goes_back_one_decision_after_the_other(alice, article) -> None:
    for suggestion in article.suggestions.order_by("start"):
        decide(alice, suggestion, "reject")
    for left in (2, 1, 0):
        undo(alice, article)
        assert article.suggestions.filter(state="rejected").count() == left
    assert "Nothing to undo" in words_of(undo(alice, article))


def test_undo_without_a_name_leaves_what_another_editor_decided(alice, article, meeting) -> None:
    bob = signed_in(Client(), "bob")
    decide(bob, meeting, "accept")
    assert "Nothing to undo" in words_of(undo(alice, article))
    assert state(meeting) == "accepted"
    decision = Decision.objects.get()
    undo(alice, article, decision=decision.pk)
    assert state(meeting) == "pending"
    page = undo(bob, article, decision=decision.pk)
    assert "alice has undone this already" in words_of(page)


def test_what_has_been_built_upon_is_told_and_stands(alice, article, meeting) -> None:
    decide(alice, meeting, "accept")
    Event.objects.get().publish(by=make.editor("eve"))
    page = undo(alice, article)
    assert "Not undone: the event “Vale and Strand meet” has been published." in words_of(page)
    assert state(meeting) == "accepted"


def test_htmx_is_given_the_bar_and_the_cards_that_changed_alone(alice, article, meeting) -> None:
    data = {"suggestion": meeting.pk, "do": "accept"}
    page = alice.post(desk(article), data, headers={"HX-Request": "true"})
    said = page.content.decode()
    assert said.count("<html") == 0
    after = article.suggestions.pending().order_by("start").first()
    assert f'<div class="card card--done" id="s{meeting.pk}" hx-swap-oob="true">' in said
    assert f'data-next="s{after.pk}"' in said
    assert said.count('hx-swap-oob="true"') == 4  # two cards, and the paragraphs they stand in
    page = alice.post(desk(article), {"do": "undo"}, headers={"HX-Request": "true"})
    assert f'data-next="s{meeting.pk}"' in page.content.decode()


@pytest.mark.parametrize("decision", ["0", "99999999999", "x", "-1", "9" * 30])
def test_a_decision_that_is_none_is_not_found(alice, article, meeting, decision) -> None:
    decide(alice, meeting, "accept")
    assert undo(alice, article, decision=decision).status_code == 404
    assert state(meeting) == "accepted"


def test_a_decision_of_another_article_is_not_undone_from_here(alice, article, meeting) -> None:
    decide(alice, meeting, "accept")
    other = make.article("2018-05-20", body="We sail.")
    assert undo(alice, other, decision=Decision.objects.get().pk).status_code == 404


@pytest.mark.parametrize("who", [onlooker, lambda c: with_rights(c, "view_suggestion")])
def test_who_may_not_decide_may_not_undo(alice, article, meeting, who) -> None:
    decide(alice, meeting, "accept")
    decision = Decision.objects.get()
    other = who(Client())
    assert undo(other, article, decision=decision.pk).status_code == 403
    assert other.post(reverse("admin:undo", args=[decision.pk])).status_code == 403
    assert state(meeting) == "accepted"


def test_the_log_is_filtered_by_person_and_day_and_exported_as_it_is(alice, article) -> None:
    bob = signed_in(Client(), "bob")
    one, other, words = article.suggestions.order_by("start")
    Suggestion.objects.filter(pk=other.pk).update(text="=SUM(A1)", speaker="=SUM(A1)")
    decide(alice, one, "accept")
    decide(alice, other, "reject")
    decide(bob, words, "reject")
    alices = {"by__id__exact": Decision.objects.first().by_id}
    page = words_of(alice.get(LOG, alices))
    assert "Strand visits Elmsport" in page
    assert page.endswith("1 decision")
    day = Decision.objects.first().made_at
    assert "3 decisions" in words_of(alice.get(LOG, {"made_at__year": day.year}))
    assert "0 decisions" in words_of(alice.get(LOG, {"made_at__year": day.year - 1}))
    answer = alice.get(reverse("admin:decisions_export"), alices)
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert [line[1:4] for line in lines[1:]] == [["bob", "Rejected", "Strand visits Elmsport"]]
    lines = list(
        csv.reader(io.StringIO(alice.get(reverse("admin:decisions_export")).content.decode()))
    )
    assert len(lines) == 4
    assert not any(cell.startswith("=") for line in lines for cell in line)


@pytest.mark.parametrize("name", ["decisions_export", "events_export"])
@pytest.mark.parametrize("asked", [{"at": "1"}, {"made_at__gte": "x"}])
def test_a_download_that_its_address_cannot_narrow_is_refused(
    alice: Client, name: str, asked: dict[str, str]
) -> None:
    of = ["csv"] if name == "events_export" else []
    assert alice.get(reverse(f"admin:{name}", args=of), asked).status_code == 400


def test_any_decision_is_undone_from_the_log(alice, meeting) -> None:
    decide(alice, meeting, "accept")
    decision = Decision.objects.get()
    assert reverse("admin:undo", args=[decision.pk]) in alice.get(LOG).content.decode()
    page = alice.post(reverse("admin:undo", args=[decision.pk]), follow=True)
    assert "Undone. Accepted" in words_of(page)
    assert state(meeting) == "pending"
    assert "Undone by alice" in words_of(alice.get(LOG))


def test_the_page_of_a_decision_tells_what_it_made_and_each_old_and_new_value(
    alice, meeting
) -> None:
    event = make.event("Talks", published=False, edtf="2018-06", status="planned")
    decide(alice, meeting, "merge", event=event.pk)
    said = words_of(alice.get(f"{LOG}{Decision.objects.get().pk}/change/"))
    assert "Date (EDTF) 2018-06 2018-05-15" in said
    assert "Status Planned Occurred" in said
    assert "Made Report:" in said


def test_the_log_cannot_be_edited_or_deleted(alice, meeting) -> None:
    decide(alice, meeting, "reject")
    pk = Decision.objects.get().pk
    assert alice.post(f"{LOG}{pk}/delete/", {"post": "yes"}).status_code == 403
    assert alice.post(f"{LOG}{pk}/change/", {"what": "x"}).status_code == 403
    assert alice.get(f"{LOG}add/").status_code == 403
    assert Decision.objects.get().what == "Vale and Strand meet"


def test_the_log_is_for_those_who_may_see_it(client, alice, meeting) -> None:
    decide(alice, meeting, "reject")
    for url in (LOG, reverse("admin:decisions_export")):
        assert with_rights_of(url).status_code == 403


def with_rights_of(url: str):
    from django.contrib.auth.models import User

    User.objects.filter(username="bob").delete()
    return with_rights(Client(), "view_suggestion").get(url)
