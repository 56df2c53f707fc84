"""A draft makes one candidate of what many articles tell; an editor decides it in one stroke."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core import serializers

from tests import factories as make
from tests.web.drafted import ASKED, SANK, article, card, ferry_draft, sinking
from timeline.drafting import rank
from timeline.extraction import Told
from timeline.ingest import ingest
from timeline.models import (
    Actor,
    AlreadyDecidedError,
    Candidate,
    CandidateReport,
    Decision,
    Draft,
    Event,
    NotDecidedError,
    NotUndoneError,
    Participation,
    Place,
    Quote,
    Report,
    Suggestion,
)

pytestmark = pytest.mark.django_db

KEPT = (Candidate, CandidateReport, Candidate.quotes.through, Suggestion, Event, Report, Quote,
        Quote.events.through, Participation, Actor, Place)  # fmt: skip


@pytest.fixture
def bob(db: None) -> User:
    return make.editor("bob")


@pytest.fixture
def draft(bob: User) -> Draft:
    return ferry_draft(bob)


def all_rows() -> dict[str, str]:
    """Every row of what a decision may touch, as text."""
    return {model.__name__: serializers.serialize("json", model.objects.order_by("pk"))
            for model in KEPT}  # fmt: skip


def accept(candidate: Candidate, by: User) -> Event:
    return candidate.accept(by, candidate.event, candidate.quotes.all())


class TestRanking:
    def test_what_three_articles_tell_of_one_event_is_one_card_in_order_of_publication(self, draft):
        told = card(draft, "sinks")
        outlets = [report.article.outlet.name for report in told.reports.all()]
        assert outlets == ["Harbour News", "Coast Radio", "Tidewire"]
        assert (told.edtf, told.status, told.place) == ("2014-05-04", "occurred", "Port Selby")

    def test_the_event_that_most_articles_tell_and_look_back_on_stands_first(self, draft):
        assert draft.candidates.listed().first() == card(draft, "sinks")

    def test_a_quote_goes_with_the_event_beside_which_it_stands(self, draft):
        assert [one.text for one in card(draft, "sinks").quotes.all()] == [ASKED]

    def test_each_says_what_its_place_is_made_of(self, draft):
        for one in draft.candidates.listed():
            assert one.parts
            assert one.score == pytest.approx(sum(worth for _, worth in one.parts))

    @pytest.mark.parametrize("is_alone", [False, True])
    def test_a_copy_of_a_text_makes_no_cards_unless_it_stands_alone(self, db, is_alone):
        text = f"{SANK}\n\n“{ASKED},” said the minister, Ines Karo.\n\nDivers will search on May 9."
        whole, copy = (
            ingest(
                f"{headline}\n\n{text}",
                told=Told(headline=headline, published=dt.date(2014, 5, day), outlet=outlet),
            ).article
            for headline, day, outlet in [
                ("Ferry sinks off Port Selby", 4, "Tidewire"),
                ("Alma Rosa goes down", 5, "Coast Radio"),
            ]
        )
        assert not copy.suggestions.exists()
        draft = Draft.objects.create(title="The Alma Rosa", about="ferry Alma Rosa")
        draft.gather([copy] if is_alone else [whole, copy])
        rank(draft)
        reports = CandidateReport.objects.filter(candidate__draft=draft)
        assert {one.article for one in reports} == {copy if is_alone else whole}
        noted = draft.gathered.get(article=copy).aside
        assert noted == ("" if is_alone else "nearly the text of another article")

    def test_ranking_again_changes_nothing(self, draft):
        def shown() -> list[tuple[object, ...]]:
            return [(c.number, c.title, c.edtf, c.reports.count(), c.quotes.count())
                    for c in draft.candidates.listed()]  # fmt: skip

        before = shown()
        rank(draft)
        assert shown() == before

    def test_what_a_review_has_rejected_is_left_out(self, draft, bob):
        Suggestion.objects.get(title__startswith="Police arrest").reject(bob)
        rank(draft)
        assert not draft.candidates.filter(title__startswith="Police").exists()

    def test_a_citation_without_a_text_makes_no_candidate(self, bob):
        draft = Draft.objects.create(title="Citations")
        draft.gather([make.article("2014-05-04")])
        rank(draft)
        assert not draft.candidates.exists()

    def test_the_queries_do_not_grow_with_the_articles(self, draft, django_assert_max_num_queries):
        for number in range(12):
            more = article(f"2014-05-{10 + number}", "Harbour News", SANK)
            sinking(more, SANK)
            draft.gather([more])
        with django_assert_max_num_queries(40):
            rank(draft)


class TestAccepting:
    def test_one_event_is_made_with_all_reports_and_the_quotes(self, draft, bob):
        event = accept(card(draft, "sinks"), bob)
        assert event.reports.count() == 3
        assert [quote.text for quote in event.quotes.all()] == [ASKED]
        assert (event.edtf, event.status, event.kind) == ("2014-05-04", "occurred", "other")

    def test_nothing_of_it_is_public(self, draft, bob):
        event = accept(card(draft, "sinks"), bob)
        assert not event.is_published
        assert not event.reports.filter(is_published=True).exists()
        assert not event.quotes.filter(is_published=True).exists()

    def test_the_event_says_what_the_card_shows_after_an_edit(self, draft, bob):
        candidate = card(draft, "sinks")
        candidate.title, candidate.edtf = "The Alma Rosa goes down", "2014-05-03/2014-05-04"
        candidate.edit(bob, ["title", "edtf"])
        event = accept(candidate, bob)
        assert (event.title, event.edtf) == ("The Alma Rosa goes down", "2014-05-03/2014-05-04")
        assert event.slug == "the-alma-rosa-goes-down"

    def test_only_names_that_the_card_shows_take_part(self, draft, bob):
        candidate = card(draft, "sinks")
        candidate.actors = []
        candidate.edit(bob, ["actors"])
        assert not accept(candidate, bob).participants.exists()

    def test_a_sentence_without_a_suggestion_gets_one_with_its_evidence(self, bob):
        draft = Draft.objects.create(title="Bare")
        bare = article("2014-05-06", "Tidewire", "The harbour of Port Selby on 4 May 2014.")
        draft.gather([bare])
        rank(draft)
        event = accept(draft.candidates.get(edtf="2014-05-04"), bob)
        report = event.reports.get()
        assert report.exact == "The harbour of Port Selby on 4 May 2014."
        assert [span.exact for span in report.read_from.date.spans] == ["4 May 2014"]

    def test_it_adds_to_the_event_that_an_earlier_review_has_made(self, draft, bob):
        made = Suggestion.objects.filter(title__startswith="Ferry").first().accept(bob).event
        rank(draft)
        candidate = card(draft, "sinks")
        assert candidate.event == made
        assert accept(candidate, bob) == made
        assert made.reports.count() == 3

    def test_undoing_takes_all_of_it_back(self, draft, bob):
        before = all_rows()
        candidate = card(draft, "sinks")
        accept(candidate, bob)
        Decision.objects.first().undo(bob)
        assert all_rows() == before

    def test_it_cannot_be_undone_once_its_event_is_public(self, draft, bob):
        accept(card(draft, "sinks"), bob).publish(bob)
        with pytest.raises(NotUndoneError, match="published"):
            Decision.objects.first().undo(bob)

    def test_the_second_editor_is_told_by_whom_it_was_decided(self, draft, bob):
        candidate = card(draft, "sinks")
        late = Candidate.objects.get(pk=candidate.pk)
        accept(candidate, bob)
        with pytest.raises(AlreadyDecidedError, match="accepted already by bob"):
            accept(late, make.editor("carol"))

    def test_what_was_rejected_everywhere_makes_no_event(self, draft, bob):
        candidate = card(draft, "arrest")
        Suggestion.objects.get(title__startswith="Police arrest").reject(bob)
        with pytest.raises(NotDecidedError, match="rejected"):
            accept(candidate, bob)
        assert Candidate.objects.get(pk=candidate.pk).is_open


class TestRejecting:
    def test_its_suggestions_wait_no_longer_and_all_comes_back(self, draft, bob):
        before = all_rows()
        card(draft, "sinks").reject(bob)
        left = Suggestion.objects.pending().filter(title__startswith="Ferry")
        assert not left.exists()
        Decision.objects.first().undo(bob)
        assert all_rows() == before

    def test_the_rest_is_one_decision_and_one_undo(self, draft, bob):
        draft.shown = 1
        draft.save()
        before = all_rows()
        number = Candidate.reject_rest(draft, bob)
        assert number == draft.candidates.listed().count() - 1
        assert [one.pk for one in draft.candidates.waiting()] == [card(draft, "sinks").pk]
        assert Decision.objects.count() == 1
        Decision.objects.first().undo(bob)
        assert all_rows() == before


class TestRearranging:
    def test_two_become_one_and_come_apart_again(self, draft, bob):
        before = all_rows()
        one, other = card(draft, "sinks"), card(draft, "arrest")
        one.absorb(other, bob)
        assert one.reports.count() == 4
        assert other not in draft.candidates.listed()
        Decision.objects.first().undo(bob)
        assert all_rows() == before

    def test_a_split_makes_a_card_that_follows(self, draft, bob):
        before = all_rows()
        one = card(draft, "sinks")
        other = one.split(one.reports.filter(article__outlet__name="Tidewire"), bob)
        assert [c.pk for c in draft.candidates.listed()][:2] == [one.pk, other.pk]
        assert (one.reports.count(), other.reports.count()) == (2, 1)
        Decision.objects.first().undo(bob)
        assert all_rows() == before

    @pytest.mark.parametrize("which", [{"pk": 0}, {}], ids=["none", "all"])
    def test_a_split_leaves_and_takes_at_least_one(self, draft, bob, which):
        one = card(draft, "sinks")
        with pytest.raises(NotDecidedError, match="leave at least one"):
            one.split(one.reports.filter(**which), bob)

    def test_a_report_moves_to_another_card_and_back(self, draft, bob):
        before = all_rows()
        one, other = card(draft, "sinks"), card(draft, "arrest")
        one.move(one.reports.first(), other, bob)
        assert (one.reports.count(), other.reports.count()) == (2, 2)
        Decision.objects.first().undo(bob)
        assert all_rows() == before

    def test_the_only_report_does_not_leave(self, draft, bob):
        one, other = card(draft, "sinks"), card(draft, "arrest")
        with pytest.raises(NotDecidedError, match="only report"):
            other.move(other.reports.get(), one, bob)

    def test_a_card_of_another_draft_is_no_partner(self, draft, bob):
        stranger = Candidate.objects.create(
            draft=Draft.objects.create(title="Other"), number=1, title="Other", status="occurred"
        )
        with pytest.raises(NotDecidedError, match="this draft"):
            card(draft, "sinks").absorb(stranger, bob)

    def test_one_from_below_comes_above_the_line(self, draft, bob):
        draft.shown = 1
        draft.save()
        last = draft.candidates.listed().last()
        last.bring_up(bob)
        draft.refresh_from_db()
        assert list(draft.candidates.listed()[: draft.shown]) == [card(draft, "sinks"), last]

    def test_where_none_stands_above_the_line_the_one_brought_up_does(self, draft, bob):
        draft.shown = 0
        draft.save()
        last = draft.candidates.listed().last()
        last.bring_up(bob)
        draft.refresh_from_db()
        assert list(draft.candidates.listed()[: draft.shown]) == [last]


class TestNewArticles:
    def later(self, draft: Draft) -> None:
        more = article("2014-07-01", "Harbour News", SANK.replace("on Sunday", "on 4 May 2014"))
        sinking(more, more.body, stance="recalls")
        draft.gather([more])
        rank(draft)

    def test_a_report_of_an_accepted_card_is_an_addition_to_its_event(self, draft, bob):
        event = accept(card(draft, "sinks"), bob)
        self.later(draft)
        addition = draft.candidates.waiting().get(event=event)
        assert addition.reports.get().article.published_on.isoformat() == "2014-07-01"

    def test_what_an_editor_has_edited_stays_and_takes_the_new_report(self, draft, bob):
        candidate = card(draft, "sinks")
        candidate.title = "The Alma Rosa goes down"
        candidate.edit(bob, ["title"])
        self.later(draft)
        assert card(draft, "goes down").reports.count() == 4
        assert not draft.candidates.filter(title__startswith="Ferry").exists()

    def test_cards_that_were_made_one_stay_one(self, draft, bob):
        card(draft, "sinks").absorb(card(draft, "arrest"), bob)
        rank(draft)
        assert not draft.candidates.listed().filter(title__startswith="Police").exists()
        assert card(draft, "sinks").reports.count() == 4

    def test_an_article_taken_out_takes_its_reports_along(self, draft):
        gone = draft.articles.get(outlet__name="Tidewire")
        assert draft.drop([gone.pk]) == 1
        assert not CandidateReport.objects.filter(article=gone).exists()
        assert card(draft, "sinks").reports.count() == 2
