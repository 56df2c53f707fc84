"""Bringing articles in, from a file to suggestions. All articles but the seeds are our own."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models.sql import compiler
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from edtf import parse_edtf
from pyparsing import ParserElement

from tests import factories
from tests.web.desk import FERRY
from timeline import ingest as ingesting
from timeline import proposals
from timeline.extraction import read_article
from timeline.ingest import MAX_BYTES, Result, UnreadableError, ingest, read_bounded
from timeline.models import Article, Event, Outlet, Paragraph, Report, Suggestion
from timeline.models.slugs import MOST_ALIKE, free_slug

pytestmark = pytest.mark.django_db
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))


def run(*paths: object, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run `manage.py ingest` here; return its exit status, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    status, real = 0, sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    try:
        call_command("ingest", *map(str, paths), stdout=out, stderr=err)
    except SystemExit as stopped:
        status = stopped.code
    finally:
        sys.stdin = real
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.txt"
    file.write_text(FERRY, encoding="utf-8")
    return file


def test_an_article_is_stored_with_every_field() -> None:
    article = ingest(FERRY).article
    article.refresh_from_db()
    assert article.headline == "Ministers agree to reopen the Elmsport ferry line"
    assert article.labels == ["Port Watch"]
    assert (article.lead, article.section, article.byline) == ("LEAD", "Coast", "Ada Brook")
    assert article.published == "2018-05-16T10:30:00+09:00"
    assert article.dateline_place == "ELMSPORT"
    assert str(article.dateline_date) == "2018-05-16"
    assert article.dateline_agency == "Tidewire"
    assert article.correction == "RECASTS headline; ADDS quote in paras 2-3"
    assert article.correction_paragraphs == [2, 3]
    assert article.captions == ["The mayor opens the new pier in Elmsport. (Tidewire)"]
    assert len(article.paragraphs) == 5
    assert "Send Feedback" not in article.body
    assert "mayor" not in article.body


def test_an_unknown_outlet_is_made_and_a_known_one_is_found_by_any_of_its_names() -> None:
    factories.outlet("Tidewire News Agency")
    assert ingest(FERRY).article.outlet.name == "Tidewire News Agency"
    other = ingest(FERRY.replace("(Tidewire)", "(Gullpress)")).article.outlet
    assert (other.name, other.kind) == ("Gullpress", Outlet.Kind.AGENCY)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("Tidewire News Agency", "TIDEWIRE"),
        ("Tidewire News Agency", "tidewire news agency"),
        ("Tidewire Central News Agency", "Tidewire"),
        ("Tidewire", "Tidewire"),
        ("항구 통신", "항구 통신"),
        ("Волна", "ВОЛНА"),
        ("Écho du Port", "écho du port"),
    ],
)
def test_an_outlet_is_found_in_any_case_and_script(known: str, said: str) -> None:
    factories.outlet("Gullpress")
    outlet = factories.outlet(known)
    page = replace(read_article(FERRY), outlet=said)
    with CaptureQueriesContext(connection) as queries:
        assert ingesting._outlet(page) == outlet
    assert len(queries) == 1


def test_what_an_article_suggests_stands_at_its_words_with_its_date() -> None:
    outcome = ingest(FERRY)
    reports = [one for one in outcome.suggestions if one.type == Suggestion.Type.REPORT]
    meeting = next(one for one in reports if one.edtf == "2018-05-15")
    assert "Tuesday" in meeting.exact
    assert meeting.derivation
    for one in outcome.suggestions:
        assert outcome.article.body[one.start : one.end] == one.exact


def test_the_same_file_twice_adds_nothing_and_says_so(saved: Path) -> None:
    run(saved)
    before = list(Suggestion.objects.values())
    status, out, _ = run(saved)
    assert status == 0
    assert "already here, nothing new" in out
    assert Article.objects.count() == 1
    assert list(Suggestion.objects.values()) == before


def test_the_same_article_with_another_text_is_not_overwritten() -> None:
    ingest(FERRY)
    outcome = ingest(FERRY.replace("a storm damaged", "a flood damaged"))
    assert outcome.result is Result.KEPT
    assert "a storm damaged" in Article.objects.get().body


def test_a_citation_is_completed_and_an_editors_fields_stay() -> None:
    tidewire = factories.outlet("Tidewire")
    citation = factories.article(
        "2018-05-16",
        "Ministers agree to reopen the Elmsport ferry line",
        outlet=tidewire,
        lead="LEAD",
        abstract="The ferry is to run again.",
        note="Checked by phone.",
        url="https://example.org/ferry",
        byline="A. Brook",
    )
    outcome = ingest(FERRY)
    completed = Article.objects.get()
    assert outcome.result is Result.COMPLETED
    assert completed.pk == citation.pk
    assert completed.slug == citation.slug
    assert completed.abstract == "The ferry is to run again."
    assert completed.note == "Checked by phone."
    assert completed.url == "https://example.org/ferry"
    assert completed.byline == "A. Brook"
    assert completed.section == "Coast"
    assert completed.published == "2018-05-16T10:30:00+09:00"
    assert len(completed.paragraphs) == 5


def citation(**fields: object) -> Article:
    """The ferry article as a citation without its text, which readers see unless told otherwise."""
    given = {"outlet": factories.outlet("Tidewire"), "lead": "LEAD", "is_published": True}
    headline = "Ministers agree to reopen the Elmsport ferry line"
    return factories.article("2018-05-16", headline, **(given | fields))


def seen(client: Client, *articles: Article) -> list[bytes]:
    """What readers see of articles."""
    urls = ["/articles/", *(one.get_absolute_url() for one in articles)]
    return [client.get(url).content for url in urls]


@pytest.mark.parametrize("through", ["itself", "a report", "a quote"])
def test_of_a_citation_that_readers_see_only_what_they_do_not_see_is_filled(
    client: Client, through: str
) -> None:
    cited = citation(is_published=through == "itself", byline="A. Brook")
    if through == "a report":
        factories.report(factories.event(), cited)
    if through == "a quote":
        factories.quote("We sail", cited, factories.actor("Nora Vale"))
    before = seen(client, cited)
    outcome = ingest(FERRY)
    assert outcome.result is Result.COMPLETED
    assert seen(client, cited) == before
    cited.refresh_from_db()
    assert len(cited.paragraphs) == 5
    assert cited.captions
    assert cited.correction
    assert cited.suggestions.exists()
    left = "labels, section, byline, dateline, changed paragraphs, time of day"
    assert outcome.left == tuple(left.split(", "))
    assert f"Left for you, because readers see this article: {left}." in str(outcome)


def test_what_a_citation_holds_as_the_file_has_it_is_not_left_to_the_editor() -> None:
    cited = citation(is_published=False)
    ingest(FERRY)
    Article.objects.update(body="", is_published=True)
    cited.suggestions.all().delete()
    assert ingest(FERRY).left == ()


def test_the_text_of_a_citation_is_not_shown_at_once_under_its_licence(client: Client) -> None:
    cited = citation(licence="CC-BY-4.0")
    before = seen(client, cited)
    outcome = ingest(FERRY)
    assert outcome.result is Result.LICENSED
    assert "its licence would show them the text" in str(outcome)
    assert seen(client, cited) == before
    cited.refresh_from_db()
    assert (cited.body, cited.suggestions.count()) == ("", 0)
    cited.unpublish(factories.editor())
    assert ingest(FERRY).result is Result.COMPLETED


def test_versions_of_a_public_article_are_not_shown_before_an_editor_says_so(
    client: Client,
) -> None:
    first, cited = citation(lead="", slug="first"), citation()
    before = seen(client, first, cited)
    assert "story" in ingest(FERRY).left
    assert seen(client, first, cited) == before
    third = ingest(FERRY.replace("(LEAD)", "(2nd LD)")).article
    assert third.story
    assert seen(client, first, cited) == before


def test_a_draft_of_a_story_brings_no_public_article_into_it(client: Client) -> None:
    held = citation(lead="3rd LD", story="ferry", slug="held")
    first = citation(lead="", slug="first")
    citation(is_published=False, story="ferry")
    Article.objects.filter(pk=held.pk).update(headline="The ferry")
    before = seen(client, held, first)
    ingest(FERRY)
    assert seen(client, held, first) == before


def test_the_evidence_of_a_citation_is_found_in_the_text_that_completes_it() -> None:
    citation = factories.article(
        "2018-05-16",
        "Ministers agree to reopen the Elmsport ferry line",
        outlet=factories.outlet("Tidewire"),
        lead="LEAD",
    )
    words = "Strand will visit Elmsport again in July"
    visit = factories.event("Strand's visit", edtf="2018-07", status="planned")
    report = factories.report(visit, citation, exact=words)
    ingest(FERRY)
    report.refresh_from_db()
    assert Article.objects.get().body[report.start : report.end] == words


def test_a_rewrite_shares_the_story_of_the_first_version() -> None:
    first = ingest(FERRY.replace("(LEAD) ", "")).article
    rewrite = ingest(FERRY).article
    first.refresh_from_db()
    assert first.story == rewrite.story != ""
    assert list(first.rewrites()) == [rewrite]


def test_a_rewrite_under_another_headline_is_known_by_its_paragraphs() -> None:
    first = ingest(FERRY).article
    renamed = FERRY.replace("(LEAD)", "(2nd LD)").replace("Ministers agree", "Governments move")
    rewrite = ingest(renamed.replace("is to sail again.", "sails again in summer.")).article
    assert list(rewrite.rewrites()) == [first]


def test_another_article_of_the_same_outlet_is_another_story() -> None:
    ingest(FERRY)
    other = """\
