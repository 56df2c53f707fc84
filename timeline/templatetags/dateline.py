"""What templates need to say things as Dateline does: shapes, dates, links, evidence."""

import datetime as dt
import json
import re
from typing import NamedTuple

from django import template
from django.template import Context
from django.template.defaultfilters import pluralize
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from timeline import dates
from timeline.basis import placed
from timeline.models import PLANS, Actor, Article, Event, Quote, Report, Status, Timeline
from timeline.models.derived import words_of
from timeline.presenters.page import Page
from timeline.selection import KnownDay

register = template.Library()

# What <time datetime> may hold (HTML): a day, a month or a year, nothing vaguer.
_HTML_TIME = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")
_DAY_AND_MONTH = re.compile(
    r"(?<=\d )(January|February|March|April|August|September|October|November|December)"
)


@register.simple_tag
def marker(status: str, extra: str = "") -> SafeString:
    """The shape that stands for a status; the word beside it says the same."""
    shape = "occurred-range" if "marker--range" in extra else status
    return format_html(
        '<svg class="marker marker--{} {}" aria-hidden="true"><use href="#m-{}"/></svg>',
        status,
        extra,
        shape,
    )


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A small picture that only decorates the words beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="#i-{}"/></svg>', extra, name
    )


@register.simple_tag
def tick(known_day: KnownDay) -> SafeString:
    """A day of publication on the line of the stepper. In Python: forty of them are a slow loop."""
    words = day(known_day.day)
    events = f"{known_day.events} event{pluralize(known_day.events)}"
    articles = f"{known_day.articles} article{pluralize(known_day.articles)}"
    return format_html(
        '<li class="{}{}"><a class="strip__tick" id="stop-{}" href="{}" hx-get="{}" tabindex="-1" '
        'title="{}: {}, {}"{}><span class="sr-only">{}, {}</span></a></li>',
        position(known_day.position),
        " is-later" if known_day.is_later else "",
        known_day.day.isoformat(),
        known_day.url,
        known_day.url,
        words,
        articles,
        events,
        mark_safe(' aria-current="true"' if known_day.is_current else ""),
        words,
        events,
    )


@register.simple_tag(takes_context=True)
def link(context: Context, thing: Event | Timeline | Actor | Article) -> str:
    """The address of a record, as known on the day in view.

    An event may stand in more timelines than one: its address carries the one that leads there.
    """
    timeline = _page(context).timeline
    if not (isinstance(thing, Event) and timeline):
        return thing.get_absolute_url() + known_query(context)
    query = f"?timeline={timeline.slug}" + known_query(context).replace("?", "&")
    return thing.get_absolute_url() + query


@register.simple_tag(takes_context=True)
def remark_link(context: Context, thing: Event | Article) -> str:
    """The address where a reader writes to the desk of a record, as known on the day in view."""
    path, mark, query = link(context, thing).partition("?")
    return f"{path}remark/{mark}{query}"


@register.simple_tag(takes_context=True)
def known_query(context: Context) -> str:
    """The query string that carries the day in view to another page; empty for today."""
    known = _page(context).known
    return f"?known={known:%Y-%m-%d}" if known else ""


def _page(context: Context) -> Page:
    """The page that is rendered; where an error is told, one of today."""
    page = context.get("page")
    return page if isinstance(page, Page) else Page()


# Entry of the main navigation → the names of the pages that belong to it.
NAV_SECTIONS = {
    "timelines": ("home", "timeline", "event", "event_remark", "event_thanks"),
    "quotes": ("quotes",),
    "articles": ("articles", "article", "article_remark", "article_thanks"),
    "actors": ("actors", "actor"),
}


@register.simple_tag(takes_context=True)
def nav_current(context: Context, section: str) -> SafeString:
    """Mark the entry of the main navigation that the page belongs to."""
    match = getattr(context.get("request"), "resolver_match", None)
    return mark_safe(
        ' aria-current="true"' if match and match.url_name in NAV_SECTIONS[section] else ""
    )


