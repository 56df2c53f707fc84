"""What a saved page states of itself: JSON-LD, Open Graph, `<meta>`, `<time>` and its links.

Vocabularies: schema.org NewsArticle, the Open Graph protocol, Dublin Core, and the names that
publishing systems use for the day of publication.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from ..lexicon import any_of, rows
from ..lexicon.day_names import MONTH_NUMBERS
from .printed_days import day_of, find_day
from .publication_line import read_stamp
from .site_titles import is_site_alone

_ARTICLE = re.compile(
    r"(?:News|Reportage|Opinion|Analysis|Blog|Background|Review)?(?:News)?Article|"
    r"(?:Live)?BlogPosting|Report|ScholarlyArticle|SocialMediaPosting"
)
_NAMES = {kind: listed.split() for kind, listed, _ in rows("meta_names")}
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|\d{8}(?=T|\Z))(?:[T ](?P<clock>\d\d:?\d\d(?::?\d\d)?)(?:\.\d+)?"
    r" ?(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_ADDRESS_DAY = re.compile(
    rf"/((?:19|20)\d\d)[/-](\d{{1,2}}|{'|'.join(MONTH_NUMBERS)})[/-](\d{{1,2}})\b"
)
_LICENCE = re.compile(
    r"creativecommons\.org/(?P<kind>licenses|publicdomain)/(?P<code>[a-z-]+)/?(?P<version>\d\.\d)?"
)
_NO_NAME = re.compile(
    rf"https?:|www\.|@|\A(?:{any_of('page_words', 'no writer')})\Z", re.IGNORECASE
)
# JSON may hold what no database takes: a NUL, half of a surrogate pair
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_MOST_JSON = 2_000_000  # code points of one block


@dataclass(slots=True)
class Metadata:
    """What a page states of its article; headlines and outlets the most telling first.

    `labelled` are the headlines without the page's `<title>`, which may be that of the site.
    """

    headlines: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    published: datetime | date | None = None
    modified: datetime | date | None = None
    url: str | None = None
    licence: str | None = None


def read_metadata(tree: _Element) -> Metadata:
    """Return what the head of a page, its JSON-LD and its marked-up times state."""
    names = _meta(tree)
    linked = _linked_data(tree)
    headings = [_text(one) for one in tree.iter("h1")]
    above = [names.get("og:title"), linked.get("headline"), names.get("twitter:title")]
    above += headings[:3]
    marked = [_text(one) for one in tree.xpath("//*[@itemprop='headline']")[:2]]
    titles = [_text(one) for one in tree.findall(".//head/title")]
    titles = [title for title in titles if not is_site_alone(title)]
    metadata = Metadata(
        headlines=_texts(*above, *titles, *marked),
        labelled=_texts(*above, *marked),
        outlets=_texts(
            names.get("og:site_name"),
            _name(linked.get("publisher")),
            names.get("application-name"),
            names.get("dc.publisher"),
        ),
        bylines=_writers(tree, linked, names),
        sections=_texts(*_listed(linked.get("articleSection")), names.get("article:section")),
        url=_address(tree, names, linked),
        licence=_licence(tree, linked),
    )
    metadata.published = _published(tree, names, linked)
    for value in (linked.get("dateModified"), *(names.get(name) for name in _NAMES["modified"])):
        metadata.modified = metadata.modified or _moment(value)
    return metadata


def is_same_title(shorter: str, longer: str) -> bool:
    """Whether `longer` is `shorter` with a site's name behind it, after a bar or a dash."""
    rest = longer[len(shorter) :]
    return longer.startswith(shorter) and bool(re.match(r"\s*[|·•»:]|\s+[-–—]\s", rest))