Fishers ask for a later season

Coast 12:00 KST May 16, 2018

ELMSPORT, May 16 (Tidewire) -- Fishers of Elmsport asked the council on Wednesday for more time.
"""
    assert ingest(other).article.story == ""


def test_a_report_of_a_known_event_is_matched_with_score_and_reasons() -> None:
    closing = factories.event("Closure of the Elmsport ferry line", edtf="2011", kind="other")
    factories.report(
        closing,
        factories.article("2011-11-02"),
        exact="the Elmsport ferry line was closed in 2011 after a storm damaged the old pier",
    )
    matched = [one for one in ingest(FERRY).suggestions if one.match == closing]
    assert matched
    assert all(one.score >= 0.5 and one.reasons for one in matched)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"   \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02", "binary"),
        (
            b"ELMSPORT, May 16, 2018 (Tidewire) -- The ferry sails again, officials said.",
            "headline",
        ),
        (b"The ferry sails again\n\nThe ferry of Elmsport sails again, officials said.", "date"),
    ],
    ids=["empty", "blank", "binary", "no headline", "no date"],
)
def test_a_file_that_is_no_article_is_named_with_its_reason(
    tmp_path: Path, raw: bytes, reason: str
) -> None:
    file = tmp_path / "odd.txt"
    file.write_bytes(raw)
    status, _, err = run(file)
    assert status == 1
    assert f"{file}: " in err
    assert reason in err.lower()
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_of_a_large_file_never_more_than_the_limit_is_read() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert size >= 0
            self.taken += size
            return b"a" * size

    endless = Endless()
    with pytest.raises(UnreadableError, match="more than 10 MB"):
        read_bounded(endless)
    assert endless.taken <= MAX_BYTES + 1
    untouched = Endless()
    with pytest.raises(UnreadableError, match=r"50\.0 MB"):
        read_bounded(untouched, 50_000_000)
    assert untouched.taken == 0


def test_a_large_file_is_named_with_its_size(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as large:
        large.truncate(50_000_000)
    status, _, err = run(file)
    assert status == 1
    assert f"{file}: It is too big for an article: 50.0 MB" in err


def test_the_others_go_on_when_one_file_fails(tmp_path: Path, saved: Path) -> None:
    status, out, err = run(tmp_path / "missing.txt", saved)
    assert status == 1
    assert "missing.txt: There is no such file." in err
    assert "1 of 2 could not be brought in." in err
    assert "stored, suggests" in out
    assert Article.objects.count() == 1


def test_a_file_that_may_not_be_read_says_so(saved: Path) -> None:
    saved.chmod(0)
    run("-")  # loads all that the command needs, for nobody may not read that either
    if root := os.geteuid() == 0:
        os.seteuid(65534)
    try:
        status, _, err = run(saved)
    finally:
        if root:
            os.seteuid(0)
    assert status == 1
    assert f"{saved}: It may not be read: permission denied." in err


def test_a_folder_is_read_at_any_depth_and_only_its_text_files(saved: Path) -> None:
    deep = saved.parent / "2018" / "may"
    deep.mkdir(parents=True)
    saved.rename(deep / "ferry.txt")
    (deep / "notes.md").write_text("not an article")
    status, out, _ = run(saved.parent)
    assert status == 0
    assert out.count("stored") == 1


def test_saved_pages_of_a_folder_are_read_and_the_frames_beside_them_are_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "ferry.HTM").write_text(FERRY)
    (tmp_path / "ferry_files").mkdir()
    (tmp_path / "ferry_files" / "advert.html").write_text("<html>Buy</html>")
    assert run(tmp_path)[0] == 0
    assert Article.objects.count() == 1


def test_a_folder_without_text_files_is_an_error(tmp_path: Path) -> None:
    status, _, err = run(tmp_path)
    assert status == 1
    assert "There is no .txt or .html file in this folder." in err


def test_standard_input_is_read_with_a_dash() -> None:
    status, out, _ = run("-", stdin=FERRY.encode())
    assert status == 0
    assert "-: “Ministers agree" in out


class Terminal(io.StringIO):
    """Standard error as a terminal has it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("files", "shown"), [(2, False), (5, True)])
