"""Bringing articles in by hand. The articles are our own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY, desk, onlooker, words_of
from timeline.models import Article, BatchItem

pytestmark = pytest.mark.django_db


def test_an_article_is_pasted_and_leads_to_its_review(alice: Client) -> None:
    answer = alice.post(reverse("admin:bring_in"), {"text": FERRY})
    article = Article.objects.get()
    assert answer.url == desk(article)
    assert article.suggestions.exists()


def test_one_file_that_is_no_article_is_named_with_its_reason(alice: Client) -> None:
    wrong = {
        "empty.txt": (b"", "The file is empty."),
        "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "This is a binary file"),
        "large.txt": (b"a" * 10_100_000, "It is too big for an article: 10.1 MB"),
    }
    for name, (content, reason) in wrong.items():
        page = alice.post(reverse("admin:bring_in"), {"files": [SimpleUploadedFile(name, content)]})
        assert f"{name}: {reason}" in words_of(page)
    assert not Article.objects.exists()


SAVED = f"""<!DOCTYPE html><html><head><title>Bridge closed | Dunley Post</title>
<link rel="canonical" href="https://post.example/2018/03/27/bridge"></head><body><article>
<h1>Bridge closed</h1><p>March 27, 2018</p><p>{"The council of Dunley closed the bridge. " * 4}</p>
</article></body></html>"""


def test_a_saved_page_is_uploaded_and_its_markup_can_be_pasted(alice: Client) -> None:
    file = SimpleUploadedFile("bridge.html", SAVED.encode())
    alice.post(reverse("admin:bring_in"), {"files": [file]})
    article = Article.objects.get()
    assert (article.headline, article.outlet.name) == ("Bridge closed", "Dunley Post")
    assert (article.published, article.url) == (
        "2018-03-27",
        "https://post.example/2018/03/27/bridge",
    )
    page = alice.post(reverse("admin:bring_in"), {"text": SAVED}, follow=True)
    assert "already here, nothing new" in words_of(page)


def test_an_article_in_a_language_that_is_not_read_is_stored_and_that_is_said(
    alice: Client,
) -> None:
    body = "La reunión se celebrará el 18 de mayo, dijo el ministro, y la ciudad la espera."
    text = f"El puente se cierra\n\n28/03/2018\n\n{body}"
    told = {"text": text, "outlet": "El Faro"}
    page = alice.post(reverse("admin:bring_in"), told, follow=True)
    assert words_of(page).count("Dateline does not read Spanish") == 2  # the message, the review
    assert "Dateline does not read Spanish" in Article.objects.get().note
    assert Article.objects.get().body == body
    assert not Article.objects.get().suggestions.exists()


UNSIGNED = f"Bridge of Dunley closes\n\n6 May 2019\n\n{'The council closed the bridge. ' * 9}"


@pytest.mark.parametrize("where", ["text", "files"])
def test_an_outlet_that_the_page_leaves_open_is_asked_once_with_the_address(
    alice: Client, where: str
) -> None:
    file = {"files": [SimpleUploadedFile("bridge.txt", UNSIGNED.encode())]}
    sent = {"text": UNSIGNED} if where == "text" else file
    form = alice.post(reverse("admin:bring_in"), sent).context["form"]
    assert "The page names no outlet." in form.errors["outlet"][0]
    assert {"outlet", "url"} < {field.name for field in form.shown}
    assert not {"published", "headline"} & {field.name for field in form.shown}
    assert form["text"].value() == UNSIGNED
    assert not Article.objects.exists()
    told = {"text": UNSIGNED, "asked": form["asked"].value(), "outlet": "Dunley Post"}
    alice.post(reverse("admin:bring_in"), told | {"url": "https://post.example/bridge"})
    article = Article.objects.select_related("outlet").get()
    assert (article.outlet.name, article.url) == ("Dunley Post", "https://post.example/bridge")


def test_an_outlet_that_is_left_open_is_to_be_chosen_later(alice: Client) -> None:
    form = alice.post(reverse("admin:bring_in"), {"text": UNSIGNED}).context["form"]
    told = {"text": UNSIGNED, "asked": form["asked"].value()}
    page = alice.post(reverse("admin:bring_in"), told, follow=True)
    assert "The page names no outlet: choose it on the article’s own page." in words_of(page)
    assert Article.objects.get().published == "2019-05-06"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Paste the text of an article here"),
        ("The ferry sails again\n\nThe ferry sails again, officials said.", "publication date"),
    ],
)
def test_what_is_wrong_with_a_pasted_text_is_said_beside_the_field(
    alice: Client, text: str, reason: str
) -> None:
    page = alice.post(reverse("admin:bring_in"), {"text": text})
    errors = page.context["form"].errors
    assert any(reason in error for field in errors.values() for error in field)
    assert not Article.objects.exists()


BRIDGE = "Council closes the bridge\n\n12/10/2021 | 03:12am EST\n\nThe council voted to close it."


def test_a_day_that_may_be_two_is_asked_beside_the_text_which_stays(alice: Client) -> None:
    page = alice.post(reverse("admin:bring_in"), {"text": BRIDGE})
    form = page.context["form"]
    assert "12 October 2021 or 10 December 2021" in form.errors["published"][0]
    days = [choice.data["value"] for choice in form["published"].subwidgets]
    assert days == ["2021-10-12", "2021-12-10"]
    assert form["text"].value() == BRIDGE
    assert form["headline"].value() == "Council closes the bridge"
    assert not Article.objects.exists()
    told = {"text": BRIDGE, "published": days[1], "headline": form["headline"].value()}
    told["asked"] = form["asked"].value()
    alice.post(reverse("admin:bring_in"), told)
    assert Article.objects.get().published == "2021-12-10T03:12:00-05:00"


def test_what_an_uploaded_page_leaves_open_is_asked_and_its_text_is_in_the_form(
    alice: Client,
) -> None:
    saved = SAVED.replace("<p>March 27, 2018</p>", "").replace("/2018/03/27/bridge", "/bridge")
    file = SimpleUploadedFile("one.html", saved.encode())
    form = alice.post(reverse("admin:bring_in"), {"files": [file]}).context["form"]
    assert form.errors["published"][0].startswith("one.html: No line gives a publication date")
    assert form["text"].value() == saved
    told = {name: form[name].value() for name in ("text", "headline", "outlet")}
    alice.post(reverse("admin:bring_in"), told | {"published": "2018-03-27"})
    article = Article.objects.get()
    assert (article.headline, article.published) == ("Bridge closed", "2018-03-27")
    assert article.url == "https://post.example/bridge"


UNDATED = SAVED.replace("<p>March 27, 2018</p>", "").replace("/2018/03/27/bridge", "/bridge")


@pytest.mark.parametrize("keeps_the_text", [True, False], ids=["with the text", "alone"])
def test_a_file_that_is_chosen_again_with_its_day_is_brought_in(
    alice: Client, keeps_the_text: bool
) -> None:
    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("one.html", UNDATED.replace("\n", "\r\n").encode())

    form = alice.post(reverse("admin:bring_in"), {"files": [file()]}).context["form"]
    told = {name: form[name].value() for name in ("text", "headline", "outlet")}
    told |= {"published": "2018-03-27", "files": [file()]}
    answer = alice.post(reverse("admin:bring_in"), told if keeps_the_text else told | {"text": ""})
    article = Article.objects.get()
    assert (article.headline, article.published) == ("Bridge closed", "2018-03-27")
    assert answer.url == desk(article)


@pytest.mark.parametrize("text", ["", FERRY], ids=["of two files", "beside a text"])
def test_the_day_told_of_one_article_is_not_given_to_another(alice: Client, text: str) -> None:
    other = UNDATED.replace("Bridge", "Tunnel")
    names = {"one.html": UNDATED, "two.html": other} if not text else {"two.html": other}
    files = [SimpleUploadedFile(name, page.encode()) for name, page in names.items()]
    sent = {"text": text, "published": "2018-05-16", "files": files}
    alice.post(reverse("admin:bring_in"), sent)
    asked = BatchItem.objects.filter(state=BatchItem.State.ASKED)
    assert [item.name for item in asked] == list(names)
    assert Article.objects.count() == bool(text)


def test_a_hostile_name_of_a_file_is_told_on_one_line(alice: Client) -> None:
    for content in (b"", UNDATED.encode()):
        file = SimpleUploadedFile("x.html", content)
        file._name = "a\x1b[31m\nb\u202e.html"
        page = alice.post(reverse("admin:bring_in"), {"files": [file]})
        errors = [error for field in page.context["form"].errors.values() for error in field]
        assert errors[0].startswith("a[31mb.html: ")


def test_the_outlet_that_an_editor_names_is_the_articles(alice: Client) -> None:
    told = {"text": BRIDGE, "published": "2021-12-10", "outlet": "Dunley Post", "headline": "Shut"}
    alice.post(reverse("admin:bring_in"), told)
    article = Article.objects.get()
    assert (article.headline, article.outlet.name) == ("Shut", "Dunley Post")


def test_a_headline_that_is_missing_is_asked_and_a_wrong_day_is_named(alice: Client) -> None:
    text = f"By Jo Doe\n\n6 May 2019\n\n{'The council closed the bridge of Dunley. ' * 9}"
    form = alice.post(reverse("admin:bring_in"), {"text": text}).context["form"]
    assert form.errors["headline"] == ["No headline stands above the text."]
    form = alice.post(reverse("admin:bring_in"), {"text": text, "published": "soon"}).context[
        "form"
    ]
    assert form.errors["published"] == ["Enter a valid date."]
    told = {"text": text, "headline": "Bridge closed", "asked": "headline"}
    alice.post(reverse("admin:bring_in"), told)
    assert Article.objects.get().published == "2019-05-06"


@pytest.mark.parametrize(
    "day", ["2130-01-01", "0001-01-01", "1599-12-31", "9999-12-31", "0999-05-06"]
)
@pytest.mark.parametrize("where", ["text", "files", "both"])
def test_a_day_told_on_which_no_article_was_published_is_named_beside_it(
    alice: Client, where: str, day: str
) -> None:
    text = {"text": FERRY} if where != "files" else {}
    file = SimpleUploadedFile("ferry.txt", FERRY.encode())
    files = {"files": [file]} if where != "text" else {}
    page = alice.post(reverse("admin:bring_in"), text | files | {"published": day})
    year = int(day[:4])
    said = f"“{day}” lies in the year {year}, in which no article was published."
    assert page.context["form"].errors == {"published": [said]}
    assert page.context["form"]["published"].value() == day
    assert said in words_of(page)
    assert not Article.objects.exists()


def test_the_day_that_a_page_without_a_headline_gives_is_in_the_form(alice: Client) -> None:
    story = "<p>Minister Nora Vale met Piet Strand in Oslo on Tuesday, officials said.</p>" * 3
    text = f"<html><body><time datetime='2018-05-16'></time>{story}</body></html>"
    form = alice.post(reverse("admin:bring_in"), {"text": text}).context["form"]
    assert form.errors.keys() == {"headline"}
    assert form["published"].value() == "2018-05-16"


def test_nothing_is_asked_before_a_page_leaves_it_open(alice: Client) -> None:
    form = alice.get(reverse("admin:bring_in")).context["form"]
    assert [field.name for field in form.shown] == ["text", "files", "folder"]


def test_who_may_not_add_articles_cannot_bring_one_in(client: Client) -> None:
    assert onlooker(client).post(reverse("admin:bring_in"), {"text": FERRY}).status_code == 403
    assert not Article.objects.exists()


def test_what_readers_would_see_of_a_citation_is_left_to_the_editor_and_named(
    alice: Client,
) -> None:
    headline = "Ministers agree to reopen the Elmsport ferry line"
    outlet = factories.outlet("Tidewire")
    cited = factories.article("2018-05-16", headline, outlet=outlet, lead="LEAD", is_published=True)
    page = alice.post(reverse("admin:bring_in"), {"text": FERRY}, follow=True)
    left = "labels, section, byline, dateline, changed paragraphs, time of day"
    assert f"Left for you, because readers see this article: {left}." in words_of(page)
    cited.refresh_from_db()
    assert (cited.byline, len(cited.paragraphs)) == ("", 5)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://coast.example/1", "begins with http"),
        ("https://ada:secret@coast.example/1", "name or password"),
        ("javascript:alert(1)", "Enter a valid URL"),
    ],
)
def test_an_address_that_readers_cannot_be_led_to_is_refused(alice, url: str, reason: str) -> None:
    page = alice.post(reverse("admin:bring_in"), {"text": FERRY, "url": url})
    assert reason in words_of(page)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["ftp://coast.example/1", "www.coast.example/1", "https://coast.example/1 www.coast.example/2"],
)
def test_an_address_without_http_is_told_so_and_not_read_as_a_text(alice: Client, text) -> None:
    page = alice.post(reverse("admin:bring_in"), {"text": text})
    assert "Each address begins with http:// or https://." in words_of(page)


@pytest.mark.parametrize(
    ("outlet", "is_told"), [("", True), ("Coast Radio", False)], ids=["no outlet", "an outlet"]
)
def test_that_a_page_names_no_outlet_is_said(alice: Client, outlet: str, is_told: bool) -> None:
    text = "Ferry sails again\n\n16 May 2018\n\nThe ferry sailed to Strand on Monday, it was said."
    page = alice.post(reverse("admin:bring_in"), {"text": text, "outlet": outlet}, follow=True)
    assert ("The page names no outlet" in words_of(page)) == is_told
