"""The review desk, and bringing articles in by hand. The articles are our own."""

import html
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.web.desk import FERRY, ferry, onlooker, signed_in, suggest
from timeline.admin.marking import ORDER, Mark, marked
from timeline.models import Article, Event, Quote, Report, Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Client:
    return signed_in(client)


@pytest.fixture
def article() -> Article:
    return ferry()


@pytest.fixture
def meeting(article: Article) -> Suggestion:
    return article.suggestions.get(title="Vale and Strand meet")


def desk(article: Article) -> str:
    return reverse("admin:review", args=[article.pk])


def decide(client: Client, suggestion: Suggestion, do: str, **more: object):
    """Press a button of a suggestion's card."""
    data = {"suggestion": suggestion.pk, "do": do, **more}
    return client.post(desk(suggestion.article), data, follow=True)


def words_of(page) -> str:
    """The page's text without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_each_suggestion_stands_beside_its_paragraph(alice: Client, article: Article) -> None:
    folds = alice.get(desk(article)).context["folds"]
    rows = [row for fold in folds for row in fold.rows]
    cards = {row.number: [card.suggestion.title for card in row.cards] for row in rows}
    assert cards == {
        1: [],
        2: ["Vale and Strand meet"],
        3: [""],
        4: ["Strand visits Elmsport"],
        5: [],
    }


def test_paragraphs_without_open_suggestions_lie_folded(alice: Client, article: Article) -> None:
    page = alice.get(desk(article))
    assert [(fold.is_open, len(fold.rows)) for fold in page.context["folds"]] == [
        (False, 1),
        (True, 3),
        (False, 1),
    ]
    assert "<summary>Paragraph 1, no suggestions</summary>" in page.content.decode()


def test_date_words_names_and_quotes_are_underlined_each_in_its_manner(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    page = alice.get(desk(article)).content.decode()
    visit = article.suggestions.get(edtf="2018-07")
    quote = article.suggestions.get(type="quote")
    assert re.search(
        rf'<a class="span span--date" href="\?at={visit.pk}#s{visit.pk}">[^<]*July</a>', page
    )
    assert re.search(r'<span class="span span--name">[^<]*Piet Strand</span>', page)
    assert f'<a class="span span--quote" href="?at={quote.pk}#s{quote.pk}">' in page


def test_the_text_of_an_article_is_never_taken_for_html(alice: Client) -> None:
    alice.post(reverse("admin:bring_in"), {"text": FERRY.replace("old pier", "<b>old</b> & pier")})
    page = alice.get(desk(Article.objects.get())).content.decode()
    assert "&lt;b&gt;old&lt;/b&gt; &amp; pier" in page


@given(
    body=st.text("ab <&>“é", max_size=30),
    spans=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(ORDER)), max_size=8
    ),
)
def test_marks_never_change_the_words_however_they_overlap(body: str, spans: list) -> None:
    marks = [Mark(start, end, kind, "?at=1") for start, end, kind in spans if start < end]
    page = marked(body, 0, len(body), marks)
    assert html.unescape(re.sub(r"<[^>]*>", "", page)) == body
    assert page.count("<span") == page.count("</span>")
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", page)


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
    planned = factories.event("Ferry talks", edtf="2018-05", status="planned", published=False)
    meeting.match, meeting.score, meeting.reasons = planned, 0.91, ["Both name Nora Vale."]
    meeting.save()
    page = alice.get(desk(meeting.article))
    card = page.content.decode().split(f'id="s{meeting.pk}"')[1].split("</details>")[0]
    assert card.index('value="merge"') < card.index('value="accept"') < card.index('value="reject"')
    said = " ".join(re.sub(r"<[^>]+>", " ", card).split())
    assert "Title Vale and Strand meet Ferry talks" in said
    assert "Date 15 May 2018 May 2018" in said
    assert "Status Occurred Planned" in said
    assert "Match 0.91." in said
    assert "Both name Nora Vale." in said
    decide(alice, meeting, "merge", event=planned.pk)
    planned.refresh_from_db()
    assert (planned.status, planned.edtf) == ("occurred", "2018-05-15")
    assert Event.objects.get() == planned
    assert Report.objects.get().event == planned


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
    assert "3 of 3 reviewed" in words_of(page)
    assert [fold.is_open for fold in page.context["folds"]] == [False]


def test_who_comes_second_is_told_so(alice: Client, meeting: Suggestion) -> None:
    meeting.reject(by=factories.editor("bob"))
    page = decide(alice, meeting, "accept")
    assert page.status_code == 200
    assert "This suggestion is rejected already." in words_of(page)
    assert not Event.objects.exists()
    again = decide(alice, meeting, "reject")
    assert "This suggestion is rejected already." in words_of(again)


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


def test_a_suggestion_is_corrected_before_it_is_accepted(
    alice: Client, meeting: Suggestion
) -> None:
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    corrected = fields_of(meeting) | {"title": "Ferry agreement signed", "edtf": "2018-05-15~"}
    answer = alice.post(url, corrected | {"_accept": "1"})
    assert answer.url.startswith(desk(meeting.article))
    event = Event.objects.get()
    assert (event.title, event.edtf) == ("Ferry agreement signed", "2018-05-15~")


def test_a_corrected_suggestion_goes_into_the_event_that_was_chosen(
    alice: Client, meeting: Suggestion
) -> None:
    event = factories.event("Ferry talks", edtf="2018-05", status="planned")
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    alice.post(url, fields_of(meeting) | {"match": event.pk, "_merge": "1"})
    assert Report.objects.get().event == event
    assert Event.objects.count() == 1


def test_a_correction_that_leaves_too_little_is_refused_beside_its_field(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    page = alice.post(url, fields_of(meeting) | {"title": "", "status": "", "_accept": "1"})
    assert page.context["adminform"].form.errors.keys() == {"title", "status"}
    quote = article.suggestions.get(type="quote")
    url = reverse("admin:timeline_suggestion_change", args=[quote.pk])
    page = alice.post(url, {"text": "", "speaker": "Nora Vale", "_accept": "1"})
    assert page.context["adminform"].form.errors.keys() == {"text"}
    assert not Event.objects.exists()
    assert not Quote.objects.exists()


def test_a_correction_that_makes_two_suggestions_one_is_refused_with_a_message(
    alice: Client, article: Article, meeting: Suggestion
) -> None:
    twin = suggest(article, meeting.exact, title="Agreement signed")
    url = reverse("admin:timeline_suggestion_change", args=[twin.pk])
    page = alice.post(url, fields_of(twin) | {"title": meeting.title, "_save": "1"})
    assert "already exists" in words_of(page)
    twin.refresh_from_db()
    assert twin.title == "Agreement signed"


def test_merging_without_an_event_asks_for_one(alice: Client, meeting: Suggestion) -> None:
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    page = alice.post(url, fields_of(meeting) | {"_merge": "1"}, follow=True)
    assert "Choose the event to accept it into." in words_of(page)
    assert not Report.objects.exists()


def test_a_decided_suggestion_is_no_longer_edited(alice: Client, meeting: Suggestion) -> None:
    decide(alice, meeting, "reject")
    url = reverse("admin:timeline_suggestion_change", args=[meeting.pk])
    page = alice.post(url, fields_of(meeting) | {"_accept": "1"}, follow=True)
    assert "Somebody was faster: “Vale and Strand meet” is rejected already." in words_of(page)
    assert 'name="_accept"' not in page.content.decode()
    assert not Event.objects.exists()


def fields_of(suggestion: Suggestion) -> dict[str, str]:
    """What a browser sends of a report's page."""
    names = ("title", "edtf", "status", "stance", "kind", "place")
    sent = {name: getattr(suggestion, name) for name in names}
    return sent | {"actors": "\n".join(suggestion.actors)}


