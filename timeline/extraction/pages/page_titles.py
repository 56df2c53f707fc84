"""The headline and the outlet of a page, chosen among the forms in which it states them."""

import re
from collections import Counter
from urllib.parse import urlsplit

from .page_metadata import Metadata, is_same_title
from .publication_line import outlet_named
from .site_titles import SEPARATOR, is_site

# A first paragraph, which is no headline that stands above the text
_ENDS_PARAGRAPH = re.compile(r"\.[\"'”’]?\Z")
_DAY_BEHIND = re.compile(r"\s*[|·-]\s*\d{1,2}[./]\d{1,2}[./]\d{4}\Z")


def headline_of(metadata: Metadata, visible: str | None) -> str | None:
    """Return the headline that most of the page's statements agree on, the site's suffix dropped.

    `visible` is the headline that stands above the text, if one was found.
    """
    stated = [_DAY_BEHIND.sub("", title) for title in metadata.headlines if title]
    stated = [title for title in stated if not _is_behind(title, stated)] or stated
    if visible and visible not in stated and _ENDS_PARAGRAPH.search(visible):
        visible = None
    if not stated or _is_of_site(stated, visible, metadata):
        return visible
    if not visible:
        stated = [one for one in stated if _is_labelled(one, metadata) or not is_site(one)]
    if not stated:
        return None
    others = [*stated, visible] if visible else stated
    titles = [_without_site(title, others, metadata) for title in stated]
    if visible:
        titles.append(visible)
    votes = Counter(map(_folded, titles))
    return max(titles, key=lambda title: votes[_folded(title)])  # of equals the first


def outlet_of_page(
    metadata: Metadata, visible: str | None, headline: str | None = None
) -> str | None:
    """Return the name of the outlet: as the page states it, else as its title or address ends.

    `headline` is that of the article: a title that has none of its words is the outlet's name.
    """
    for name in metadata.outlets:
        short = SEPARATOR.split(name)[0].strip()
        if short and not _is_address(short):
            return outlet_named(short) or short
    if behind := _site_behind(metadata, headline):
        return outlet_named(behind) or behind
    if visible:
        return visible
    if metadata.outlets:
        return metadata.outlets[0]
    if _is_of_site(metadata.headlines, headline, metadata):
        return SEPARATOR.split(metadata.headlines[0])[0].removesuffix(" Online")
    host = urlsplit(metadata.url or "").hostname or ""
    return host.removeprefix("www.") or None


def _is_behind(title: str, stated: list[str]) -> bool:
    """Whether a title is what stands behind another one: the name of the site, as its logo."""
    longer = (SEPARATOR.split(one) for one in stated if one != title)
    behind = (parts for parts in longer if _folded(parts[-1]) == _folded(title))
    return any(len(parts) > 1 and len(parts[0]) > len(title) for parts in behind)


def may_be_either(metadata: Metadata, visible: str | None) -> bool:
    """Whether nothing tells which is the headline: the visible line or the title, which is then no
    name of an outlet."""
    if visible is None or _ENDS_PARAGRAPH.search(visible):
        return False
    is_alone = _is_of_site(metadata.headlines, visible, metadata)
    return is_alone and not is_site(metadata.headlines[0])


def _is_of_site(stated: list[str], visible: str | None, metadata: Metadata) -> bool:
    """Whether a page states one title alone that has no word of the visible headline.

    Such a page calls itself by its site's name; not by what it labels as the headline.
    """
    if visible is None or len(stated) != 1 or _is_labelled(stated[0], metadata):
        return False
    words = [set(re.findall(r"\w{4,}", title.casefold())) for title in (stated[0], visible)]
    return bool(words[1]) and not words[0] & words[1]


def _is_labelled(title: str, metadata: Metadata) -> bool:
    """Whether a title is the headline by a label of its own, and no outlet is stated by it."""
    labelled = {_folded(_DAY_BEHIND.sub("", one)) for one in metadata.labelled}
    outlets = set(map(_folded, metadata.outlets))
    return _folded(_DAY_BEHIND.sub("", title)) in labelled - outlets


def _without_site(title: str, others: list[str], metadata: Metadata) -> str:
    """Return a title without the site's name behind it: what another title or the outlet shows."""
    shorter = [one for one in others if len(one) >= 8 and is_same_title(one, title)]
    if shorter:
        return min(shorter, key=len)
    parts = SEPARATOR.split(title)
    sites = {_folded(name) for name in metadata.outlets}
    sites |= {_folded(part) for name in metadata.outlets for part in SEPARATOR.split(name)}
    host = (urlsplit(metadata.url or "").hostname or "").removeprefix("www.")
    sites |= {_folded(host), _folded(host.rpartition(".")[0])} - {""}
    while len(parts) > 1 and (_folded(parts[-1]) in sites or _folded(parts[-1]) == ""):
        parts.pop()
        place = max(match.start() for match in SEPARATOR.finditer(title))
        title = title[:place]
    return title


def _site_behind(metadata: Metadata, headline: str | None) -> str | None:
    """Return the name that stands behind the headline in a longer form of it."""
    for longer in metadata.headlines:
        for shorter in (*metadata.headlines, *([headline] if headline else [])):
            if len(shorter) >= 8 and is_same_title(shorter, longer):
                name = SEPARATOR.split(longer[len(shorter) :])[-1].strip()
                if name and not any(character.isdigit() for character in name):
                    return name
    return None


def _is_address(name: str) -> bool:
    return bool(re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,6}", name.lower()))


def _folded(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()
