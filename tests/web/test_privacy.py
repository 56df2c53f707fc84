"""What must never reach a reader: drafts, notes, bodies. On every page, fragment and export."""

import pytest
from django.test import Client

from tests import factories as make
from timeline.exports import EXPORTS
from timeline.models import Suggestion, Timeline

SECRET = "Tell-nobody"
HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def secrets() -> Timeline:
    """A published timeline whose every record has something beside it that is not public."""
    whole = make.event(f"{SECRET} whole", published=False)
    opening = make.event(note=f"{SECRET} of the event", part_of=whole)
    draft = make.event(
        f"{SECRET} draft", published=False, summary=f"{SECRET} summary", part_of=opening
    )
    paper = make.article(
        "2018-07-02",
        "Harbour opens",
        story="harbour",
        note=f"{SECRET} of the article",
        body=f"The {SECRET} body.",
        captions=[f"{SECRET} caption"],
        correction=f"ATTN: {SECRET}",
        correction_paragraphs=[6],
    )
    rewrite = make.article("2018-07-03", f"{SECRET} rewrite", story="harbour", lead="LD")
    for event in (opening, draft):
        make.report(event, paper)
    make.report(draft, rewrite)
    make.takes_part(make.actor("Alice"), opening)
    make.takes_part(make.actor(f"{SECRET} actor"), draft)
    make.quote("We are glad", paper, make.actor("Alice"), opening)
    make.quote(f"{SECRET} quote", paper, make.actor("Alice"), draft)
    Suggestion.objects.create(
        article=paper, type="quote", text=f"{SECRET} suggestion", speaker="Bob", exact=SECRET
    )
    make.timeline(draft, published=False, slug="hidden", title=f"{SECRET} timeline")
    return make.timeline(opening, draft)


PAGES = [
    "/",
    "/timelines/harbour/",
    "/timelines/harbour/?known=2018-07-02",
    "/timelines/harbour/?view=lanes",
    "/timelines/harbour/?q=harbour&sort=newest",
    "/timelines/harbour/?focus=harbour-opening",
    "/timelines/harbour/?kind=nonsense",
    "/events/harbour-opening/",
    "/events/harbour-opening/?known=2018-07-02",
    "/articles/",
    "/articles/harbour-opens-2018-07-02-0/",
    "/actors/",
    "/actors/alice/",
    "/quotes/",
    *(f"/timelines/harbour/export/{name}/" for name in EXPORTS),
]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("url", PAGES)
def test_nothing_private_reaches_a_reader(client: Client, secrets, url, headers):
    response = client.get(url, headers=headers)
    assert response.status_code == (400 if "nonsense" in url else 200)
    assert SECRET.lower() not in response.getvalue().decode().lower()


def test_a_search_does_not_find_what_only_private_words_hold(client: Client, secrets):
    for word in ("tell-nobody", "body"):
        found = client.get(f"/timelines/harbour/?q={word}").getvalue().decode()
        assert "<b>0</b> of 1 event" in found


@pytest.mark.parametrize(
    "url",
    [
        "/timelines/hidden/",
        "/timelines/hidden/export/csv/",
        "/events/tell-nobody-draft/",
        "/articles/tell-nobody-rewrite-2018-07-03-1/",
        "/actors/tell-nobody-actor/",
    ],
)
def test_what_is_not_public_is_not_found(client: Client, secrets, url):
    assert client.get(url).status_code == 404


def test_a_draft_cannot_be_asked_for_as_the_focus(client: Client, secrets):
    response = client.get("/timelines/harbour/?focus=tell-nobody-draft")
    assert response.status_code == 400


def test_a_signed_in_editor_sees_the_body_but_no_note(admin_client: Client, secrets):
    found = admin_client.get("/articles/harbour-opens-2018-07-02-0/").getvalue().decode()
    assert f"The {SECRET} body." in found
    assert f"{SECRET} of the article" not in found
