"""What comes in again is recognised: as itself, as a copy, as a version of its story."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.batches import html
from tests.web.desk import onlooker, with_rights, words_of
from tests.web.sites import fetcher, serving
from timeline.addresses import address_key, normal
from timeline.ingest import Outcome, Result, Told, ingest
from timeline.models import Article, Batch, BatchItem, Likeness, Suggestion, TextBand
from timeline.models.likeness import likeness, shingles
from timeline.recognition import Copies
from timeline.tasks import read

pytestmark = pytest.mark.django_db

BODY = """\
The ferry between Elmsport and Sandhaven is to sail again before the summer, officials said.

Transport Minister Nora Vale met her counterpart Piet Strand in Sandhaven on Tuesday.

"We will sail again before the summer is over," Vale told reporters after the meeting.

Strand will visit Elmsport again on July 3 to inspect the new pier, his office said.

The line was closed in 2011 after a storm damaged the old pier and sank two boats.
"""


def told(
    outlet: str, headline: str = "Ferry to sail again", url: str = "", day: str = "16"
) -> Told:
    return Told(headline, dt.date(2018, 5, int(day)), outlet, url or None)


def bring(text: str = BODY, lead: str = "", **fields: str) -> Outcome:
    about = told(**{"outlet": "Tidewire", **fields})
    return ingest(
        f"{lead}{about.headline}\n\n{text}",
        told=Told(f"{lead}{about.headline}", about.published, about.outlet, about.url),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://news.example/a", "https://news.example/a"),
        ("https://news.example/a/", "https://news.example/a"),
        ("https://News.EXAMPLE:443/a#top", "https://news.example/a"),
        ("https://news.example/a?utm_source=x&fbclid=y", "https://news.example/a"),
        ("https://news.example/a?id=1&utm_medium=x", "https://news.example/a?id=1"),
        ("http://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
    ],
)
def test_two_forms_of_one_address_are_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/b"),
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/A", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example/a"),
    ],
)
def test_two_addresses_stay_two(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize("address", ["", "news", "ftp://a.example/x", "https://news.example/"])
def test_what_names_no_page_is_no_key(address: str) -> None:
    assert address_key(address) == ""


def test_the_same_text_under_another_headline_or_day_is_known() -> None:
    first = bring()
    for fields in ({"headline": "Ferry sails"}, {"day": "17"}):
        again = bring(BODY.replace("\n\n", "\n\n\n").replace("  ", " "), **fields)
        assert (again.result, again.article) == (Result.KNOWN, first.article)
    assert Article.objects.count() == 1


def test_the_same_text_of_another_outlet_is_a_copy_and_doubles_no_suggestion() -> None:
    first = bring()
    copy = bring(outlet="Dunley Post", headline="Ferry back")
    assert copy.result is Result.STORED
    assert Article.objects.count() == 2
    assert first.suggestions
    assert copy.suggestions == []
    pair = Likeness.objects.get()
    assert (pair.article, pair.other, pair.score) == (copy.article, first.article, 1.0)
    said = f"Nearly the same text as “Ferry to sail again” ({first.article.citation}), 100%"
    assert said in str(copy)
    assert f"{len(first.suggestions)} suggestions that stand there not repeated." in str(copy)


def test_a_copy_names_the_most_alike_and_counts_the_others() -> None:
    alike = tuple((factories.article(f"2018-05-1{n}", f"Ferry {n}"), 0.95) for n in (1, 2, 3))
    assert str(Copies()) == ""
    assert str(Copies(alike[:1])).endswith("11 May 2018), 95%.")
    assert str(Copies(alike[:2])).endswith("11 May 2018), 95%, and 1 more.")
    assert ", 95%, and 2 more: 1 suggestion that stands there not" in str(Copies(alike, 1))
    assert ", 95%: 2 suggestions that stand there not" in str(Copies(alike[:1], 2))


def test_what_is_suggested_in_a_copy_is_suggested_here_as_well_when_an_editor_asks(
    alice: Client,
) -> None:
    first = bring()
    copy = bring(outlet="Dunley Post", headline="Ferry back").article
    page = alice.get(reverse("admin:review", args=[copy.pk])).content.decode()
    assert "Nearly the same text as" in page
    assert "Suggest it here as well" in page
    page = read_anew(alice, copy)
    assert f"Read again. {len(first.suggestions)} new suggestion" in page
    assert copy.suggestions.count() == len(first.suggestions)
    assert "Read again. Nothing new is suggested." in read_anew(alice, copy)
    assert copy.suggestions.count() == len(first.suggestions)


def test_what_a_deleted_copy_suggested_can_be_suggested_again(alice: Client) -> None:
    first = bring()
    copy = bring(outlet="Dunley Post", headline="Ferry back").article
    first.article.delete()
    page = alice.get(reverse("admin:review", args=[copy.pk])).content.decode()
    assert "Read it again" in page
    read_anew(alice, copy)
    assert copy.suggestions.count() == len(first.suggestions)


def test_who_only_sees_the_desk_reads_nothing_again(client: Client) -> None:
    copy = bring().article
    copy.suggestions.all().delete()
    onlooker(client)
    address = reverse("admin:review", args=[copy.pk])
    assert "Read it again" not in client.get(address).content.decode()
    assert client.post(address, {"do": "read"}).status_code == 403
    assert not copy.suggestions.exists()


def read_anew(client: Client, article: Article) -> str:
    """Press the button on an article's review, and return the page that follows."""
    address = reverse("admin:review", args=[article.pk])
    return client.post(address, {"do": "read"}, follow=True).content.decode()


