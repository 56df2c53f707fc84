"""A body that changes keeps its evidence: found again by its words and context, or flagged."""

import pytest

from tests import factories as make
from tests.web.desk import decide, desk, form_of, suggest, words_of
from timeline.models import Article, Quote, Report, Suggestion

pytestmark = pytest.mark.django_db

BODY = (
    "The ferry sails on Tuesday.\n\nVale met Strand on Tuesday in Elmsport, officials said.\n\n"
    "“We will sail again,” Vale said."
)
WORDS = "met Strand on Tuesday in Elmsport"


@pytest.fixture
def paper(db: None) -> Article:
    return make.article("2018-05-16", body=BODY)


@pytest.fixture
def report(paper: Article) -> Report:
    """A report of the meeting, with the word that its date was read from."""
    at = BODY.index("on Tuesday in")
    basis = {
        "date": {
            "rule": "weekday",
            "spans": [{"exact": "Tuesday", "start": at + 3, "end": at + 10}],
        }
    }
    made = make.report(make.event("Meeting"), paper, basis=basis)
    made.locate(BODY, BODY.index(WORDS), BODY.index(WORDS) + len(WORDS))
    made.save()
    return made


@pytest.fixture
def quote(paper: Article) -> Quote:
    made = make.quote("We will sail again", paper, make.actor("Nora Vale"))
    start = BODY.index("We will")
    made.locate(BODY, start, start + len("We will sail again"))
    made.save()
    return made


def change(paper: Article, body: str) -> None:
    paper.body = body
    paper.correct(["body"], None)


def stands(evidence) -> str | None:
    evidence.refresh_from_db()
    if evidence.start is None:
        return None
    body = Article.objects.get(pk=evidence.article_id).body
    return body[evidence.start : evidence.end]


def test_words_are_found_again_where_text_was_put_before_them(paper, report, quote) -> None:
    change(paper, f"(LEAD) Rewritten.\n\n{BODY}")
    assert (stands(report), stands(quote)) == (WORDS, "We will sail again")
    span = report.read_from.date.spans[0]
    assert paper.body[span.start :].startswith("Tuesday in Elmsport")


def test_words_that_stand_twice_are_found_by_their_context(paper, report) -> None:
    twice = "Others met Strand on Tuesday in Elmsport as well.\n\n" + BODY
    change(paper, twice)
    assert report.prefix.endswith("Vale ")
    assert stands(report) == WORDS
    assert report.start == twice.index("Vale met") + len("Vale ")


def test_words_broken_over_other_lines_are_found(paper, report) -> None:
    change(paper, BODY.replace("Strand on Tuesday", "Strand\non  Tuesday"))
    assert stands(report) == "met Strand\non  Tuesday in Elmsport"


def test_what_is_not_found_keeps_its_words_and_is_flagged(alice, paper, report, quote) -> None:
    change(paper, BODY.replace("on Tuesday in Elmsport", "on Monday in Sandhaven"))
    assert stands(report) is None
    assert report.exact == WORDS
    assert stands(quote) == "We will sail again"
    said = words_of(alice.get(desk(paper)))
    assert "Not in this text any more" in said
    assert WORDS in said
    assert WORDS in words_of(alice.get("/desk/timeline/report/?adrift=yes"))
    assert "0 quotes" in words_of(alice.get("/desk/timeline/quote/?adrift=yes"))


def test_what_comes_back_is_found_again(paper, report) -> None:
    change(paper, "Another text altogether.")
    assert stands(report) is None
    change(paper, f"Corrected. {BODY}")
    assert stands(report) == WORDS


def test_two_places_that_fit_alike_are_not_guessed_between(paper, report) -> None:
    report.prefix = report.suffix = ""
    report.save()
    change(paper, f"{BODY}\n\n{BODY}")
    assert stands(report) is None


def test_a_short_word_that_stands_elsewhere_is_not_taken_for_it(paper) -> None:
    made = make.report(make.event("Meeting"), paper)
    made.locate(BODY, BODY.index("Vale met"), BODY.index("Vale met") + len("Vale"))
    made.save()
    change(paper, "In the end Vale stayed.")
    assert stands(made) is None


def test_a_body_that_is_taken_away_flags_nothing(alice, paper, report) -> None:
    change(paper, "")
    assert stands(report) is None
    assert "Not in this text any more" not in words_of(alice.get(desk(paper)))
    change(paper, BODY)
    assert stands(report) == WORDS


def test_a_suggestion_that_drifted_can_still_be_decided(alice, paper) -> None:
    card = suggest(paper, WORDS, title="Vale and Strand meet")
    change(paper, "Another text altogether.")
    assert "not in the text any more" in words_of(alice.get(desk(paper)))
    decide(alice, card, "accept")
    assert Suggestion.objects.get().state == "accepted"
    assert Report.objects.get().exact == WORDS


def test_the_form_of_an_article_says_what_its_new_text_lacks(alice, paper, report, quote) -> None:
    sent = form_of(alice, paper) | {"body": BODY.replace("on Tuesday in", "on Monday in")}
    page = alice.post(f"/desk/timeline/article/{paper.pk}/change/", sent, follow=True)
    assert "Not found in the text as it is now: 1 report." in words_of(page)
    assert stands(quote) == "We will sail again"


def test_other_corrections_leave_the_evidence_as_it_is(paper, report) -> None:
    Report.objects.filter(pk=report.pk).update(prefix="left alone")
    paper.headline = "Another"
    paper.correct(["headline"], None)
    report.refresh_from_db()
    assert report.prefix == "left alone"


def test_a_decision_is_undone_after_its_evidence_has_moved(alice, paper) -> None:
    card = suggest(paper, WORDS, title="Vale and Strand meet")
    decide(alice, card, "accept")
    paper.refresh_from_db()
    change(paper, f"(LEAD) Rewritten.\n\n{BODY}")
    alice.post(desk(paper), {"do": "undo"})
    assert not Report.objects.exists()
    card.refresh_from_db()
    assert (card.state, stands(card)) == ("pending", WORDS)