def test_a_progress_bar_shows_on_a_terminal_for_more_than_a_few_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, files: int, shown: bool
) -> None:
    for number in range(files):
        (tmp_path / f"{number}.txt").write_text(FERRY.replace("ferry line", f"line {number}"))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    _, out, _ = run(tmp_path)
    assert out.count("stored") == files
    assert (f"0/{files}" in terminal.getvalue()) == shown


def test_no_progress_bar_goes_into_a_log(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(FERRY.replace("ferry line", f"line {number}"))
    run(tmp_path)
    assert "0/5" not in capsys.readouterr().err


def test_nothing_is_half_stored_when_storing_fails_midway(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("power cut")

    monkeypatch.setattr(ingesting, "_suggest", fail)
    with pytest.raises(OperationalError):
        ingest(FERRY)
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_a_free_slug_takes_one_question_however_many_are_alike() -> None:
    slugs = []
    for _ in range(MOST_ALIKE + 3):
        with CaptureQueriesContext(connection) as queries:
            slugs.append(free_slug(Outlet, "The Times"))
        assert len(queries) == 1
        Outlet.objects.create(slug=slugs[-1], name="The Times", kind=Outlet.Kind.NEWSPAPER)
    assert slugs[:3] == ["the-times", "the-times-2", "the-times-3"]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.usefixtures("demo")
def test_no_general_parser_is_asked_for_the_dates_of_a_page_or_an_article(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, parse = [], ParserElement.parse_string
    monkeypatch.setattr(
        ParserElement,
        "parse_string",
        lambda *args, **more: asked.append(args) or parse(*args, **more),
    )
    assert client.get("/timelines/korean-peninsula-summits/").status_code == 200
    ingest(FERRY)
    assert asked == []
    parse_edtf("2018-05")
    assert len(asked) == 1


def test_a_date_that_the_records_cannot_hold_is_left_out() -> None:
    assert proposals._readable("2018-W12") == ""
    assert proposals._readable("2018-05") == "2018-05"


@pytest.fixture
def seeds(demo: None, db: None) -> dict[str, Article]:
    if not SEEDS:
        pytest.skip("the two seed articles are not beside this checkout")
    status, out, _ = run(*SEEDS)
    assert status == 0
    assert out.count("completed") == 2
    assert out.count("Left for you, because readers see this article: dateline") == 2
    articles = Article.objects.exclude(body="")
    return {article.published[:4]: article for article in articles}


def test_the_seeds_complete_the_citations_of_the_demo(seeds: dict[str, Article]) -> None:
    assert Article.objects.count() == 22
    first, second = seeds["2018"], seeds["2019"]
    assert first.headline == "With talks with Xi, N.K. leader ups ante for showdown with Trump"
    assert second.headline == "NK-China summit raises cautious optimism about 2nd Trump-Kim meeting"
    assert first.labels == second.labels == ["News Focus"]
    assert (first.lead, second.lead) == ("", "2nd LD")
    assert (first.section, second.section) == ("All Headlines", "North Korea")
    assert first.published == "2018-03-28T11:51:00+09:00"
    assert second.published == "2019-01-10T16:02:00+09:00"
    assert (first.correction, first.correction_paragraphs) == ("", [])
    assert second.correction == "ADDS more info in paras 6-7"
    assert second.correction_paragraphs == []  # public: left to the editor, like the dateline
    assert (first.byline, second.byline) == ("Lee Chi-dong", "Song Sang-ho")
    for article, day in ((first, "2018-03-28"), (second, "2019-01-10")):
        assert article.dateline_place == "SEOUL"
        assert str(article.dateline_date) == day
        assert article.dateline_agency == ""  # readers see the citation: an editor adds it
        assert len(article.captions) == 1
        assert article.captions[0] not in article.body
        assert article.abstract
        for furniture in ("Go to Contents", "Send Feedback", "How can we improve", "Thanks for"):
            assert furniture not in article.body
    assert (len(first.paragraphs), len(second.paragraphs)) == (21, 24)


def test_the_seeds_suggest_the_talks_and_the_end_of_the_visit(seeds: dict[str, Article]) -> None:
    talks = seeds["2018"].suggestions.filter(edtf="2018-03-27", status="occurred")
    assert any("on Tuesday" in one.exact and one.derivation for one in talks)
    completed = seeds["2019"].suggestions.filter(status="occurred")
    assert any(
        "completed his four-day visit" in one.exact and "2019-01-10" in one.edtf and one.derivation
        for one in completed
    )
    assert not Event.objects.exclude(is_published=True).exists()
    assert Report.objects.count() == 93


# --------------------------------------------------------------------- what a rewrite costs


def neighbours(articles: int, since: int = 0) -> None:
    """Put so many articles of the ferry's outlet into its day, all with the outlet's last line."""
    outlet = factories.outlet("Tidewire")
    for number in range(since, since + articles):
        body = f"Something else, number {number}.\n\nMore of {number}.\n\nSend us your story."
        factories.article("2018-05-16T09:00:00+09:00", f"Other {number}", outlet=outlet, body=body)


def rows_of(call: Callable[[], object]) -> tuple[int, int]:
    """Return how many queries a call takes, and how many rows these return."""
    rows, iterate = [], compiler.cursor_iter

    def counted(*args):
        for chunk in iterate(*args):
            rows.extend(chunk)
            yield chunk

    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as queries:
        patch.setattr(compiler, "cursor_iter", counted)
        call()
    return len(queries), len(rows)


def test_a_busy_outlet_takes_no_more_queries_and_rows_and_its_rewrites_are_found() -> None:
    raw = f"{FERRY}\n".replace("Send Feedback", "Send us your story.\n\nSend Feedback")
    ingest(raw)
    neighbours(10)
    renamed = [raw.replace("Ministers agree", f"{who} agree") for who in ("Both", "Mayors")]
    few = rows_of(lambda: ingest(renamed[0]))
    Article.objects.filter(headline__startswith="Both").delete()
    neighbours(290, since=10)
    queries, rows = rows_of(lambda: ingest(renamed[0]))  # a story that is there takes one less
    assert queries <= few[0]
    assert rows == few[1]
    first, rewrite = Article.objects.filter(headline__contains="ferry").order_by("pk")
    assert first.story == rewrite.story == first.slug


def test_an_article_that_was_here_before_the_digests_is_digested_by_the_migration() -> None:
    first = ingest(FERRY).article
    held = set(Paragraph.objects.values_list("article", "outlet", "published_at", "digest"))
    Paragraph.objects.all().delete()
    migration = import_module("timeline.migrations.0010_digest_paragraphs")
    migration.digest(apps, None)
    now = set(Paragraph.objects.values_list("article", "outlet", "published_at", "digest"))
    assert now == held
    assert len(held) == len(first.paragraphs)


def test_a_body_changed_at_the_desk_is_compared_as_it_is_now() -> None:
    first = ingest(FERRY).article
    told = first.body
    first.body = "It is told otherwise.\n\nWholly so."
    first.save()
    assert ingest(FERRY.replace("Ministers agree", "Mayors agree")).article.story == ""
    Article.objects.exclude(pk=first.pk).delete()
    first.body = told
    first.save(update_fields=["body"])
    again = ingest(FERRY.replace("Ministers agree", "Mayors agree")).article
    assert list(again.rewrites()) == [first]


def test_an_article_is_deleted_with_its_digests_and_the_desk_does_not_list_them(client) -> None:
    article = ingest(FERRY).article
    client.force_login(factories.editor())
    address = reverse("admin:timeline_article_delete", args=[article.pk])
    assert "aragraph" not in client.get(address).content.decode()
    client.post(address, {"post": "yes"})
    assert not Article.objects.filter(pk=article.pk).exists()
    assert not Paragraph.objects.filter(article=article.pk).exists()


@pytest.mark.parametrize("column", sorted(ingesting._stated(read_article(FERRY))))
def test_what_a_column_shows_readers_is_what_a_file_does_not_fill(column: str) -> None:
    """`SHOWN` is what public pages read: a column that changes one of them is in it."""
    ours = factories.outlet("Tidewire")
    one, other = (
        factories.article("2018-05-16", "Ferry", outlet=ours, lead=lead, story="ferry",
                          slug=f"ferry-{lead[:1]}", is_published=True)
        for lead in ("LD", "2nd LD")
    )  # fmt: skip
    factories.report(factories.event("Ferry"), one)
    factories.quote("We sail", one, factories.actor("Vale"))
    addresses = ("/", "/articles/", "/quotes/", "/events/ferry/", one.get_absolute_url(),
                 other.get_absolute_url())  # fmt: skip

    def pages() -> list[str]:
        return [Client().get(address).content.decode() for address in addresses]

    before = pages()
    canary = {"correction_paragraphs": [3], "dateline_date": "2018-05-15", "lead": "3rd LD"}
    is_list = Article._meta.get_field(column).get_internal_type() == "JSONField"
    value = canary.get(column, ["Canary"] if is_list else "canary")
    Article.objects.filter(pk=one.pk).update(**{column: value})
    assert pages() == before or column in ingesting.SHOWN