def test_what_a_copy_adds_or_dates_otherwise_is_suggested() -> None:
    bring()
    more = f"{BODY}\nThe council of Dunley opened a new harbour on May 14, the mayor said.\n"
    added = bring(more.replace("July 3", "July 4"), outlet="Dunley Post")
    titles = {one.edtf for one in added.suggestions}
    assert "2018-07-04" in titles
    assert "2018-05-14" in titles
    assert not any(one.type == Suggestion.Type.QUOTE for one in added.suggestions)


def test_a_text_that_is_cut_from_its_end_is_near_and_another_on_its_topic_is_not() -> None:
    whole = shingles(BODY)
    assert likeness(whole, shingles(BODY[: len(BODY) // 2])) > 0
    other = """Piet Strand told a newspaper of Sandhaven that the ferry line needs two new boats,
    a new pier and a crew of twelve, and that nobody has yet said who is to pay for any of these."""
    assert likeness(whole, shingles(other)) == 0


def test_near_texts_are_found_among_many_others_by_the_index() -> None:
    first = bring()
    for number in range(30):
        words = " ".join(f"word{number}x{at}" for at in range(80))
        factories.article(f"2018-05-{number % 28 + 1:02}", f"Other {number}", body=words)
    near = BODY.replace("sank two boats", "broke three boats").replace("officials", "ministers")
    copy = bring(near, outlet="Gullpress")
    assert [pair.other for pair in Likeness.objects.all()] == [first.article]
    assert Likeness.objects.get().article == copy.article


def test_a_body_that_is_corrected_is_compared_anew_and_a_deletion_takes_all_along() -> None:
    bring()
    copy = bring(outlet="Dunley Post").article
    copy.body = "Another text altogether. " * 3
    copy.save()
    assert not Likeness.objects.exists()
    copy.body = BODY
    copy.save()
    assert Likeness.objects.count() == 1
    copy.delete()
    assert not Likeness.objects.exists()
    assert TextBand.objects.values("article").distinct().count() == 1


def test_a_rewrite_joins_its_story_and_is_no_copy_of_it() -> None:
    bring()
    later = bring(BODY.replace("July 3", "July 5"), lead="(LEAD) ", headline="Ferry: new date")
    assert later.result is Result.STORED
    assert len(set(Article.objects.values_list("story", flat=True)) - {""}) == 1
    assert "Nearly the same" not in str(later)


def test_a_page_that_was_rewritten_at_its_address_joins_its_story() -> None:
    bring(url="https://tide.example/ferry")
    other = BODY.replace("ferry", "train").replace("Vale", "Marr").replace("pier", "bridge")
    other = "\n\n".join(f"{part} Now." for part in other.split("\n\n"))
    bring(other, url="http://tide.example/ferry/?utm_source=x", headline="Train to run")
    assert len(set(Article.objects.values_list("story", flat=True)) - {""}) == 1


def test_an_address_that_is_here_is_not_fetched_again_by_a_batch() -> None:
    with serving() as site:
        site.pages |= {"/1": html(1)}
        for address in (site("/1"), site("/1") + "?utm_source=feed#top"):
            batch = Batch.objects.begin(None, "x", [BatchItem(name="x", address=address)])
            read(batch, fetcher=fetcher())
        assert site.paths == ["/1"]
    item = batch.items.get()
    assert (item.state, item.article) == (BatchItem.State.KNOWN, Article.objects.get())
    assert item.said == "Already here: this address is not fetched again."


def test_articles_that_were_here_before_are_recognised_after_the_migration() -> None:
    bring(url="https://tide.example/ferry")
    bring(outlet="Dunley Post")
    columns = ("address_key", "text_key")
    held = list(Article.objects.order_by("pk").values_list(*columns))
    pairs = list(Likeness.objects.values_list("article", "other", "score"))
    bands = set(TextBand.objects.values_list("article", "digest"))
    Article.objects.update(address_key="", text_key="")
    Likeness.objects.all().delete()
    TextBand.objects.all().delete()
    import_module("timeline.migrations.0022_recognise_articles").recognise(apps, None)
    assert list(Article.objects.order_by("pk").values_list(*columns)) == held
    assert list(Likeness.objects.values_list("article", "other", "score")) == pairs
    assert set(TextBand.objects.values_list("article", "digest")) == bands


def test_the_desk_shows_what_a_version_changed_in_text_and_suggestions(alice: Client) -> None:
    first = bring().article
    changed = BODY.replace("July 3", "July 5").replace("sank two boats", "sank <b>three</b> boats")
    later = bring(changed, lead="(LEAD) ", headline="Ferry to sail at last").article
    page = alice.get(reverse("admin:changes", args=[later.pk]))
    html_of = page.content.decode()
    assert "<del>3</del><ins>5</ins>" in html_of
    assert "&lt;b&gt;" in html_of
    assert "<del>again</del><ins>at last</ins>" in html_of
    said = words_of(page)
    assert "3 paragraphs unchanged" in said
    assert "5 July 2018" in said
    assert "3 July 2018" in said
    back = alice.get(reverse("admin:changes", args=[first.pk]) + f"?other={later.pk}")
    assert "<del>5</del><ins>3</ins>" in back.content.decode()


def test_the_desk_names_versions_and_copies_beside_the_article(alice: Client) -> None:
    first = bring().article
    copy = bring(outlet="Dunley Post", headline="Ferry back").article
    form = alice.get(reverse("admin:timeline_article_change", args=[copy.pk])).content.decode()
    assert f"{reverse('admin:changes', args=[copy.pk])}?other={first.pk}" in form
    assert "nearly the same text" in form
    assert "Add article" in words_of(alice.get(reverse("admin:timeline_article_add")))


@pytest.mark.parametrize("query", ["", "?other=", "?other=x", "?other=99999", "?other=²"])
def test_an_article_without_another_version_says_so(alice: Client, query: str) -> None:
    article = bring().article
    page = alice.get(reverse("admin:changes", args=[article.pk]) + query)
    assert page.status_code == 200
    assert "No other version of this story is here" in words_of(page)


def test_what_changed_is_for_those_who_may_see_articles_and_suggestions(client: Client) -> None:
    url = reverse("admin:changes", args=[bring().article.pk])
    assert client.get(url).status_code == 302
    onlooker(client)
    assert client.get(url).status_code == 200
    with_rights(client)
    assert client.get(url).status_code == 403


def test_texts_that_share_few_shingles_are_not_alike() -> None:
    one, other = set("abcdefghij"), set("fghijklmno")  # 5 of 15, half of each
    assert likeness(one, other) == 0
    assert likeness(one, set("abcdefghkl")) == pytest.approx(8 / 12)
