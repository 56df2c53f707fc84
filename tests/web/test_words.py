"""Words are found whole, as beginnings and as phrases, and never before they were published."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from timeline.models import Actor, Alias, Event, Report, Timeline
from timeline.models.words import Term, index_words, terms_of, tokens_of
from timeline.selection import Results, Selection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


def found(query: str, known: str = "") -> list[str]:
    day = dt.date.fromisoformat(known) if known else None
    return [
        one.shown_title
        for one in Results(Selection(Timeline.objects.get(), known=day, q=query)).page
    ]


@pytest.fixture
def summit() -> Event:
    event = make.event("Summit on warships", edtf="2018-06-12", summary="It ended in a treaty.")
    early = make.article("2018-05-02")
    late = make.article("2018-06-12")
    make.report(event, early, status="planned", title="Meeting of leaders", exact="They may meet.")
    make.report(event, late, exact="The leaders’ historic handshake, in Café Zürich")
    nora = make.actor("Nora Vale-Strand")
    make.takes_part(nora, event)
    Alias.objects.create(actor=nora, name="노라 베일", is_published=True)
    Alias.objects.create(actor=nora, name="Hidden", is_published=False)
    make.quote("Peace at last", late, nora, event)
    make.timeline(event)
    return event


@pytest.mark.parametrize(
    "query",
    [
        "summit", "SUMMIT", "summ", "warship", "cafe zurich", "CAFÉ", "handshake historic",
        '"historic handshake"', "“historic handshake”", "vale-strand", "strand nora", "노라",
        "treaty", "peace", "hand*", "leaders", "lead", "",
    ],
)  # fmt: skip
def test_what_is_there_is_found(summit, query):
    assert found(query) == ["Summit on warships"]


@pytest.mark.parametrize(
    "query",
    [
        "war", "mit", "ships", '"handshake historic"', "hidden", '"hand"', "sum", "nora absent",
        "meeting",  # what it was called once, and is not now
    ],
)  # fmt: skip
def test_what_is_not_there_is_not(summit, query):
    assert found(query) == []


def test_on_a_day_only_what_was_known_is_found(summit):
    day = "2018-05-02"
    for hindsight in ("summit", "treaty", "handshake", "peace", "nora", "노라"):
        assert found(hindsight, day) == [], hindsight
    assert found("meeting", day) == found("may meet", day) == ["Meeting of leaders"]


def test_what_is_corrected_renamed_or_deleted_is_found_as_it_is_now(summit):
    Report.objects.filter(exact__contains="historic").update(exact="A cold greeting")
    Actor.objects.update(name="Mira Strand")
    assert (found("historic"), found("cold greeting")) == ([], [summit.title])
    assert (found("nora"), found("mira")) == ([], [summit.title])
    Event.objects.get().quotes.all().delete()
    assert found("peace") == []


def test_a_draft_is_in_the_index_and_in_no_answer(summit):
    draft = make.event("Secret talks", published=False)
    make.report(draft, make.article("2018-05-03"), exact="They hid in Elmsport.")
    Timeline.objects.get().events.add(draft)
    assert found("secret") == found("elmsport") == []


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("sea peace", [Term(("sea",), False), Term(("peace",), True)]),
        ('"sea peace" un', [Term(("sea", "peace"), False), Term(("un",), False)]),
        ("un* -- !", [Term(("un",), True)]),
        ('"open', [Term(("open",), False)]),
        ("Kim Jong-un", [Term(("kim",), False), Term(("jong", "un"), False)]),
        ("NEAR(a b) OR c:d & e | f", None),
        ('";DROP TABLE', None),
    ],
)
def test_a_query_is_words_phrases_and_beginnings_and_no_language(summit, query, terms):
    assert terms is None or terms_of(query) == terms
    found(query)  # and the database takes it


def test_accents_case_and_scripts_are_one_word():
    assert tokens_of("Ünal’s CAFÉ-Bar, ﬁne 김정은 ½") == [
        "unal",
        "s",
        "cafe",
        "bar",
        "fine",
        "김정은",
        "1",
        "2",
    ]


class TestDerive:
    def test_it_finds_nothing_wrong_with_what_was_written(self, summit, capsys):
        call_command("derive", check=True)
        assert "agrees" in capsys.readouterr().out

    def test_it_names_what_the_index_lacks_or_holds_too_much_and_mends_it(self, summit, capsys):
        index_words(Event, summit.pk, None)
        index_words(Event, 999, {"title": "Gone"})
        with pytest.raises(CommandError, match="3 differ"):
            call_command("derive", check=True)
        assert "'Summit on warships'" in capsys.readouterr().err
        call_command("derive")
        call_command("derive", check=True)

    def test_it_names_an_event_that_the_columns_show_otherwise(self, summit, monkeypatch, capsys):
        monkeypatch.setattr(
            "timeline.selection.checking.defined", lambda *_: {summit.pk: ("cancelled",)}
        )
        with pytest.raises(CommandError):
            call_command("derive", check=True)
        assert f"Event {summit.pk} of “The harbour” on 2018-05-02" in capsys.readouterr().err
