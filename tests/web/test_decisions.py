"""Decisions at the review desk: what each makes, who may take it, and what is refused."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import decide, desk, onlooker, suggest, with_rights, words_of
from timeline.models import Article, Event, NotDecidedError, Quote, Report, Suggestion

pytestmark = pytest.mark.django_db


def test_a_report_is_accepted_as_a_new_event_that_is_not_public(
    alice: Client, meeting: Suggestion
) -> None:
    page = decide(alice, meeting, "accept")
    event = Event.objects.get()
    assert (event.title, event.edtf, event.status) == meeting_facts(meeting)
    assert not event.is_published
    report = Report.objects.get()
    assert report.exact == meeting.exact
    assert report.article == meeting.article
    assert "Accepted as a new event, not yet public: Vale and Strand meet" in words_of(page)
    assert "1 of 3 reviewed" in words_of(page)


def meeting_facts(meeting: Suggestion) -> tuple[str, str, str]:
    return meeting.title, meeting.edtf, meeting.status


def test_a_report_with_a_match_is_merged_first_with_both_versions_side_by_side(
    alice: Client, meeting: Suggestion
) -> None:
    day = "2018-05-15"  # a plan for no day takes place only when an editor says so
    planned = factories.event("Ferry talks", edtf=day, status="planned", published=False)
    meeting.match, meeting.score, meeting.reasons = planned, 0.91, ["Both name Nora Vale."]
    meeting.save()
    page = alice.get(desk(meeting.article))
    card = page.content.decode().split(f'id="s{meeting.pk}"')[1].split("</section>")[0]
    assert card.index('value="merge"') < card.index('value="accept"') < card.index('value="reject"')
    said = " ".join(re.sub(r"<[^>]+>", " ", card).split())
    assert "Title Vale and Strand meet Ferry talks" in said
    assert "Date 15 May 2018 15 May 2018" in said
    assert "Status Occurred Planned" in said
    assert "Match 0.91." in said
    assert "Both name Nora Vale." in said
    decide(alice, meeting, "merge", event=planned.pk)
    planned.refresh_from_db()
    assert (planned.status, planned.edtf) == ("occurred", "2018-05-15")
    assert Event.objects.get() == planned
    assert Report.objects.get().event == planned


def test_a_quote_is_accepted_for_an_event_that_the_article_reports(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    factories.actor("Nora Vale")
    decide(alice, meeting, "accept")
    suggestion = article.suggestions.get(type="quote")
    event = Event.objects.get()
    assert f'<option value="{event.pk}">' in alice.get(desk(article)).content.decode()
    decide(alice, suggestion, "merge", event=event.pk)
    quote = Quote.objects.get()
    assert (quote.speaker.name, quote.medium) == ("Nora Vale", "told reporters")
    assert list(quote.events.all()) == [event]


def test_a_suggestion_is_rejected_and_taken_back(alice: Client, meeting: Suggestion) -> None:
    page = decide(alice, meeting, "reject")
    meeting.refresh_from_db()
    assert meeting.state == "rejected"
    assert "Reopen" in words_of(page)
    assert not Event.objects.exists()
    decide(alice, meeting, "reopen")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.decided_by) == ("pending", None)


def test_a_decision_leads_on_to_the_next_open_suggestion(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    following = article.suggestions.get(type="quote")
    answer = alice.post(desk(article), {"suggestion": meeting.pk, "do": "accept"})
    assert answer.url == f"{desk(article)}?at={following.pk}#s{following.pk}"


def test_after_the_last_decision_the_desk_is_done(alice: Client, article: Article) -> None:
    for suggestion in article.suggestions.all():
        page = decide(alice, suggestion, "reject")
    assert "All 3 decided" in words_of(page)
    page = alice.get(desk(article))
    assert "3 of 3 reviewed" in words_of(page)
    assert [group.is_open for group in page.context["groups"]] == [False]


def test_who_comes_second_is_told_so(alice: Client, meeting: Suggestion) -> None:
    meeting.reject(by=factories.editor("bob"))
    page = decide(alice, meeting, "accept")
    assert page.status_code == 200
    assert "This suggestion is rejected already, by " in words_of(page)
    assert not Event.objects.exists()
    again = decide(alice, meeting, "reject")
    assert "This suggestion is rejected already, by " in words_of(again)


def test_every_decision_is_written_with_who_took_it(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    decide(alice, meeting, "accept")
    decide(alice, article.suggestions.get(edtf="2018-07"), "reject")
    said = {(entry.user.username, entry.get_change_message()) for entry in LogEntry.objects.all()}
    assert ("alice", "Accepted.") in said
    assert ("alice", "Rejected.") in said
    assert ("alice", "Made from a suggestion.") in said
    meeting.refresh_from_db()
    assert meeting.decided_by.username == "alice"


def test_who_may_only_look_sees_the_desk_without_buttons_and_decides_nothing(
    client: Client, meeting: Suggestion
) -> None:
    oscar = onlooker(client)
    page = oscar.get(desk(meeting.article))
    assert page.status_code == 200
    assert 'name="do"' not in page.content.decode()
    assert decide(oscar, meeting, "accept").status_code == 403
    url = reverse("admin:timeline_suggestion_changelist")
    oscar.post(url, {"action": "accept_selected", "_selected_action": [meeting.pk]})
    form = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    assert oscar.post(form, {"_accept": "1"}).status_code == 403
    meeting.refresh_from_db()
    assert meeting.state == "pending"
    assert not Event.objects.exists()


def test_strangers_are_sent_to_sign_in(client: Client, article: Article) -> None:
    assert "/login/" in client.get(desk(article)).url
    assert "/login/" in client.get(reverse("admin:bring_in")).url


@pytest.mark.parametrize("suggestion", ["", "0", "x" * 10_000, "99999999999999999999"])
def test_a_suggestion_that_does_not_exist_is_not_found(
    alice: Client, article: Article, suggestion: str
) -> None:
    answer = alice.post(desk(article), {"suggestion": suggestion, "do": "accept"})
    assert answer.status_code == 404


@pytest.mark.parametrize("do", ["", "foo", "Accept", "accept\x00", "delete"])
def test_a_decision_that_is_not_understood_decides_nothing(
    alice: Client, meeting: Suggestion, do: str
) -> None:
    answer = decide(alice, meeting, do)
    assert answer.status_code == 400
    assert "Nothing was decided: choose one of the buttons." in words_of(answer)
    nothing_was_decided(meeting)


def test_a_decision_that_is_missing_decides_nothing(alice: Client, meeting: Suggestion) -> None:
    answer = alice.post(desk(meeting.article), {"suggestion": meeting.pk})
    assert answer.status_code == 400
    nothing_was_decided(meeting)


@pytest.mark.parametrize(
    ("event", "status"),
    [("", 400), ("0", 400), ("12345", 404), ("x", 400), ("-1", 400), ("9" * 5_000, 400)],
)
def test_a_merge_without_an_event_that_is_here_decides_nothing(
    alice: Client, meeting: Suggestion, event: str, status: int
) -> None:
    answer = decide(alice, meeting, "merge", event=event)
    assert answer.status_code == status
    nothing_was_decided(meeting)


@pytest.mark.parametrize("event", ["abc", "0", "-1", "1.5", " ", "²", "9" * 25])
@pytest.mark.parametrize("do", ["accept", "merge", "reject", "reopen"])
def test_what_is_sent_for_an_event_and_is_none_decides_nothing(
    alice: Client, meeting: Suggestion, do: str, event: str
) -> None:
    answer = decide(alice, meeting, do, event=event)
    assert answer.status_code == 400
    assert "Nothing was decided: choose one of the events offered." in words_of(answer)
    nothing_was_decided(meeting)


def test_a_quote_is_not_accepted_for_an_event_that_is_not_here(
    alice: Client, article: Article
) -> None:
    suggestion = article.suggestions.get(type="quote")
    assert decide(alice, suggestion, "accept", event="12345").status_code == 404
    nothing_was_decided(suggestion)


def nothing_was_decided(suggestion: Suggestion) -> None:
    suggestion.refresh_from_db()
    assert suggestion.state == "pending"
    assert not Event.objects.exists()
    assert not Quote.objects.exists()


DECIDES = ("view_suggestion", "change_suggestion")


@pytest.mark.parametrize(
    ("rights", "offered"),
    [
        ((), {"reject"}),
        (("add_event",), {"reject"}),
        (("add_event", "add_report"), {"accept", "reject"}),
        (("change_event", "add_report"), {"merge", "reject"}),
        (("change_event", "add_event", "add_report"), {"accept", "merge", "reject"}),
    ],
)
def test_a_decision_takes_the_rights_to_what_it_changes(
    client: Client, meeting: Suggestion, rights: tuple[str, ...], offered: set[str]
) -> None:
    event = factories.event("Ferry talks", edtf="2018-05", status="planned")
    article = meeting.article
    article.suggestions.exclude(pk=meeting.pk).delete()
    Suggestion.objects.update(match=event)
    bob = with_rights(client, *DECIDES, *rights)
    page = bob.get(desk(article)).content.decode()
    assert set(re.findall(r'name="do" value="(\w+)"', page)) == offered
    for do in {"accept", "merge"} - offered:
        assert decide(bob, meeting, do, event=event.pk).status_code == 403
    assert not Report.objects.exists()
    for do in sorted(offered - {"reject"})[:1]:
        decide(bob, meeting, do, event=event.pk)
        assert Report.objects.count() == 1


def test_a_quote_is_accepted_by_who_may_add_quotes(client: Client, article: Article) -> None:
    suggestion = article.suggestions.get(type="quote")
    bob = with_rights(client, *DECIDES, "add_event", "add_report", "change_event")
    assert decide(bob, suggestion, "accept").status_code == 403
    bob_user = User.objects.get(username="bob")
    bob_user.user_permissions.add(Permission.objects.get(codename="add_quote"))
    decide(bob, suggestion, "accept")
    assert Quote.objects.count() == 1


def test_what_was_deleted_meanwhile_is_said_and_nothing_is_decided(
    alice: Client, meeting: Suggestion
) -> None:
    gone = factories.event("Ferry talks")
    Event.objects.filter(pk=gone.pk).delete()
    with pytest.raises(NotDecidedError, match="“Ferry talks” has been deleted"):
        meeting.accept(by=factories.editor("carol"), event=gone)
    nothing_was_decided(meeting)
    Suggestion.objects.filter(pk=meeting.pk).delete()
    with pytest.raises(NotDecidedError, match="has been deleted"):
        meeting.reject(by=factories.editor("dave"))


@pytest.mark.parametrize("deleted", ["report", "event", "quote"])
def test_what_was_accepted_waits_again_once_what_it_became_is_deleted(
    alice: Client, article: Article, meeting: Suggestion, deleted: str
) -> None:
    suggestion = article.suggestions.get(type="quote") if deleted == "quote" else meeting
    decide(alice, suggestion, "accept")
    rows = {"report": Report, "event": Event, "quote": Quote}[deleted].objects
    url = reverse(f"admin:timeline_{deleted}_delete", args=[rows.get().pk])
    alice.post(url, {"post": "yes"})
    assert not rows.exists()
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by, suggestion.decided_at) == (
        "pending",
        None,
        None,
    )
    assert "0 of 3 reviewed" in words_of(alice.get(desk(article)))


def test_an_article_whose_suggestions_were_accepted_can_be_deleted(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    decide(alice, meeting, "accept")
    article.delete()
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_quote_that_readers_see_is_put_on_a_draft_alone(
    alice: Client, article: Article, *, is_draft: bool
) -> None:
    event = factories.event("Ferry talks", published=not is_draft)
    suggestion = article.suggestions.get(type="quote")
    suggestion.quote = factories.quote(suggestion.text, article, factories.actor("Nora Vale"))
    suggestion.save()
    page = decide(alice, suggestion, "merge", event=event.pk)
    assert event.quotes.exists() == is_draft
    assert ("is not tied to “Ferry talks”" in words_of(page)) != is_draft
    form = reverse("admin:timeline_quote_change", args=[suggestion.quote_id])
    assert (f'<a href="{form}">Tie it in its form</a>' in page.content.decode()) != is_draft
    suggestion.refresh_from_db()
    assert suggestion.state == "accepted"


def test_a_second_report_of_an_event_by_one_article_is_said_not_to_count(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    decide(alice, meeting, "accept")
    visit = article.suggestions.get(edtf="2018-07")
    said = words_of(decide(alice, visit, "merge", event=Event.objects.get().pk))
    assert "stays as it was (15 May 2018, occurred), not July 2018, planned." in said


def test_what_is_accepted_for_a_public_report_of_the_article_is_left_to_the_events_form(
    alice: Client, article: Article
) -> None:
    talks = factories.event("Ferry talks", edtf="2018-05-15")
    report = factories.report(talks, article)
    visit = article.suggestions.get(edtf="2018-07")
    visit.actors, visit.place = ["Piet Strand"], "Elmsport"
    visit.save()
    page = decide(alice, visit, "merge", event=talks.pk, called="The <visit>")
    assert (
        "This article’s report of Ferry talks is public already. It stays as it was "
        "(15 May 2018, occurred), not July 2018, planned. Left for you to add there: Piet Strand, "
        "Elmsport, the name “The &lt;visit&gt;”, the words “Strand will visit Elmsport again in "
        "July”."
    ) in words_of(page).replace(" .", ".").replace("talks  is", "talks is")
    assert reverse("admin:timeline_event_change", args=[talks.pk]) in page.content.decode()
    report.refresh_from_db()
    assert (report.title, talks.participants.count()) == ("", 0)
    visit.refresh_from_db()
    assert (visit.state, visit.report) == ("accepted", report)


def test_what_an_article_seems_to_tell_twice_is_left_by_a_batch_and_said(
    alice: Client, article: Article
) -> None:
    talks = factories.event("Strand visits Elmsport", edtf="2018-07", status="planned")
    factories.report(talks, article)
    visit = article.suggestions.get(edtf="2018-07")
    visit.actors, visit.match = ["Piet Strand"], talks
    visit.save()
    page = alice.post(
        reverse("admin:timeline_suggestion_changelist"),
        {"action": "merge_selected", "_selected_action": [visit.pk]},
        follow=True,
    )
    assert "This article reports it already. Look whether it does so twice." in words_of(page)
    visit.refresh_from_db()
    assert visit.state == Suggestion.State.PENDING
    assert not talks.participants.exists()


def test_the_name_that_a_second_report_gives_is_written_where_the_first_gave_none(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    decide(alice, meeting, "accept")
    event = Event.objects.get()
    suggest(article, "the old pier", title="Talks on the pier")
    first, second = article.suggestions.filter(type="report", state="pending")
    decide(alice, first, "merge", event=event.pk, called="The talks")
    assert event.reports.get().title == "The talks"
    said = words_of(decide(alice, second, "merge", event=event.pk, called="Pier talks"))
    assert "the name “Pier talks”, the words “the old pier”." in said
    assert event.reports.get().title == "The talks"


def test_a_merge_into_a_public_event_says_that_readers_see_it_once_it_is_published(
    alice: Client, meeting: Suggestion
) -> None:
    public = factories.event("Ferry talks")
    page = decide(alice, meeting, "merge", event=public.pk)
    assert "Added to Ferry talks . Readers see the report once you publish it there." in words_of(
        page
    )
    assert "waits to be published" in words_of(page)
    assert not Report.objects.public().exists()


def test_who_may_not_view_articles_does_not_read_the_body_at_the_desk(
    client: Client, article: Article
) -> None:
    oscar = User.objects.create_user("oscar", is_staff=True)
    oscar.user_permissions.add(Permission.objects.get(codename="view_suggestion"))
    client.force_login(oscar)
    assert client.get(desk(article)).status_code == 403
    assert desk(article) not in client.get(reverse("admin:index")).content.decode()


def test_of_a_report_that_waits_it_is_not_said_that_readers_see_it(
    alice: Client, article: Article
) -> None:
    talks = factories.event("Ferry talks", edtf="2018-05-15", published=False)
    factories.report(talks, article, is_published=False)
    visit = article.suggestions.get(edtf="2018-07")
    said = words_of(decide(alice, visit, "merge", event=talks.pk))
    assert "This article reports Ferry talks already." in said
    assert "public already" not in said
