"""Reading saved pages and pages copied whole. Every page here was written for these tests."""

from datetime import UTC, date, datetime, timedelta

import pytest

from timeline.extraction import IncompleteError, Told, read_article
from timeline.extraction.lexicon import load
from timeline.extraction.pages.article import UnreadableError
from timeline.extraction.pages.body_lines import is_aside, is_note, without_insets

FIRST = (
    "DUNLEY (NTB) - The council of Dunley voted on Monday to close the old bridge until June, "
    "because its piers no longer carry the lorries of the quarry."
)


SECOND = (
    "“We had no choice,” said the mayor, Ann Poole, who had asked for a report on the piers "
    "after the flood of last winter, and who will open the ferry again."
)


THIRD = "The quarry will pay a third of the repair, its owners said in a letter to the council."


LINKED = """{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Dunley Post"},
 {"@type": "NewsArticle", "headline": "Council closes the old bridge",
  "datePublished": "2018-03-27T09:05:00+01:00", "dateModified": "2018-03-28T07:00:00+01:00",
  "author": [{"@type": "Person", "name": "Jo Doe"}, {"@type": "Person", "name": "An Other"}],
  "publisher": {"@type": "Organization", "name": "Dunley Post"}, "articleSection": "Local",
  "license": "https://creativecommons.org/licenses/by/4.0/"}]}"""


def page(head: str = "", body: str = "", title: str = "Council closes the old bridge") -> str:
    """A page with a menu, an article, related links and a foot."""
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("News", "Sport", "Jobs"))
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} | Dunley Post</title>
{head}</head>
<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>{body}
<figure><img src="bridge.jpg"><figcaption>The bridge on Monday. Photo: Jo Doe</figcaption></figure>
<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>
<aside><h2>Related</h2><a href="/x">A ferry of last year sails to the north again</a></aside></main>
<footer>Copyright 2018 Dunley Post. All rights reserved.</footer></body></html>"""


STATED = page(
    f"""<meta property="og:title" content="Council closes the old bridge - Dunley Post">