@register.filter
def day(value: dt.date | None) -> str:
    """A day in full: “10 January 2019”."""
    return dates.words(value.isoformat()) if value else ""


@register.filter
def short(words: str) -> str:
    """A date in words with the month cut where a day stands before it: “7–10 Jan 2019”."""
    return _DAY_AND_MONTH.sub(lambda month: month[1][:3], capfirst(words))


@register.filter
def short_day(value: dt.date) -> str:
    """A day in short: “10 Jan 2019”."""
    return short(day(value))


@register.filter
def date_words(edtf: str) -> str:
    """An EDTF date as a reader says it."""
    return words_of(edtf)


@register.filter
def is_fuzzy(edtf: str) -> bool:
    """Whether a date is known only roughly: drawn with a capsule round its marker."""
    return bool(edtf) and not dates.is_exact(edtf) and not is_stretch(edtf)


@register.filter
def is_stretch(edtf: str) -> bool:
    """Whether a date runs over more days or years, both ends stated: drawn as a long marker."""
    first, slash, last = edtf.partition("/")
    return bool(slash) and all(re.fullmatch(r"[\d-]+", side) for side in (first, last))


@register.simple_tag
def when(edtf: str, words: str, css: str = "") -> SafeString:
    """A date as a <time> element where HTML can express it, else as plain words."""
    attribute = format_html(' class="{}"', css) if css else ""
    first = edtf.partition("/")[0]
    exact = first if _HTML_TIME.fullmatch(first) else ""
    if exact:
        return format_html('<time{} datetime="{}">{}</time>', attribute, exact, words)
    return format_html("<span{}>{}</span>", attribute, words)


@register.filter
def position(share: float) -> str:
    """A place between 0 and 1 as classes of known.css: “tenth-3 hundredth-7 thousandth-4”.

    The page's security policy lets no element carry a style of its own.
    """
    digits = f"{round(share * 1000):04}"
    return f"tenth-{int(digits[:2])} hundredth-{digits[2]} thousandth-{digits[3]}"


@register.filter
def status_words(report: Report) -> str:
    """The status that a report states, in a reader's words."""
    return Status(report.status).label


@register.filter
def plan_words(steps: list[Report]) -> list[tuple[Report, str]]:
    """Each step of a plan with its words: “Planned again” after it had been off."""
    said, was_off = [], False
    for step in steps:
        again = was_off and step.status in PLANS and step.status != Status.POSTPONED
        said.append((step, f"{step.get_status_display()} again" if again else status_words(step)))
        was_off = step.status in (Status.CANCELLED, Status.POSTPONED)
    return said


class ShownEvidence(NamedTuple):
    """How a report's date was read: the fragment, the words that were read, and the result."""

    fragment: SafeString
    words: list[str]
    result: str
    why: str
    before: str  # an ellipsis where the fragment begins, or ends, within a sentence
    after: str


@register.filter
def shown_evidence(report: Report) -> ShownEvidence:
    """The evidence of a report as a reader gets it: what stands there, and how that was read."""
    basis = report.read_from
    dated = placed(basis.date.spans, report.exact, report.start)
    told = placed(basis.status.spans, report.exact, report.start)
    is_cue = report.status != Status.OCCURRED
    result = capfirst(report.date_words)
    return ShownEvidence(
        fragment=_highlighted(report.exact, dated, told if is_cue else []),
        words=[span.exact for span in basis.date.spans],
        result=f"{result}, {report.get_status_display().lower()}" if is_cue else result,
        why=report.derivation,
        before="" if _begins_sentence(report.prefix, report.exact) else "…",
        after="" if _SENTENCE_END.search(report.exact) else "…",
    )


_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_ABBREVIATION = re.compile(r"\b([A-Z][a-z]{0,3}|[A-Z](\.[A-Z])+)\.\s*$")


