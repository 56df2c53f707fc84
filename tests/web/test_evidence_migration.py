"""What was stored of the evidence as a sentence becomes data, and reads well."""

import importlib

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from timeline import basis
from timeline.models import Suggestion

pytestmark = pytest.mark.django_db


migration = importlib.import_module("timeline.migrations.0005_basis_of_evidence")


BASE = {"edtf": "2018-03-28", "of": "publication"}


@pytest.mark.parametrize(
    ("stored", "date", "status"),
    [
        (
            "“today” + published Wed 28 March 2018, past tense → 28 March 2018; “met”: occurred.",
            {"rule": "relative", "base": BASE, "spans": [{"exact": "today"}]},
            {"rule": "told", "spans": [{"exact": "met"}]},
        ),
        (
            "“1950-53” states the date → 1950–1953; “ended”: occurred.",
            {"rule": "stated", "spans": [{"exact": "1950-53"}]},
            {"rule": "told", "spans": [{"exact": "ended"}]},
        ),
        (
            "no date stated; “called”: cancelled.",
            {"rule": "not-set"},
            {"rule": "cue", "spans": [{"exact": "called"}]},
        ),
        (
            "no date stated, told as news of the day of publication, 28 May 2018; “will”: planned.",
            {"rule": "published", "base": BASE},
            {"rule": "cue", "spans": [{"exact": "will"}]},
        ),
        (
            "no date of its own, the article is at “May” states the date → May; “left”: occurred.",
            {"rule": "stated", "spans": [{"exact": "May"}], "link": "in-focus"},
            {"rule": "told", "spans": [{"exact": "left"}]},
        ),
        (
            "“June 1” + published Wed 28 May 2018, the nearest → 1 June 2018; “June 1”: planned.",
            {"rule": "relative", "base": BASE, "spans": [{"exact": "June 1"}]},
            {"rule": "ahead"},
        ),
    ],
)
def test_a_stored_sentence_becomes_data_as_far_as_it_is_certain(stored, date, status):
    found = migration.basis_of(stored, "2018-03-28", exact="")
    assert found == {"date": date, "status": status}
    basis.check(found)


@pytest.mark.parametrize(
    ("stored", "fragment", "marked", "note"),
    [
        (
            "‘two-day’, ended ‘Wednesday’, dateline 20 Jun 2018 (a Wednesday) → 19-20 June 2018",
            "his two-day visit that ended Wednesday",
            ["two-day", "Wednesday"],
            "Ended “Wednesday”, dateline 20 Jun 2018 (a Wednesday).",
        ),
        (
            "‘June 12’ and ‘back on’, published 1 Jun 2018 → 2018-06-12, planned again",
            "June 12 is back on",
            ["June 12", "back on"],
            "Published 1 Jun 2018. Planned again.",
        ),
        (
            "‘June 12’ and ‘next month’, published May 2018 → 2018-06-12",
            "scheduled for June 12",
            ["June 12"],
            "“June 12” and “next month”, published May 2018.",
        ),
        (
            "‘Thursday’, published Thu 8 Mar 2018 → same day (Washington time; 9 Mar in Seoul)",
            "an official said Thursday",
            ["Thursday"],
            "Published Thu 8 Mar 2018. Washington time; 9 Mar in Seoul.",
        ),
        (
            "‘late April’ → last third of April 2018, start approximate (from the caption)",
            "a meeting in late April",
            ["late April"],
            "Start approximate (from the caption).",
        ),
        (
            "conditional and undated → after publication, open end",
            "would shut it down",
            [],
            "Conditional and undated. After publication, open end.",
        ),
        ("‘1950-53’ → 1950/1953", "the 1950-53 war", ["1950-53"], ""),
        ("‘May’ → May 2018", "the Mayor", [], "The article says “May”."),
        (
            "‘Li’s visit’, told before → 3 May 2018",
            "during Li’s visit",
            ["Li’s visit"],
            "Told before.",
        ),
        (
            "photo caption: ‘on Sept. 20, 2018’",
            "a joint trip",
            [],
            "Photo caption: “on Sept. 20, 2018”.",
        ),
        ("Two days after the date before it.", "", [], "Two days after the date before it."),
    ],
)
def test_any_other_stored_sentence_marks_its_words_and_reads_well(stored, fragment, marked, note):
    found = basis.read(migration.basis_of(stored, "2018-03-28", fragment))
    assert [span.exact for span in found.date.spans] == marked
    assert found.note == note


def test_what_an_extraction_wrote_keeps_its_status_where_its_date_is_a_remark():
    stored = (
        "“Two days later” + the date before it, 28 April 1945 → 30 April 1945; “was”: occurred."
    )
    assert migration.basis_of(stored, "2018-03-28", "Two days later it was over.") == {
        "date": {"spans": [{"exact": "Two days later"}]},
        "status": {"rule": "told", "spans": [{"exact": "was"}]},
        "note": "Counted from the date before it, 28 April 1945.",
    }


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("so it is " * 200, "so it is " * 190),
        (f"‘{'w' * 400}’, published March 2018 → May 2018", "w" * 400),
        (f"‘{'w' * 400}’, published March 2018 → May 2018", "ublished March 2018"),
        (f"“a” states the date → b; “{'w' * 400}”: planned.", f"“{'w' * 400}”: planned."),
        ("‘a’, " * 20 + "published March 2018", "ublished March 2018"),
        ("x" * 100_000, "x" * 4000 + "…"),
    ],
    ids=["sentence", "words", "words-note", "status", "many-words", "book"],
)
def test_nothing_that_the_migration_stores_is_more_than_the_pages_read(stored, kept):
    found = migration.basis_of(stored, "2018-03-28", f"a {'w' * 400}")
    basis.check(found)
    read = basis.read(found)
    assert read.as_data() == found
    assert kept[-999:] in read.note


def test_the_migration_gives_the_words_their_place(transactional_db):
    executor = MigrationExecutor(connection)
    before = [("timeline", "0004_find_candidates_by_day_and_name")]
    executor.migrate(before)
    old = executor.loader.project_state(before).apps
    outlet = old.get_model("timeline", "Outlet").objects.create(slug="h", name="Harbour News")
    article = old.get_model("timeline", "Article").objects.create(
        outlet=outlet,
        slug="a",
        headline="A",
        published="2018-03-28",
        published_on="2018-03-28",
        published_at="2018-03-28T23:59:59Z",
        body="Li met Kim on Tuesday.",
    )
    old.get_model("timeline", "Suggestion").objects.create(
        article=article,
        type="report",
        title="Li meets Kim",
        status="occurred",
        stance="reports",
        exact="Li met Kim on Tuesday.",
        start=0,
        end=22,
        derivation=(
            "“on Tuesday” + published Wed 28 March 2018, past tense → 27 March 2018; "
            "“met”: occurred."
        ),
    )
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    kept = Suggestion.objects.get()
    assert kept.basis["date"]["spans"] == [{"exact": "on Tuesday", "start": 11, "end": 21}]
    assert kept.derivation == (
        "“on Tuesday” is counted from the article’s day, Wednesday 28 March 2018."
    )
