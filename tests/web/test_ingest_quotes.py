"""What an article suggests as somebody's words, and what then is no event beside them."""

import pytest

from tests import factories
from tests.web.desk import FERRY
from timeline.ingest import ingest
from timeline.models import Quote, Suggestion

pytestmark = pytest.mark.django_db


def test_a_quote_is_suggested_with_its_speaker() -> None:
    quotes = [one for one in ingest(FERRY).suggestions if one.type == Suggestion.Type.QUOTE]
    assert [(one.text, one.speaker, one.is_partial) for one in quotes] == [
        ("We will sail again before the summer is over,", "Nora Vale", False)
    ]


def test_reported_speech_is_no_quote_and_words_within_it_are_a_partial_one() -> None:
    told = FERRY.replace(
        '"We will sail again before the summer is over," Vale told reporters after the meeting.',
        'Vale said that fares will stay as they are. Strand said the crossing would be "short and'
        ' safe" in summer.',
    )
    quotes = [one for one in ingest(told).suggestions if one.type == Suggestion.Type.QUOTE]
    assert [(one.text, one.speaker, one.is_partial) for one in quotes] == [
        ("short and safe", "Piet Strand", True)
    ]


def titles_beside(quote: str) -> list[str]:
    """The titles that an article suggests whose one quotation is `quote`."""
    told = FERRY.replace(
        '"We will sail again before the summer is over," Vale told reporters after the meeting.',
        quote,
    )
    suggested = ingest(told).suggestions
    assert any(one.type == Suggestion.Type.QUOTE for one in suggested)
    return [one.title for one in suggested if one.type == Suggestion.Type.REPORT]


def test_what_a_quote_tells_is_no_report_too() -> None:
    titles = titles_beside('"Our crews have built a new pier," Vale said.')
    assert not [title for title in titles if "Statement" in title or "build" in title]


def test_what_a_quote_tells_is_no_report_for_the_day_that_the_article_is_about() -> None:
    titles = titles_beside('"We heard a bang and the lights went out," said Vale.')
    assert not [title for title in titles if "ights" in title]


def test_what_a_quote_dates_is_a_report_too() -> None:
    titles = titles_beside('"The mayor will meet the union in Sandhaven on Friday," Vale said.')
    assert [title for title in titles if "meet" in title and "union" in title]


def test_a_quote_that_is_held_already_is_not_made_twice_when_accepted() -> None:
    citation = factories.article(
        "2018-05-16",
        "Ministers agree to reopen the Elmsport ferry line",
        outlet=factories.outlet("Tidewire"),
        lead="LEAD",
    )
    vale = factories.actor("Nora Vale")
    held = factories.quote("We will sail again before the summer is over", citation, vale)
    ingest(FERRY)
    suggestion = Suggestion.objects.get(type="quote", text__startswith="We will sail")
    assert suggestion.accept(by=factories.editor()) == held
    assert Quote.objects.count() == 1
