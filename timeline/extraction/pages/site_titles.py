"""Titles that name a page or its site, and no article."""

import re
from functools import cache

from ..lexicon import load
from .header import outlet_of

SEPARATOR = re.compile(r"\s*[|•»·]\s*|\s+[-–—]\s+|\s*::\s*")
# A mark with nothing before it, which parts a site's name from no headline; “-5 degrees” has none
_LEADING = re.compile(
    r"[|•»·/]|::|[–—-](?=[^\W\d])|[^\w\s\"'“”‘’«»„(\[¿¡$£€]\s",
)
_DATE = re.compile(r"[\d./-]+")


def is_site_alone(title: str) -> bool:
    """Whether a title says which page or site this is, and no more.

    Each of its parts is the name of an outlet or of a page; a mark before them says so as well.

    >>> is_site_alone("Home – The Norland Post"), is_site_alone("Home – a play by Vale")
    (True, False)
    """
    if _LEADING.match(title):
        return True
    parts = [part for part in SEPARATOR.split(title.strip()) if not _DATE.fullmatch(part)]
    names = [part for part in parts if _is_page(part)]
    return len(names) > 0 and all(part in names or is_site(part) for part in parts)


def is_site(words: str) -> bool:
    """Whether `words` are an outlet's name, which “The End of Hard Times” is not."""
    name = _welcome().sub("", words).removesuffix(" Online")
    return bool(outlet_of(name, is_below=" of " not in name))


def _is_page(words: str) -> bool:
    """Whether `words` name a page, as “Home” does, or bid welcome to one."""
    return bool(_pages().fullmatch(words.strip(" .!…"))) or bool(
        _welcome().match(words) and is_site(words)
    )


@cache
def _pages() -> re.Pattern[str]:
    names = "|".join(
        re.escape(name) for entry in load("wire")["page_name"] for name in entry["words"]
    )
    return re.compile(rf"(?:{names})", re.IGNORECASE)


@cache
def _welcome() -> re.Pattern[str]:
    return re.compile(r"welcome to (?:the (?=website|home ?page|site of))?", re.IGNORECASE)
