"""Real saved pages in ../shared/eval/pages: what is read of their markup, and of a copy of them.

    python -m tests.eval.pages           also lists what is wrong, page by page

`pages.tsv` holds what each page states. A headline is right when it is the stated one or that
without the site's name behind it; an outlet, when either name begins with the other. Where nothing
is stated, the figure asks only that something was read. A copy is the `innerText` of the page in
Chromium, as a person selects and copies all of it.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.eval.corpora import KIT
from timeline.extraction import Article, UnreadableError, read_article

PAGES = KIT / "pages"


class Gold(NamedTuple):
    """What a page states of itself; an empty field was not stated, or not twice alike."""

    file: str
    headline: str
    day: str
    outlet: str


class Verdict(NamedTuple):
    """What is right of an article as it was read, or why it could not be read."""

    file: str
    headline: bool
    day: bool
    outlet: bool
    read: Article | None
    refusal: str = ""

    @property
    def came_in(self) -> bool:
        return self.read is not None


def gold() -> list[Gold]:
    with (PAGES / "pages.tsv").open(encoding="utf-8") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return [Gold(*(row + [""] * 4)[:4]) for row in rows if row]


def score() -> dict[str, float]:
    """Return how many pages are read right, of their markup and of the copy of each."""
    return _counted(list(read_saved()), list(read_copied()))


def _counted(saved: list[Verdict], copied: list[Verdict]) -> dict[str, float]:
    right = [one for one in copied if one.came_in and one.headline and one.day]
    wrong = [one for one in copied if one.came_in and not one.day]
    return {
        "come in": sum(one.came_in for one in saved),
        "headline": sum(one.headline for one in saved),
        "day": sum(one.day for one in saved),
        "outlet": sum(one.outlet for one in saved),
        "copied": len(right),
        "copied, wrong day": len(wrong),
    }


def read_saved() -> Iterator[Verdict]:
    for page in gold():
        yield _judged(page, (PAGES / page.file).read_bytes())


def read_copied() -> Iterator[Verdict]:
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        tab = browser.new_page(java_script_enabled=False, viewport={"width": 1440, "height": 900})
        ours = {(PAGES / page.file).as_uri() for page in gold()}
        tab.route(
            "**/*",
            lambda route: route.continue_() if route.request.url in ours else route.abort(),
        )
        for page in gold():
            yield _judged(page, _copy(tab, page.file))
        browser.close()


def _copy(tab: Page, file: str) -> str:
    """Return the text of a page as a person selects it; what the page asks for is not fetched."""
    tab.goto((PAGES / file).as_uri(), wait_until="domcontentloaded")
    # some pages stay hidden until their own script, which does not run here, shows them
    tab.evaluate("document.body.style.setProperty('visibility', 'visible', 'important')")
    return tab.evaluate("document.body.innerText")


def _judged(page: Gold, raw: bytes | str) -> Verdict:
    try:
        article = read_article(raw)
    except UnreadableError as error:
        return Verdict(page.file, False, False, False, None, str(error))
    return Verdict(
        page.file,
        _is_headline(article.headline, page.headline),
        not page.day or _day(article.published).isoformat() == page.day,
        bool(article.outlet) and _is_outlet(article.outlet or "", page.outlet),
        article,
    )


def _day(published: datetime | date) -> date:
    return published.date() if isinstance(published, datetime) else published


def _is_headline(read: str, stated: str) -> bool:
    read, behind = _folded(read), _folded(stated)
    whole = re.split(r"\s[|–—-]\s", stated)
    return not stated or read in {behind, *(_folded(" ".join(whole[:n])) for n in range(1, 9))}


def _is_outlet(read: str, stated: str) -> bool:
    read, stated = _folded(read), _folded(stated)
    return not stated or read.startswith(stated) or (len(read) > 1 and stated.startswith(read))


def _folded(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def main() -> None:
    saved, copied = list(read_saved()), list(read_copied())
    for what, number in _counted(saved, copied).items():
        print(f"{what:<22}{number:4}")
    for kind, verdicts in (("saved", saved), ("copied", copied)):
        for one in verdicts:
            if not (one.came_in and one.headline and one.day and (one.outlet or kind == "copied")):
                read = one.read
                said = (
                    f"{read.headline!r}, {read.published}, {read.outlet!r}" if read else one.refusal
                )
                print(f"  {kind}: {one.file}: {said}")


if __name__ == "__main__":
    main()
