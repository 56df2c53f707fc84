"""Two editors at the same moment: exactly one decision holds, and the other is told."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import at_once, signed_in, suggest
from tests.web.races import ROUNDS, answers, desk, form, meeting, push
from timeline.models import Actor, Article, Decision, Event, NotUndoneError, Report, Suggestion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice() -> Client:
    return signed_in(Client(raise_request_exception=False), "alice")


@pytest.fixture
def bob() -> Client:
    return signed_in(Client(raise_request_exception=False), "bob")


@pytest.mark.parametrize("second", [form, desk], ids=["form", "desk"])
def test_a_suggestion_accepted_twice_at_once_makes_one_event(alice, bob, second) -> None:
    button = {form: "_accept", desk: "accept"}[second]
    for number in ROUNDS:
        proposed = meeting(number)
        pages = answers(form(alice, proposed, "_accept"), second(bob, proposed, button))
        assert Event.objects.filter(title=proposed.title).count() == 1
        assert Report.objects.filter(article=proposed.article).count() == 1
        assert sum("accepted already" in page for page in pages) == 1


def test_a_word_that_two_correct_to_one_actor_at_once_becomes_its_alias_once(alice, bob) -> None:
    pieter = factories.actor("Pieter Strand")
    for number in ROUNDS:
        word = f"Strand {number}"
        corrected = {"role": "actor", "said": word, "take": "on", "name": "Pieter Strand",
                     "kind": "person"}  # fmt: skip
        sent = {f"name-0-{key}": value for key, value in corrected.items()}
        one, two = (meeting(2 * number + which, actors=[word]) for which in (0, 1))
        answers(desk(alice, one, "accept", **sent), desk(bob, two, "accept", **sent))
        assert pieter.aliases.filter(name=word).count() == 1
        assert pieter.participations.count() == 2 * (number + 1)


@pytest.mark.parametrize(("do", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_form_saved_at_the_moment_of_a_decision_does_not_undo_it(alice, bob, do, state) -> None:
    for number in ROUNDS:
        proposed = meeting(number)
        answers(form(alice, proposed, "_save", kind="talks"), desk(bob, proposed, do))
        proposed.refresh_from_db()
        assert proposed.state == state
        assert Event.objects.filter(title=proposed.title).count() == (do == "accept")


def test_an_event_unpublished_while_a_report_is_merged_stays_unpublished(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(f"Meeting {number}", edtf="2018-05", status="planned")
        push = {"CHANGE_FORM-action": "unpublish", "_selected_action": event.pk}
        url = reverse("admin:timeline_event_change", args=[event.pk])
        answers(
            desk(alice, meeting(number), "merge", event=event.pk),
            lambda url=url, push=push: bob.post(url, push, follow=True),
        )
        event.refresh_from_db()
        assert not event.is_published


def test_a_report_merged_while_its_event_is_published_goes_with_it_or_waits(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(
            f"Meeting {number}", edtf="2018-05", status="planned", published=False
        )
        push = {"CHANGE_FORM-action": "publish", "_selected_action": event.pk}
        url = reverse("admin:timeline_event_change", args=[event.pk])
        answers(
            desk(alice, meeting(number), "merge", event=event.pk),
            lambda url=url, push=push: bob.post(url, push, follow=True),
        )
        event.refresh_from_db()
        is_followed = event.status == "occurred"
        assert (event.is_published, event.reports.get().is_published) == (True, is_followed)


def test_two_reports_merged_at_once_leave_the_event_as_the_later_one_has_it(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(
            f"Meeting {number}", edtf="2018-05", status="planned", published=False
        )
        earlier = meeting(number, edtf="2018-05-20", status="planned", stance="announces")
        later = meeting(number + 100, edtf="", status="cancelled", stance="cancels")
        Article.objects.filter(pk=later.article_id).update(published="2018-05-17")
        answers(*(desk(*who, "merge", event=event.pk) for who in ((alice, earlier), (bob, later))))
        event.refresh_from_db()
        assert (event.edtf, event.status) == ("2018-05-20", "cancelled")


def test_two_suggestions_of_one_article_merged_at_once_make_one_report(alice, bob) -> None:
    for number in ROUNDS:
        event = factories.event(f"Meeting {number}", edtf="2018-05", status="planned")
        one = meeting(number)
        other = suggest(one.article, "We sail", title="Ferries sail")
        answers(*(desk(*who, "merge", event=event.pk) for who in ((alice, one), (bob, other))))
        assert event.reports.count() == 1
        assert set(one.article.suggestions.values_list("state", flat=True)) == {"accepted"}


def test_two_suggestions_with_one_title_are_both_accepted(alice, bob) -> None:
    for number in ROUNDS:
        one, other = meeting(number), meeting(number + 100)
        Suggestion.objects.filter(pk=other.pk).update(title=one.title)
        answers(desk(alice, one, "accept"), desk(bob, other, "accept"))
        assert Event.objects.filter(title=one.title).count() == 2


def test_a_person_named_by_two_suggestions_accepted_at_once_is_made_once(alice, bob) -> None:
    for number in ROUNDS:
        name = f"Piet Strand {number}"
        one, other = (meeting(n, actors=[name]) for n in (number, number + 100))
        answers(desk(alice, one, "accept"), desk(bob, other, "accept"))
        assert Actor.objects.get(name=name).events.count() == 2


def test_people_named_in_another_order_do_not_keep_two_editors_waiting(alice, bob) -> None:
    for number in ROUNDS:
        names = [f"{name} {number}" for name in ("Ada", "Ben", "Cleo", "Dora", "Eva", "Finn")]
        one = meeting(number, actors=names)
        other = meeting(number + 100, actors=names[::-1])
        answers(desk(alice, one, "accept"), desk(bob, other, "accept"))
        assert Actor.objects.filter(name__in=names).count() == len(names)


def test_a_decision_undone_by_two_at_once_is_undone_once(alice, bob) -> None:
    for number in ROUNDS:
        proposed = meeting(number)
        proposed.accept(by=User.objects.get(username="alice"))
        decision = Decision.objects.first()
        said = at_once(*(undoing(decision, name) for name in ("alice", "bob")))
        assert sorted(said)[0] == ""
        assert "has undone this already" in sorted(said)[1]
        assert not Event.objects.filter(title=proposed.title).exists()


def test_an_event_merged_into_while_its_decision_is_undone_is_whole_or_gone(alice, bob) -> None:
    for number in ROUNDS:
        one, other = meeting(number), meeting(number + 100)
        event = one.accept(by=User.objects.get(username="alice")).event
        decision = Decision.objects.first()
        said, page = at_once(undoing(decision, "alice"), desk(bob, other, "merge", event=event.pk))
        assert page.status_code in (200, 404)
        is_there = Event.objects.filter(pk=event.pk).exists()
        assert is_there == ("another report" in said)
        assert Report.objects.filter(event=event.pk).count() == (2 if is_there else 0)
        other.refresh_from_db()
        assert other.state == ("accepted" if is_there else "pending")


def test_an_event_published_while_its_decision_is_undone_is_public_or_gone(alice, bob) -> None:
    for number in ROUNDS:
        event = meeting(number).accept(by=User.objects.get(username="alice")).event
        decision = Decision.objects.first()
        said, page = at_once(undoing(decision, "alice"), push(bob, event, "publish"))
        assert page.status_code < 500
        public = Event.objects.filter(pk=event.pk, is_published=True).exists()
        assert public == ("has been published" in said)


def test_the_same_person_is_made_by_one_while_another_undoes_it(alice, bob) -> None:
    for number in ROUNDS:
        name = f"Piet Strand {number}"
        one, other = (meeting(n, actors=[name]) for n in (number, number + 100))
        one.accept(by=User.objects.get(username="alice"))
        decision = Decision.objects.first()
        _, page = at_once(undoing(decision, "alice"), desk(bob, other, "accept"))
        assert page.status_code == 200
        other.refresh_from_db()
        if other.state == "accepted":
            assert other.report.event.participants.get().name == name


def undoing(decision: Decision, name: str) -> Callable[[], str]:
    """Undo it in the name of an editor; give what is said where it is refused."""
    by = User.objects.get(username=name)

    def undo() -> str:
        try:
            Decision.objects.get(pk=decision.pk).undo(by=by)
        except NotUndoneError as refusal:
            return str(refusal)
        return ""

    return undo
