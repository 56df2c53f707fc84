"""A citation that its text completes: what readers see of it stays as it is."""

import pytest
from django.test import Client

from tests import factories
from tests.web.desk import FERRY
from timeline import bibliography
from timeline.extraction import read_article
from timeline.ingest import Result, ingest
from timeline.models import Article

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("column", sorted(bibliography.stated(read_article(FERRY))))
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
    assert pages() == before or column in bibliography.SHOWN
