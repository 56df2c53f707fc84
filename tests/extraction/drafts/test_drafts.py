"""From many articles to ranked candidates."""

import random
from dataclasses import replace
from datetime import date

import pytest

from tests.extraction.drafts.stories import COMMENTS, FERRY, GUIDE, SPEECH, source, stories
from timeline.extraction.drafts import Candidate, Draft, draft
from timeline.extraction.drafts.candidates import _of_date


def titled(made: Draft, words: str) -> Candidate:
    """Return the first candidate with these words in its title."""
    return next(candidate for candidate in made.candidates if words in candidate.title)


def test_one_event_told_by_several_articles_is_one_candidate_in_order_of_publication():
    sinking = draft(FERRY).candidates[0]
    assert sinking.day == date(2031, 5, 4)
    assert [report.article for report in sinking.reports] == [
        "alma",
        "captain",
        "charge",
        "memorial",
    ]
    assert "sink" in sinking.title


def test_a_day_that_later_articles_recall_stands_before_one_told_as_often_at_once():
    told = {"2031-06-01": ("2031-06-11", "2031-06-12"), "2031-06-20": ("2031-06-21", "2031-06-21")}
    sources = [
        source(f"{day}-{n}", published, f"The ferry Alma Rosa lost its licence {n} on {day}.")
        for day, days in told.items()
        for n, published in enumerate(days)
    ]
    order = [candidate.day for candidate in draft([*FERRY, *sources]).candidates]
    assert order.index(date(2031, 6, 1)) < order.index(date(2031, 6, 20))


def test_the_order_of_the_articles_never_changes_the_draft():
    articles = [*FERRY, GUIDE, COMMENTS, *stories()["unrest"].sources]
    made = draft(articles)
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert draft(articles) == made


@pytest.mark.parametrize("story", stories())
def test_every_report_of_every_article_stands_in_exactly_one_candidate(story):
    sources = [*stories()[story].sources, GUIDE]
    told = [(s.id, number) for s in sources for number in range(len(s.found.events))]
    kept = [
        (report.article, report.number)
        for candidate in draft(sources).candidates
        for report in candidate.reports
        if report.number is not None
    ]
    assert sorted(kept) == sorted(told)


def test_a_quote_beside_the_event_comes_along():
    minister = next(c for c in draft(FERRY).candidates for q in c.quotes if q.actor == "Ines Karo")
    (quote,) = minister.quotes
    assert (quote.article, quote.text) == ("captain", "We ask who let it sail,")
    assert FERRY[1].found.quotes[quote.number].text == quote.text


def test_a_report_of_another_status_is_told_apart_and_the_latest_counts():
    made = draft(
        [
            source("plan", "2031-05-02", "King Olav will open the bridge of Selm on 10 May 2031."),
            source("news", "2031-05-10", "King Olav opened the bridge of Selm on 10 May 2031."),
        ]
    )
    opening = titled(made, "bridge of Selm")
    assert [report.status for report in opening.reports] == ["planned", "occurred"]
    assert opening.status == "occurred"
    assert [report.article for report in opening.disagreeing] == ["plan"]


def test_a_day_that_a_sentence_names_without_an_event_has_that_sentence():
    made = draft(
        [*FERRY, source("note", "2031-07-02", "4 June 2031: no ferry at all in Port Selby.")]
    )
    (named,) = [c for c in made.candidates if c.day == date(2031, 6, 4)]
    assert named.title == "4 June 2031: no ferry at all in Port Selby."
    assert named.reports[0].number is None


def test_a_day_that_a_chronicle_of_the_story_lists_stands_before_one_that_two_articles_tell():
    chronicle = source(
        "chronicle",
        "2031-07-20",
        "4 May 2031: The ferry Alma Rosa sinks off Port Selby.",
        "5 May 2031: Police arrest the captain of the ferry.",
        "9 May 2031: Divers raise the ferry Alma Rosa.",
        "20 June 2031: Prosecutors charge the captain of the ferry.",
        "1 July 2031: A memorial for the dead of the ferry opens in Port Selby.",
    )
    hymns = [
        source(
            f"hymn{n}",
            f"2031-07-2{n}",
            "A choir sang for the dead of the ferry Alma Rosa in Port Selby on 11 May 2031.",
        )
        for n in range(2)
    ]
    days = [candidate.day for candidate in draft([*FERRY, chronicle, *hymns]).candidates]
    assert days.index(date(2031, 5, 9)) < days.index(date(2031, 5, 11))


def test_both_ends_of_a_stated_span_are_days_that_it_names():
    made = draft([*FERRY, source("talks", "2031-07-02", "Ferry talks: from 3 to 6 June 2031.")])
    days = {candidate.day for candidate in made.candidates}
    assert {date(2031, 6, 3), date(2031, 6, 6)} <= days


def test_two_articles_of_one_id_are_refused():
    with pytest.raises(ValueError, match="one id"):
        draft([FERRY[0], FERRY[0]])


def test_background_of_long_before_stands_behind_the_story():
    old = [
        source(f"old{n}", f"2031-05-0{n}", "The ferry Alma Rosa was built in Hale on 3 March 1975.")
        for n in range(6, 9)
    ]
    days = [candidate.day for candidate in draft([*FERRY, *old]).candidates]
    assert days.index(date(1975, 3, 3)) > days.index(date(2031, 5, 5))


def test_reports_of_one_month_are_one_event_where_their_words_agree():
    coast = source("coast", "2014-01-06", "The new Kessel dam is to open in May 2014.")
    tide = source("tide", "2014-01-07", "Aldona Power is to open the new Kessel dam in May 2014.")
    other = source("other", "2014-01-07", "Nora Vale will visit the port of Selby in May 2014.")
    planned = [one for one in draft([coast, tide, other]).candidates if one.edtf == "2014-05"]
    assert sorted(len(one.reports) for one in planned) == [1, 2]