def _begins_sentence(prefix: str, exact: str) -> bool:
    """Whether a sentence begins where `prefix` ends and `exact` begins."""
    first = exact.lstrip("\"'“‘([ ")[:1]
    is_after_one = not prefix.strip() or prefix.endswith("\n") or _SENTENCE_END.search(prefix)
    return bool(is_after_one) and not first.islower() and not _ABBREVIATION.search(prefix)


@register.simple_tag
def quotation(quote: Quote, query: str = "") -> SafeString:
    """The words of a quote in quotation marks; with ellipses when only a part was quoted."""
    around = ("“…", "…”") if quote.is_partial else ("“", "”")
    text = quote.text.rstrip(".,") if quote.is_partial else quote.text
    words = _marked(text, query.split(), 'em class="topic"')
    return format_html("{}{}{}", around[0], words, around[1])


@register.filter
def role(quote: Quote) -> str:
    """What the speaker was on the day of the article, if the desk knows it."""
    if not quote.speaker:
        return ""
    on = quote.article.published_on
    for held in quote.speaker.roles.all():
        try:
            since, until = dates.bounds(held.since).earliest, dates.bounds(held.until).latest
        except ValueError:  # it came past the checks: when it was held is not known
            continue
        if (not since or since <= on) and (not until or on <= until):
            return held.title
    return ""


@register.simple_tag(takes_context=True)
def focus_url(context: Context, event: Event) -> str:
    """The address of the same view with an event's quotes beside the list."""
    return f"{context['page'].selection.url(focus=event.slug)}#event-{event.slug}"


@register.filter
def clock(instant: dt.datetime) -> str:
    """The time of day on the article's own clock: “16:02 (UTC+9)”."""
    return f"{instant:%H:%M} ({instant.tzinfo})".replace(":00)", ")")


@register.filter
def language(code: str) -> str:
    """The English name of a language by its BCP 47 code; the code itself when it is unknown."""
    try:
        name: str = get_language_info(code)["name"]
    except KeyError:
        return code
    return name


@register.simple_tag(takes_context=True)
def people(context: Context, event: Event) -> SafeString:
    """The actors of an event as links, as known on the day in view."""
    suffix = known_query(context)
    return format_html_join(
        ", ",
        '<a href="{}{}">{}</a>',
        (
            (one.actor.get_absolute_url(), suffix, one.actor.name)
            for one in event.shown_participations
        ),
    )


def _marked(text: str, words: list[str], element: str) -> SafeString:
    """`text` escaped, each of `words` that occurs in it inside an element, in any case."""
    found = [re.escape(word) for word in sorted(words, key=len, reverse=True) if word.strip()]
    if not found:
        return conditional_escape(text)
    name = element.partition(" ")[0]
    pieces = re.split(f"({'|'.join(found)})", text, flags=re.IGNORECASE)
    safe: list[str] = [conditional_escape(piece) for piece in pieces]
    safe[1::2] = [f"<{element}>{piece}</{name}>" for piece in safe[1::2]]
    return mark_safe("".join(safe))


def _highlighted(
    text: str, dated: list[tuple[int, int] | None], told: list[tuple[int, int] | None]
) -> SafeString:
    """`text` escaped, with its spans marked: the date's words, and those that give the status.

    Where spans overlap, the words belong to the one that begins first, of those to the longest.
    """
    spans = [(*span, "<mark>") for span in dated if span]
    spans += [(*span, _CUE) for span in told if span]
    pieces, at = [], 0
    for start, end, opening in sorted(spans, key=lambda span: (span[0], -span[1])):
        if (start := max(start, at)) < end:
            pieces += [escape(text[at:start]), opening, escape(text[start:end]), "</mark>"]
            at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))  # every piece of text is escaped


_CUE = '<mark class="cue">'


# As Django's json_script has it: nothing in it ends the element or begins another.
_JSON_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.filter
def json_ld(said: dict[str, object]) -> SafeString:
    """Render linked data for other sites (JSON-LD), as a block that no browser runs."""
    data = json.dumps(said, ensure_ascii=False).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')