def test_many_suggestions_are_decided_from_the_list(alice: Client, article: Article) -> None:
    event = factories.event("Ferry talks")
    article.suggestions.filter(edtf="2018-07").update(match=event)
    url = reverse("admin:timeline_suggestion_changelist")
    everything = list(article.suggestions.values_list("pk", flat=True))
    merged = alice.post(
        url, {"action": "merge_selected", "_selected_action": everything}, follow=True
    )
    assert "1 accepted." in words_of(merged)
    accepted = alice.post(
        url, {"action": "accept_selected", "_selected_action": everything}, follow=True
    )
    assert "2 accepted, 1 already decided." in words_of(accepted)
    assert Report.objects.count() == 2
    assert Quote.objects.count() == 1


def test_queries_of_the_desk_stay_flat_as_suggestions_grow(alice: Client, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            alice.get(desk(article))
        return len(captured)

    def add(number: int) -> None:
        event = factories.event(f"Sailing {number}", place=factories.place(f"Pier {number}"))
        factories.takes_part(factories.actor(f"Captain {number}"), event)
        suggest(article, "The line was closed", title=f"Sailing {number}", match=event, score=0.7)
        done = suggest(article, "The line was closed", title=f"Done {number}")
        done.accept(by=alice_user)

    alice_user = factories.editor("bob")
    for number in range(2):
        add(number)
    few = queries()
    for number in range(2, 9):
        add(number)
    assert queries() == few


def test_an_article_is_pasted_and_leads_to_its_review(alice: Client) -> None:
    answer = alice.post(reverse("admin:bring_in"), {"text": FERRY})
    article = Article.objects.get()
    assert answer.url == desk(article)
    assert article.suggestions.exists()


def test_files_are_uploaded_several_at_once_and_a_wrong_one_is_named(alice: Client) -> None:
    files = [
        SimpleUploadedFile("ferry.txt", FERRY.encode()),
        SimpleUploadedFile("empty.txt", b""),
        SimpleUploadedFile("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        SimpleUploadedFile("large.txt", b"a" * 2_100_000),
    ]
    page = alice.post(reverse("admin:bring_in"), {"files": files})
    said = words_of(page)
    assert "empty.txt: The file is empty." in said
    assert "picture.txt: This is a binary file" in said
    assert "large.txt: It is too big for an article: 2.1 MB" in said
    assert "Ministers agree to reopen the Elmsport ferry line" in said
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Paste the text of an article here"),
        ("The ferry sails again\n\nThe ferry sails again, officials said.", "publication date"),
    ],
)
def test_what_is_wrong_with_a_pasted_text_is_said_beside_the_field(
    alice: Client, text: str, reason: str
) -> None:
    page = alice.post(reverse("admin:bring_in"), {"text": text})
    assert any(reason in error for error in page.context["form"].errors["text"])
    assert not Article.objects.exists()


def test_who_may_not_add_articles_cannot_bring_one_in(client: Client) -> None:
    assert onlooker(client).post(reverse("admin:bring_in"), {"text": FERRY}).status_code == 403
    assert not Article.objects.exists()


def test_a_citation_without_its_text_says_so(alice: Client) -> None:
    citation = factories.article("2018-05-16")
    assert "it is a citation" in words_of(alice.get(desk(citation)))