<meta property="og:site_name" content="Dunley Post">
<link rel="canonical" href="https://post.example/2018/03/27/bridge">
<script type="application/ld+json">{LINKED}</script>"""
)


def test_a_saved_page_is_taken_apart_by_what_it_states_of_itself():
    article = read_article(STATED)
    assert article.headline == "Council closes the old bridge"
    assert article.outlet == "Dunley Post"
    assert article.published.isoformat() == "2018-03-27T09:05:00+01:00"
    assert article.modified.isoformat() == "2018-03-28T07:00:00+01:00"
    assert article.byline == "Jo Doe and An Other"
    assert article.section == "Local"
    assert article.url == "https://post.example/2018/03/27/bridge"
    assert article.licence == "CC-BY-4.0"
    assert article.dateline.agency == "NTB"
    assert article.language == "en"
    assert article.warnings == ()


def test_the_body_of_a_saved_page_is_the_article_alone():
    article = read_article(STATED)
    assert article.body == "\n\n".join((FIRST, SECOND, THIRD))
    assert article.captions == ("The bridge on Monday. Photo: Jo Doe",)


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta property="article:published_time" content="2018-03-27T09:05:00Z">', "", "27T09:05"),
        ('<meta name="dcterms.created" content="2018-03-27">', "", "27"),
        ("", '<time datetime="2018-03-27T09:05:00+00:00">27 March</time>', "27T09:05"),
        ("", "<p>Published 27 March 2018, 09:05 GMT | Updated 28 March 2018</p>", "27T09:05"),
        ("", "<p>Last updated: 29 March 2018</p><p>Published: 27/03/2018</p>", "27"),
        ("", "<p>Printed on 9 May 2021</p><p>March 27, 2018</p>", "27"),
        ('<link rel="canonical" href="https://post.example/2018/03/27/bridge">', "", "27"),
        ('<script type="application/ld+json">{"@type": broken</script>', "27.03.2018", "27"),
    ],
)
def test_the_time_of_publication_is_found_wherever_a_page_states_it(head, body, published):
    assert read_article(page(head, body)).published.isoformat().startswith(f"2018-03-{published}")


def test_a_time_in_utc_is_told_on_the_clock_that_the_page_prints():
    head = '<meta property="article:published_time" content="2018-03-28T02:30:00+00:00">'
    article = read_article(page(head, "<p>March 27, 2018 at 9:30 p.m.</p>"))
    assert article.published == datetime(2018, 3, 28, 2, 30, tzinfo=UTC)
    assert article.published.utcoffset() == timedelta(hours=-5)
    assert read_article(page(head, "<p>March 27, 2018</p>")).published == date(2018, 3, 27)
    assert read_article(page(head)).published.tzinfo in (UTC, UTC)


@pytest.mark.parametrize("suffix", [" | Dunley Post", " - Dunley Post", " – Dunley Post: Local"])
def test_a_sites_name_behind_a_headline_is_dropped(suffix):
    head = f'<meta property="og:title" content="Council closes the old bridge{suffix}">'
    body = "<p>27 March 2018</p>"
    assert read_article(page(head, body)).headline == "Council closes the old bridge"


def test_a_sites_name_is_dropped_where_only_the_visible_headline_is_without_it():
    text = page(body="<p>27 March 2018</p>", title="Council closes the old bridge")
    article = read_article(text.replace("h1>", "b>"))
    assert (article.headline, article.outlet) == ("Council closes the old bridge", "Dunley Post")


def test_a_logo_marked_up_as_the_first_heading_is_no_headline():
    text = page(body="<p>27 March 2018</p>").replace("h1>", "h2>")
    article = read_article(text.replace("<nav>", "<h1>Dunley Post</h1><nav>"))
    assert (article.headline, article.outlet) == ("Council closes the old bridge", "Dunley Post")


def test_a_bar_within_a_headline_stays():
    article = read_article(page(body="<p>27 March 2018</p>", title="Update | Bridge is closed"))
    assert article.headline == "Update | Bridge is closed"
    assert article.outlet == "Dunley Post"


def test_a_piece_of_markup_that_was_pasted_is_read():
    article = read_article(
        f"<div><h1>Council closes the old bridge</h1><p>By Jo Doe</p><p>27 March 2018</p>"
        f"<p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    assert (article.headline, article.byline) == ("Council closes the old bridge", "Jo Doe")
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_an_address_with_a_password_is_not_kept_from_a_page():
    head = '<link rel="canonical" href="https://ada:secret@coast.example/1">'
    assert read_article(page(head, "<p>27 March 2018</p>")).url is None


@pytest.mark.parametrize("space", ["", "\n"])
@pytest.mark.parametrize(
    "above",
    [
        "<h1>Ferry sails again</h1><time>2018-03-27</time>",
        "<header><h1>Ferry sails again</h1><p>By Jo Doe</p></header>",
        "<h1>Ferry sails again</h1><figure><figcaption>The ferry (Tidewire)</figcaption></figure>",
        "<ul><li>Strand</li><li>Ferry</li></ul><h1>Ferry sails again</h1>",
        "<a href='/strand'>Strand</a><h1>Ferry sails again</h1>",
    ],
)
def test_a_short_article_keeps_its_paragraphs_and_nothing_from_above_them(above, space):
    paragraphs = ["The ferry sailed to Strand on Monday.", "“It is a good day,” said Ann Poole."]
    parts = [above, *(f"<p>{one}</p>" for one in paragraphs), "<a href='/strand'>Strand</a>"]
    article = read_article(
        "<html><head><meta property='article:published_time' content='2018-03-27'></head>"
        f"<body><article>{space.join(parts)}</article></body></html>"
    )
    assert article.body == "\n\n".join(paragraphs)
    assert article.headline == "Ferry sails again"


@pytest.mark.parametrize(
    "words",
    [
        "<p>Workers finished the bridge on 4 May 2019, the council of Dunley said.</p>",
        "<p>The bridge was closed on May 4, 2019. It opens again next year.</p>",
        "<p>The treaty of 2019-05-04 stays in force, the council of Dunley said.</p>",
        "<div>The council of Dunley met, as on 4/5/2019, to talk about the bridge.</div>",
        "The council met.<br>It voted on <b>4 May 2019</b> to close the bridge for good.",
        "<p>The bridge is closed.</p><img src='/uploads/2019/05/04/bridge.jpg'>",
        "<p>The bridge is closed.</p><footer>Copyright 4 May 2019 Dunley Post</footer>",
    ],
)
def test_a_day_that_the_text_or_a_picture_names_is_asked_for_and_not_taken(words):
    with pytest.raises(IncompleteError) as asked:
        read_article(f"<html><body><article><h1>Bridge closed</h1>{words}</article></body></html>")
    assert asked.value.field == "published"


MENU = "\n".join(f"{place} news" for place in ("Local", "World", "Sport", "Farm", "Business")) * 5


def copied(stamp: str = "By Jo Doe\nThe Dunley Post\nMarch 27, 2018", above: str = MENU) -> str:
    foot = "Most read\nA ferry sails\nJobs\nAbout us\nContact\nTerms of use"
    return (
        f"Skip to content\nThursday, May 10, 2018\n{above}\n\nCouncil closes the old bridge\n\n"
        f"{stamp}\n\nShare\n\n{FIRST}\n\n{SECOND}\n\nRead more: The flood of last winter\n\n{THIRD}"
        f"\n\n{foot}"
    )


def test_a_page_copied_whole_is_read_below_its_menu():
    article = read_article(copied())
    assert article.headline == "Council closes the old bridge"
    assert article.published == date(2018, 3, 27)
    assert article.byline == "Jo Doe"
    assert article.body == "\n\n".join((FIRST, SECOND, THIRD))


def test_neither_a_breadcrumb_nor_a_quotation_above_the_title_is_the_headline():
    above = f"{MENU}\nHome / Local / Council closes the old bridge\n‘That is the thing we had last’"
    assert read_article(copied(above=above)).headline == "Council closes the old bridge"


def test_the_day_in_a_masthead_is_no_day_of_publication():
    with pytest.raises(UnreadableError, match="publication date"):
        read_article(copied(stamp="By Jo Doe"))


def test_a_picture_and_a_counter_between_paragraphs_do_not_end_a_copied_article():
    picture = "3 of 12\n\nThe bridge on Monday. (Jo Doe/Dunley Post)"
    text = copied(above="News").replace(
        "Read more: The flood of last winter", f"{picture}\n\n{picture}"
    )
    assert read_article(text).body == "\n\n".join((FIRST, SECOND, THIRD))


def test_the_masthead_of_a_page_with_a_short_menu_is_neither_headline_nor_day():
    article = read_article(copied(above="News"))
    assert article.headline == "Council closes the old bridge"
    assert article.published == date(2018, 3, 27)


def test_the_foot_of_a_page_that_was_copied_from_its_headline_on_is_left_out():
    text = copied()
    foot = "\n".join(f"Ferry {number} sails" for number in range(6))
    article = read_article(f"{text[text.index('Council closes') :]}\n{foot}")
    assert article.body == "\n\n".join((FIRST, SECOND, THIRD))


def test_the_cells_of_a_table_that_was_copied_are_lines_of_their_own():
    text = copied(above="Home").replace("Skip to content\n", "Letters\tContact us\t")
    assert read_article(text).headline == "Council closes the old bridge"


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Copyright © 2018 The Dunley Post | Terms of service", "The Dunley Post"),
        ("Dunley Daily © 2018", "Dunley Daily"),
        ("© 1997-2018 Dunley Post Company. All rights reserved.", "Dunley Post"),
        ("All contents © Copyright 2018, Dunley Post. All Rights Reserved", "Dunley Post"),
        ("© 2018 Norland Media Group", None),
        ("Copyright © 2018 Developed by Norlabs", None),
    ],
)
def test_the_outlet_of_a_copied_page_holds_its_copyright(line, outlet):
    text = copied(stamp="March 27, 2018").replace(" (NTB)", "")
    assert read_article(f"{text}\n{line}").outlet == outlet


def test_the_day_of_a_comment_below_a_short_text_is_no_section():
    text = f"{MENU}\nCouncil closes the old bridge\nMarch 27, 2018\n{FIRST}\n{SECOND}"
    article = read_article(f"{text}\nOla says: March 28, 2018 at 10:12 am\n{THIRD}")
    assert (article.published, article.section) == (date(2018, 3, 27), None)


@pytest.mark.parametrize("entry", load("wire")["end"], ids=lambda entry: entry["example"][:20])
def test_what_ends_an_article_ends_it_though_longer_comments_follow(entry):
    head = f"Council closes the bridge\n\nMarch 27, 2018\n\n{THIRD}"
    assert read_article(f"{head}\n\n{entry['example']}\n\n{FIRST}\n\n{SECOND}").body == THIRD


@pytest.mark.parametrize("entry", load("wire")["foot"], ids=lambda entry: entry["example"][:20])
def test_the_offer_of_a_subscription_and_comments_end_an_article(entry):
    below = f"{entry['example']}\n\nTry the Post for a month, and cancel anytime."
    text = f"Council closes the bridge\n\nMarch 27, 2018\n\n{FIRST}\n\n{SECOND}\n\n{below}"
    assert read_article(text).body == f"{FIRST}\n\n{SECOND}"


def test_the_offer_of_a_subscription_between_paragraphs_is_left_out():
    head = "Council closes the bridge\n\nMarch 27, 2018\n\nIt voted."
    assert (
        read_article(f"{head}\n\nSubscribe to read on\n\n{FIRST}").body == f"It voted.\n\n{FIRST}"
    )


def test_a_page_whose_title_is_its_sites_name_has_the_headline_above_its_text():
    article = read_article(
        "<html><head><title>The Norland Herald Online</title></head><body><a>Obituaries</a><br>"
        "<b>Council closes the old bridge</b><br>By Jo Doe<br>Published March 27, 2018"
        f"<p>{FIRST}<p>{SECOND}</body></html>"
    )
    assert article.headline == "Council closes the old bridge"
    assert article.outlet == "The Norland Herald"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<title></title>",
        '<meta property="og:title" content="">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": ""}</script>',
    ],
)
def test_a_page_that_states_no_headline_is_asked_for_it(head):
    text = f"<html><head>{head}</head><body><p>27 March 2018</p><p>{FIRST}</p><p>{THIRD}</p></body>"
    with pytest.raises(IncompleteError, match="No headline stands above the text"):
        read_article(text)
    assert read_article(text, told=Told(headline="Bridge closes")).headline == "Bridge closes"


@pytest.mark.parametrize(("days", "is_doubted"), [(-1, False), (0, False), (1, False), (2, True)])
@pytest.mark.parametrize("is_told", [True, False])
def test_a_day_of_publication_that_lies_ahead_is_doubted(days, is_doubted, is_told):
    day = datetime.now(UTC).date() + timedelta(days=days)
    printed = "" if is_told else f"{day.day} {day:%B %Y}\n\n"
    text = f"Council closes the bridge\n\n{printed}{FIRST}\n\n{SECOND}"
    article = read_article(text, told=Told(published=day if is_told else None))
    assert article.published == day
    ahead = f"The day of publication, {day.day} {day:%B %Y}, lies ahead: check it."
    assert (ahead in article.warnings) == is_doubted


def test_a_day_told_that_the_page_does_not_give_is_doubted():
    article = read_article(STATED, told=Told(published=date(2018, 5, 16)))
    assert article.published == date(2018, 5, 16)
    assert "The page gives 27 March 2018 as its day" in article.warnings[0]
    assert not read_article(STATED, told=Told(published=date(2018, 3, 27))).warnings


@pytest.mark.parametrize("entry", load("wire")["aside"], ids=lambda entry: entry["example"][:30])
def test_every_aside_of_the_lexicon_is_left_out(entry):
    assert is_aside(entry["example"])


@pytest.mark.parametrize(
    "entry",
    [*load("wire")["editorial_note"], {"example": "Clarification, June 2, 2019: It was in May."}],
    ids=lambda entry: entry["example"][:30],
)
def test_every_note_of_the_lexicon_is_kept_as_the_articles_note(entry):
    article = read_article(page(body="<p>27 March 2018</p>").replace(THIRD, entry["example"]))
    assert article.note == entry["example"]
    assert article.body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "Corrections officers were hurt in the fire, the prison said.",
        "The report was published on Monday, and the council has changed its mind since then.",
        "An earlier plan of the council had foreseen a tunnel, which nobody wanted to pay for.",
        "Reporting by the council shows that the bridge carries nine thousand lorries a day.",
        "Read more than one report of the council and you will find the same sentence in each.",
        "Anyone who saw the driver is asked to contact him or the police on 555-0100.",
        "Jo Doe is a reporter who was jailed for three years.",
    ],
)
def test_a_sentence_of_the_story_is_neither_aside_nor_note(line):
    assert not is_aside(line)
    assert not is_note(line)


@pytest.mark.parametrize("entry", load("wire")["inset"], ids=lambda entry: entry["example"][:20])
def test_every_inset_of_the_lexicon_is_cut_out_of_its_sentence(entry):
    assert without_insets(entry["example"]) in (
        "Norlak Corp shareholders vote.",
        "Write to for more.",
    )