def test_a_day_of_which_only_a_quotation_tells_stands_under_the_headline():
    said = "“It is over,” Mayor Jana Prokop said."
    bare = source("bare", "2014-05-05", said)
    told = replace(bare, headline="Holm loses appeal")
    candidate = next(one for one in draft([told]).candidates if one.edtf == "2014-05-05~")
    assert candidate.title == "Holm loses appeal"
    assert candidate.reports[0].text == said


def test_no_articles_make_an_empty_draft_and_an_empty_text_is_no_fault():
    assert draft([]).candidates == ()
    assert draft([source("empty", "2031-05-05", "")]).candidates == ()


@pytest.mark.parametrize(
    "dateline",
    ["", "SELM (Harbour Wire) -- ", "Special to the Post (AP) -- ", "By Ada Brook (NTB) — "],
)
def test_a_sentence_that_is_a_title_begins_behind_its_dateline(dateline):
    plan = "King Olav will open the bridge of Selm in May 2031."
    made = draft([source("plan", "2031-05-02", dateline + plan)])
    assert plan in [candidate.title for candidate in made.candidates]


class TestReasons:
    def test_the_rank_the_date_and_the_title_are_explained_by_rules_words_and_numbers(self):
        for candidate in draft(FERRY).candidates:
            reasons = {decision.of: decision for decision in candidate.decisions}
            assert reasons["rank"].value == f"{candidate.score:.2f}"
            assert reasons["date"].value == candidate.edtf
            assert reasons["title"].spans
            assert all(decision.rule.startswith("drafts:") for decision in candidate.decisions)

    def test_a_date_says_how_many_state_it_and_which_others_are_stated(self):
        one, *_ = draft(FERRY).candidates[0].reports
        told = [replace(one, edtf=edtf) for edtf in ("2031-05-04", "2031-05-04", "2031-05", "")]
        assert _of_date(told, "2031-05-04") == "drafts: stated by 2 of 4, others 2031-05"
        assert _of_date(told[:2], "2031-05-04") == "drafts: stated by 2 of 2"

    def test_the_first_candidate_says_how_many_articles_recall_its_day(self):
        first = draft(FERRY).candidates[0]
        assert "2 articles look back on it" in [words for words, _ in first.parts]
        assert "told by 4 articles" in first.decisions[0].rule

    def test_the_score_of_each_is_the_sum_of_its_parts(self):
        for candidate in draft([*FERRY, GUIDE]).candidates:
            assert candidate.parts
            assert candidate.score == pytest.approx(sum(worth for _, worth in candidate.parts))

    def test_each_report_that_was_joined_says_by_which_pair(self):
        sinking = draft(FERRY).candidates[0]
        joined = [decision for decision in sinking.decisions if decision.of == "joined"]
        assert len(joined) == len(sinking.reports) - 1
        assert all("pair " in decision.rule for decision in joined)


class TestTheTopic:
    def test_it_is_found_from_the_articles_themselves(self):
        assert {"ferri", "alma", "rosa"} <= set(draft([*FERRY, GUIDE]).topic)

    def test_an_article_off_the_topic_stands_aside_with_its_nearness(self):
        cup = source(
            "cup", "2031-05-05", "Hale won the cup on Monday.", "Their striker scored twice."
        )
        made = draft([*FERRY, cup])
        verdict = next(verdict for verdict in made.articles if verdict.article == "cup")
        assert verdict.is_aside
        assert verdict.nearness < 0.3
        assert titled(made, "cup").aside.startswith("off the topic")

    def test_keywords_turn_a_folder_of_two_stories_to_the_smaller_one(self):
        storm = stories()["storm"].sources
        mixed = [*FERRY, *storm]
        assert "ferri" in draft(mixed, ["ferry", "Alma"]).topic[:2]
        assert "otto" in draft(mixed, ["hurricane", "Otto"]).topic


class TestPagesThatAreNoArticle:
    @pytest.mark.parametrize(
        ("page", "kind"),
        [(GUIDE, "programme guide"), (COMMENTS, "readers' comments"), (SPEECH, "transcript")],
    )
    def test_it_is_told_apart_by_its_kind_and_words(self, page, kind):
        verdict = next(v for v in draft([*FERRY, page]).articles if v.article == page.id)
        assert (verdict.kind, verdict.is_aside) == (kind, True)
        (reason,) = [decision for decision in verdict.decisions if decision.of == "page"]
        assert reason.spans
        assert "in 1,000 words" in reason.rule

    def test_none_of_its_events_stands_before_those_of_articles(self):
        candidates = draft([*FERRY, GUIDE, COMMENTS]).candidates
        aside = [bool(candidate.aside) for candidate in candidates]
        assert any(aside)
        assert aside == sorted(aside)

    def test_an_article_with_a_few_of_its_signs_is_none(self):
        article = source(
            "a", "2031-05-05", *(s for s in FERRY[0].text.splitlines()), "Report abuse"
        )
        assert not draft([article]).articles[0].kind


def test_the_pairs_that_are_compared_grow_with_the_reports_and_not_with_their_square():
    def compared(reports: int) -> tuple[int, int]:
        sentences = [
            f"Soldiers shot {n} protesters in Dels{n} on Friday." for n in range(2, reports)
        ]
        found = draft([source(f"a{n}", "2031-04-25", s) for n, s in enumerate(sentences)])
        return found.compared, sum(len(c.reports) for c in found.candidates)

    few, few_reports = compared(52)
    many, many_reports = compared(152)
    assert (few_reports, many_reports) == (50, 150)
    assert many < 4 * few