def _writers(tree: _Element, linked: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Return the writers as the first source states them that names any."""
    stated: list[list[Any]] = [_names(linked.get("author"))]
    stated += [[names.get(name)] for name in _NAMES["writer"]]
    stated += [[_text(one) for one in tree.xpath("//*[@itemprop='author' or @rel='author']")[:3]]]
    for source in stated:
        by_letters = {name.casefold(): name for name in reversed(_texts(*source))}
        if writers := [name for name in reversed(by_letters.values()) if not _NO_NAME.search(name)]:
            return writers
    return []


def _meta(tree: _Element) -> dict[str, str]:
    """Return the content of every named `<meta>`, the first of a name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if (name := element.get(attribute)) and content:
                found.setdefault(name.lower(), content)
    return found


def _linked_data(tree: _Element) -> dict[str, Any]:
    """Return the article among the JSON-LD of a page: the first that has a headline and a day."""
    articles = [
        one
        for element in tree.iter("script")
        if "ld+json" in (element.get("type") or "").lower()
        for one in _objects(element.text or "")
        if any(_ARTICLE.fullmatch(str(kind)) for kind in _listed(one.get("@type")))
    ]
    whole = (one for one in articles if one.get("headline") and one.get("datePublished"))
    return next(whole, articles[0] if articles else {})


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a block of JSON-LD, those that others hold after these."""
    try:
        waiting = (
            [json.loads(text.strip().rstrip(";"), strict=False)] if len(text) < _MOST_JSON else []
        )
    except (ValueError, RecursionError):
        return
    while waiting:
        one = waiting.pop(0) if len(waiting) < 100 else waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, (dict, list))]
        elif isinstance(one, list):
            waiting += one


def _published(
    tree: _Element, names: dict[str, str], linked: dict[str, Any]
) -> datetime | date | None:
    """Return when the page says it was published, on the clock of its readers where they differ."""
    stated = [linked.get("datePublished"), *(names.get(name) for name in _NAMES["published"])]
    stated += [_attribute(one) for one in tree.xpath("//*[@itemprop='datePublished']")[:2]]
    moments = [moment for value in stated if (moment := _moment(value))]
    best: datetime | date | None
    best = next((one for one in moments if isinstance(one, datetime)), None)
    if best is None or best.date() != _day(moments[0]):
        best = moments[0] if moments else None
    times = [one for one in tree.iter("time") if not _is_update(one)][:5]
    if best is None and times:
        best = next(
            filter(None, (_moment(one.get("datetime") or _text(one)) for one in times)), None
        )
    return best


def day_of_address(url: str | None) -> date | None:
    """Return the day that the address of a page names, as in `/2018/03/28/` or `/2018/mar/28/`."""
    match = _ADDRESS_DAY.search(urlsplit(url or "").path.lower())
    return day_of(*match.groups()) if match else None


def localised(moment: datetime | date, lines: list[str]) -> datetime | date:
    """Return a time given in UTC on the clock that the page prints for its readers.

    The day on which an article says “Monday” is that of its readers. Where the page prints a clock
    of the same instant, the difference is its zone; where it prints the day before or after alone,
    that day is all that is known.
    """
    if not isinstance(moment, datetime) or moment.utcoffset() != timedelta(0):
        return moment
    for line in lines:
        stamp = read_stamp(line)
        if not stamp or stamp.is_update or abs((stamp.day - moment.date()).days) > 1:
            continue
        if stamp.clock:
            local = datetime(*stamp.day.timetuple()[:3], *stamp.clock[:2])
            ahead = local - moment.replace(tzinfo=None, second=0, microsecond=0)
            if abs(ahead) <= timedelta(hours=14) and ahead % timedelta(minutes=15) == timedelta(0):
                return (moment + ahead).replace(tzinfo=timezone(ahead))
        if stamp.day != moment.date():
            return stamp.day
    return moment


def _moment(value: Any) -> datetime | date | None:
    """Read ISO 8601, or a day in words; without a zone, and at a midnight without one, the day."""
    value = value.strip() if isinstance(value, str) else ""
    if match := _ISO.match(value):
        try:
            read = datetime.fromisoformat(match[0].replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            return None
        is_instant = match["clock"] and match["zone"]
        return read.replace(microsecond=0) if is_instant else read.date()
    if found := find_day(value[:100]):
        return None if found.other else found.day
    return None


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_update(element: _Element) -> bool:
    marks = " ".join(
        str(one.get(name) or "")
        for one in (element, element.getparent())
        if one is not None
        for name in ("class", "itemprop", "id")
    )
    words = f"{marks} {_text(element)}".lower()
    return bool(re.search(r"modif|updat|comment|related|actuali", words))


def _attribute(element: _Element) -> str:
    return element.get("content") or element.get("datetime") or _text(element)


def _address(tree: _Element, names: dict[str, str], linked: dict[str, Any]) -> str | None:
    page = linked.get("mainEntityOfPage")
    links = [one.get("href") for one in tree.xpath("//link[@rel='canonical']")]
    base = names.get("og:url") or ""
    stated = [*links, base, page.get("@id") if isinstance(page, dict) else page, linked.get("url")]
    for address in stated:
        if isinstance(address, str) and (whole := _web_address(base, address)):
            return whole
    return None


def _web_address(base: str, address: str) -> str | None:
    try:
        whole = urljoin(base, address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    is_web = is_web and "@" not in parts.netloc  # a name or password is not for readers
    return (
        whole
        if is_web and len(whole) <= 500 and not re.search(r"[\s<>\"\x00-\x1f\ud800-\udfff]", whole)
        else None
    )


def _licence(tree: _Element, linked: dict[str, Any]) -> str | None:
    """Return the licence that a page states for itself, as SPDX names it where it is of CC."""
    links = [one.get("href") for one in tree.xpath("//link[@rel='license']")]
    article = tree.xpath("//article//a[@rel='license'] | //main//a[@rel='license']")
    for stated in (linked.get("license"), *links, *(one.get("href") for one in article)):
        if not isinstance(stated, str) or not stated.strip():
            continue
        if match := _LICENCE.search(stated):
            if match["code"] == "zero":
                return "CC0-1.0"
            return f"CC-{match['code'].upper()}-{match['version'] or '4.0'}"
        return " ".join(_UNSTORABLE.sub(" ", stated).split())[:100]
    return None


def _text(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())[:500]


def _texts(*values: Any) -> list[str]:
    """Return what is text of some values, white space evened out, each once."""
    texts = (
        " ".join(_UNSTORABLE.sub(" ", unescape(value)).split())
        for value in values
        if isinstance(value, str)
    )
    return list(dict.fromkeys(text for text in texts if text))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str | None:
    return next(iter(_names(value)), None)


def _names(value: Any) -> list[str]:
    """Return the names of schema.org persons and organisations, or of plain texts."""
    names = [one.get("name") if isinstance(one, dict) else one for one in _listed(value)]
    return [name for name in names if isinstance(name, str) and name.strip()]
