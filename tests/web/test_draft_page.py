"""The pages of a draft: decide each candidate by a button, see what became of it, publish it."""

import html
import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import onlooker, words_of
from tests.web.drafted import SANK, article, card, ferry_articles, ferry_draft, sinking
from timeline.admin.desk.draft_cards import Axis
from timeline.admin.desk.draft_page import DraftPage
from timeline.models import Candidate, Decision, Draft, Event, Suggestion, Timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(alice: Client) -> Draft:
    return ferry_draft(User.objects.get(username="alice"))


def page(client: Client, draft: Draft, status: int = 200, **asked: object) -> str:
    answer = client.get(draft.get_absolute_url(), asked)
    assert answer.status_code == status
    return text_of(answer)


def text_of(answer: object) -> str:
    """What a page says, without its marks."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(words).split())


def press(client: Client, draft: Draft, do: str, one: Candidate | None = None, **more: object):
    data = {"do": do, **({"candidate": one.pk} if one else {}), **more}
    return client.post(draft.get_absolute_url(), data, follow=True)


class TestTheCards:
    def test_each_report_stands_with_its_day_its_outlet_and_the_words_read(self, alice, draft):
        said = page(alice, draft)
        assert "Ferry Alma Rosa sinks off Port Selby" in said
        assert "3 reports, 3 outlets. All agree." in said
        assert "4 May 2014 Harbour “on Sunday” 4 May 2014, occurred agrees" in said

    def test_a_report_of_another_date_is_marked_and_told_how_it_differs(self, alice, draft):
        late = article("2014-07-01", "Tidewire", SANK)
        sinking(late, SANK, edtf="2014-05-06")
        one = card(draft, "sinks")
        one.reports.create(article=late, title="x", edtf="2014-05-06", status="occurred", start=0,
                           end=9)  # fmt: skip
        said = page(alice, draft)
        assert "3 of them agree with 4 May 2014. later date" in said

    def test_what_called_it_off_is_marked(self, alice, draft):
        one = card(draft, "sinks")
        one.reports.create(article=one.reports.first().article, title="x", edtf="2014-05-04",
                           status="cancelled", start=0, end=9)  # fmt: skip
        assert "called off" in page(alice, draft)

    def test_the_first_that_waits_is_current_and_the_one_that_is_asked_for_is(self, alice, draft):
        answer = alice.get(draft.get_absolute_url())
        assert current(answer) == card(draft, "sinks").pk
        answer = alice.get(draft.get_absolute_url(), {"at": card(draft, "arrest").pk})
        assert current(answer) == card(draft, "arrest").pk

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [("open", 3), ("single", 2), ("differ", 0), ("additions", 0), ("rejected", 0)],
    )
    def test_a_chip_narrows_the_cards_to_what_it_counts(self, alice, draft, asked, shown):
        answer = alice.get(draft.get_absolute_url(), {"show": asked})
        assert len(answer.context["page"].chosen) == shown
        counts = {value: number for value, _, number in answer.context["page"].chips}
        assert counts[asked] == shown

    def test_words_find_candidates_of_the_whole_draft(self, alice, draft):
        draft.shown = 1
        draft.save()
        answer = alice.get(draft.get_absolute_url(), {"q": "captain manslaughter"})
        assert not answer.context["page"].chosen
        answer = alice.get(draft.get_absolute_url(), {"q": "captain charge"})
        assert [one.candidate for one in answer.context["page"].chosen] == [card(draft, "charge")]

    def test_by_date_the_earliest_comes_first(self, alice, draft):
        answer = alice.get(draft.get_absolute_url(), {"sort": "date"})
        days = [one.candidate.edtf for one in answer.context["page"].chosen]
        assert days == sorted(days)

    @pytest.mark.parametrize(
        "asked",
        [{"at": "x"}, {"at": "9" * 30}, {"show": "everything"}, {"page": "0"}, {"page": "99"},
         {"act": "burn"}, {"sort": "\x00"}, {"q": "\x00"}, {"q": "(" * 199}],
    )  # fmt: skip
    def test_a_query_that_asks_for_nothing_still_shows_the_page(self, alice, draft, asked):
        page(alice, draft, **asked)

    def test_the_page_takes_as_many_queries_for_three_cards_as_for_one(
        self, alice, draft, django_assert_max_num_queries
    ):
        alice.get(draft.get_absolute_url())
        with django_assert_max_num_queries(40):
            alice.get(draft.get_absolute_url())

    def test_an_empty_draft_says_what_to_do(self, alice):
        empty = Draft.objects.create(title="Empty")
        assert "No article is gathered here yet. Add articles" in page(alice, empty)


def current(answer: object) -> int:
    return int(re.search(r'id="c(\d+)"[^>]*aria-current', answer.content.decode())[1])


class TestDeciding:
    def test_accepting_goes_on_to_the_next_card(self, alice, draft):
        one = card(draft, "sinks")
        answer = press(alice, draft, "accept", one, quote=[q.pk for q in one.quotes.all()])
        assert "Accepted: Ferry Alma Rosa sinks off Port Selby. It waits" in text_of(answer)
        assert current(answer) != one.pk
        assert Event.objects.get().reports.count() == 3
        assert Event.objects.get().quotes.count() == 1

    def test_a_quote_that_is_not_ticked_waits(self, alice, draft):
        press(alice, draft, "accept", card(draft, "sinks"))
        assert not Event.objects.get().quotes.exists()
        assert Suggestion.objects.pending().filter(type="quote").exists()

    def test_an_addition_goes_to_its_event_or_makes_a_new_one(self, alice, draft):
        event = make.event("The sinking", published=False, edtf="2014-05-04")
        one = card(draft, "sinks")
        Candidate.objects.filter(pk=one.pk).update(event=event)
        assert "Adds to an event that you have: The sinking" in page(alice, draft)
        press(alice, draft, "accept-new", one)
        assert not event.reports.exists()
        Decision.objects.first().undo(User.objects.get(username="alice"))
        press(alice, draft, "accept", one)
        assert event.reports.count() == 3

    def test_what_speaks_against_an_addition_is_said_and_it_is_not_the_default(self, alice, draft):
        event = make.event("Another sinking", edtf="2013-01-01")
        make.report(event, make.article("2013-01-02"))
        Candidate.objects.filter(pk=card(draft, "sinks").pk).update(event=event)
        answer = alice.get(draft.get_absolute_url())
        assert answer.context["page"].cards[0].objections
        assert not re.search(r'class="button default"[^>]*value="accept"', answer.content.decode())

    def test_rejecting_and_undoing_by_the_bar(self, alice, draft):
        one = card(draft, "arrest")
        answer = press(alice, draft, "reject", one)
        assert "Rejected: Police arrest" in text_of(answer)
        answer = press(alice, draft, "undo", decision=Decision.objects.first().pk)
        assert "Undone: Rejected" in text_of(answer)
        assert current(answer) == one.pk

    def test_an_edit_is_taken_and_a_wrong_date_stands_beside_its_field(self, alice, draft):
        one = card(draft, "sinks")
        fields = {"title": "The Alma Rosa sinks", "edtf": "2014-05-04", "status": "occurred",
                  "kind": "other", "actors": "Tomas Weil, Ines Karo", "place": ""}  # fmt: skip
        press(alice, draft, "edit", one, **fields)
        one.refresh_from_db()
        assert (one.title, one.actors) == ("The Alma Rosa sinks", ["Tomas Weil", "Ines Karo"])
        answer = press(alice, draft, "edit", one, **(fields | {"edtf": "2014-XX-12"}))
        assert answer.status_code == 400
        assert 'id="id_edtf_error"' in answer.content.decode()
        assert 'value="2014-XX-12"' in answer.content.decode()

    def test_merge_split_move_and_raise(self, alice, draft):
        one, other = card(draft, "sinks"), card(draft, "arrest")
        press(alice, draft, "absorb", one, other=other.pk)
        assert one.reports.count() == 4
        report = one.reports.get(title__startswith="Police")
        press(alice, draft, "split", one, report=[report.pk])
        parted = card(draft, "arrest")
        assert parted.reports.get() == report
        press(alice, draft, "move", one, report=one.reports.first().pk, other=parted.pk)
        assert parted.reports.count() == 2
        draft.shown = 1
        draft.save()
        press(alice, draft, "raise", card(draft, "charge"))
        draft.refresh_from_db()
        assert draft.shown == 2

    def test_the_line_is_set_and_a_senseless_one_is_told(self, alice, draft):
        press(alice, draft, "cut", shown="2")
        draft.refresh_from_db()
        assert draft.shown == 2
        answer = press(alice, draft, "cut", shown="-3")
        assert answer.status_code == 400
        assert "greater than or equal to 1" in text_of(answer)

    def test_the_rest_is_rejected_in_one_step(self, alice, draft):
        press(alice, draft, "cut", shown="1")
        answer = press(alice, draft, "reject-rest")
        assert "Rejected the 2 candidates below the line." in text_of(answer)

    @pytest.mark.parametrize("do", ["", "burn", "__init__"])
    def test_what_is_not_understood_decides_nothing(self, alice, draft, do):
        answer = press(alice, draft, do, card(draft, "sinks"))
        assert answer.status_code == 400
        assert "Nothing was decided" in text_of(answer)
        assert not Event.objects.exists()

    @pytest.mark.parametrize("key", ["", "x", "0", "9" * 40])
    def test_a_candidate_that_is_none_is_not_found(self, alice, draft, key):
        data = {"do": "accept", "candidate": key}
        assert alice.post(draft.get_absolute_url(), data).status_code == 404

    def test_a_candidate_of_another_draft_is_not_found(self, alice, draft):
        other = Draft.objects.create(title="Other")
        url = reverse("admin:draft", args=[other.pk])
        data = {"do": "accept", "candidate": card(draft, "sinks").pk}
        assert alice.post(url, data).status_code == 404

    def test_who_comes_second_is_told_who_was_first(self, alice, draft):
        one = card(draft, "sinks")
        one.accept(make.editor("bob"))
        answer = press(alice, draft, "reject", one)
        assert answer.status_code == 409
        assert "accepted already by bob" in text_of(answer)


class TestItsArticles:
    def test_a_search_finds_articles_with_a_text_that_are_not_in_it(self, alice, draft):
        late = article("2014-08-01", "Tidewire", SANK)
        make.article("2014-08-02", "Alma Rosa, a citation")
        url = reverse("admin:draft_articles", args=[draft.pk])
        said = alice.get(url, {"q": "Alma Rosa sank"})
        assert list(said.context["found"]) == [late]
        answer = alice.post(url, {"do": "add", "article": [late.pk]}, follow=True)
        assert "Added 1 article." in text_of(answer)
        assert late in draft.articles.all()

    def test_what_is_taken_out_takes_its_reports_along(self, alice, draft):
        gone = draft.articles.get(outlet__name="Tidewire")
        url = reverse("admin:draft_articles", args=[draft.pk])
        alice.post(url, {"do": "drop", "article": [gone.pk]})
        assert card(draft, "sinks").reports.count() == 2

    def test_nothing_ticked_changes_nothing_and_says_so(self, alice, draft):
        url = reverse("admin:draft_articles", args=[draft.pk])
        assert "tick the articles" in text_of(alice.post(url, {"do": "add"}, follow=True))

    def test_days_in_the_wrong_order_are_told_beside_their_field(self, alice, draft):
        url = reverse("admin:draft_articles", args=[draft.pk])
        answer = alice.get(url, {"since": "2014-05-02", "until": "2014-05-01"})
        assert 'id="id_until_error"' in answer.content.decode()

    def test_a_new_draft_leads_on_to_its_articles(self, alice):
        answer = alice.post(
            reverse("admin:timeline_draft_add"), {"title": "New", "shown": "40", "_save": "Save"}
        )
        made = Draft.objects.get(title="New")
        assert answer.url == reverse("admin:draft_articles", args=[made.pk])
        assert made.made_by.username == "alice"


class TestPublishing:
    def publish(self, client: Client, draft: Draft, **data: object):
        return client.post(reverse("admin:draft_publish", args=[draft.pk]), data, follow=True)

    def test_what_is_ticked_goes_public_on_a_new_timeline(self, alice, draft, client):
        one = card(draft, "sinks")
        press(alice, draft, "accept", one, quote=[q.pk for q in one.quotes.all()])
        press(alice, draft, "accept", card(draft, "arrest"))
        sank = Event.objects.get(title__startswith="Ferry")
        answer = self.publish(alice, draft, event=[sank.pk], title="The Alma Rosa")
        assert "1 event is public now, on The Alma Rosa" in text_of(answer)
        public = Client().get(Timeline.objects.get().get_absolute_url()).content.decode()
        assert "Ferry Alma Rosa sinks" in public
        assert "Police arrest" not in public

    def test_before_it_nothing_of_the_draft_is_public(self, alice, draft):
        press(alice, draft, "accept", card(draft, "sinks"))
        for name in ("home", "articles", "actors", "quotes"):
            assert "Alma Rosa" not in Client().get(reverse(name)).content.decode()

    def test_nothing_ticked_or_no_title_is_told(self, alice, draft):
        press(alice, draft, "accept", card(draft, "sinks"))
        answer = self.publish(alice, draft, title="The Alma Rosa")
        assert answer.status_code == 400
        assert "Tick the events" in text_of(answer)
        answer = self.publish(alice, draft, event=[Event.objects.get().pk])
        assert "write a title for a new one" in text_of(answer)
        assert not Timeline.objects.exists()

    def test_an_event_of_no_candidate_is_not_published_by_the_way(self, alice, draft):
        stranger = make.event("Stranger", published=False)
        press(alice, draft, "accept", card(draft, "sinks"))
        self.publish(alice, draft, event=[stranger.pk], title="T")
        stranger.refresh_from_db()
        assert not stranger.is_published


class TestWhoMay:
    def test_nobody_and_readers_are_sent_to_sign_in(self, draft):
        for name in ("draft", "draft_articles", "draft_publish"):
            answer = Client().get(reverse(f"admin:{name}", args=[draft.pk]))
            assert answer.status_code == 302
            assert "login" in answer.url

    def test_an_onlooker_sees_all_and_decides_nothing(self, draft):
        oscar = onlooker(Client())
        assert 'value="accept"' not in oscar.get(draft.get_absolute_url()).content.decode()
        one = card(draft, "sinks")
        for name, data in (
            ("draft", {"do": "accept", "candidate": one.pk}),
            ("draft", {"do": "undo", "decision": 1}),
            ("draft_articles", {"do": "drop", "article": one.reports.first().article_id}),
            ("draft_publish", {"event": 1, "title": "T"}),
        ):
            url = reverse(f"admin:{name}", args=[draft.pk])
            assert oscar.post(url, data).status_code == 403

    def test_staff_without_a_right_to_articles_see_no_draft(self, draft):
        user = User.objects.create_user("eve", is_staff=True)
        user.user_permissions.add(Permission.objects.get(codename="view_draft"))
        client = Client()
        client.force_login(user)
        assert client.get(draft.get_absolute_url()).status_code == 403


def test_the_list_counts_what_is_decided(alice, draft):
    press(alice, draft, "accept", card(draft, "sinks"))
    said = text_of(alice.get(reverse("admin:timeline_draft_changelist")))
    assert "The Alma Rosa 3 1 decided, 2 to go" in said


def test_the_ferrys_articles_are_gathered_once(db):
    draft = Draft.objects.create(title="Twice")
    articles = ferry_articles()
    assert draft.gather(articles) == 3
    assert draft.gather(articles) == 0


class TestTheDrawings:
    def test_the_line_stands_where_the_shown_end(self, draft):
        ranked = draft.candidates.listed().count()
        draft.shown = 2
        assert DraftPage(draft).cut == pytest.approx(200 / ranked, abs=0.01)

    def test_a_bar_stands_on_the_ground_and_is_the_higher_the_better_its_candidate(self, draft):
        bars = DraftPage(draft).bars
        assert {round(bar.top + bar.height, 1) for bar in bars} == {100}
        heights = [bar.height for bar in bars]
        assert heights == sorted(heights, reverse=True)
        assert (heights[0], heights[-1]) == (100, 12)

    @pytest.mark.parametrize(
        ("edtfs", "labels"),
        [
            (
                ["1941-03", "2018-06"],
                ["1941", "1951", "1961", "1971", "1981", "1991", "2001", "2011"],
            ),
            (["2017-11", "2018-02-03"], ["Nov 2017", "Dec", "Jan 2018", "Feb"]),
        ],
    )
    def test_the_ticks_of_an_axis_are_whole_steps_apart(self, edtfs, labels):
        ticks = Axis(edtfs).ticks
        assert [tick.label for tick in ticks] == labels
        assert [tick.x for tick in ticks] == sorted({tick.x for tick in ticks})


def test_a_title_that_ends_in_a_full_stop_gets_no_second_one(alice: Client) -> None:
    draft = ferry_draft()
    one = card(draft, "sinks")
    draft.candidates.filter(pk=one.pk).update(title="Hawks gain in Washington D.C.")
    data = {"do": "accept", "candidate": one.pk}
    page = words_of(alice.post(draft.get_absolute_url(), data, follow=True))
    assert "Accepted: Hawks gain in Washington D.C. It waits" in page
    assert "D.C.." not in page
    assert "Hawks gain in Washington D.C. Accepted" in page


def test_a_new_title_leads_back_to_the_candidates(alice: Client, draft: Draft) -> None:
    url = reverse("admin:timeline_draft_change", args=[draft.pk])
    sent = {"title": "The ferry", "about": "ferry", "timeline": "", "_save": "Save"}
    assert alice.post(url, sent).url == draft.get_absolute_url()
