"""Reading feeds: from what an address answers to the entries that it lists."""

import calendar
import datetime as dt
import io
import logging
import re
from typing import Any
from urllib.parse import urljoin

import feedparser

from timeline.addresses import FetchError
from timeline.fetch import FEEDS, Fetcher
from timeline.models import Batch, Feed, FeedEntry
from timeline.models.feeds import entry_of
from timeline.models.publication import FIRST_YEAR

log = logging.getLogger(__name__)
MOST_ENTRIES = 500  # of one read; feeds list some fifty
_TAG = re.compile(r"<[^<>]{0,500}>")


class NoFeedError(ValueError):
    """What an address answers is no feed. The message is one sentence for whoever follows it."""


def parse(body: bytes, address: str) -> tuple[str, list[FeedEntry]]:
    """Return a feed's title and its entries, as RSS 0.9 to 2.0, RDF and Atom have them.

    Raises NoFeedError for what is none of these.
    """
    try:
        # never bytes: feedparser opens a file, or fetches an address, that has them as its name
        found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # a hostile feed is no outage of ours
        log.exception("A feed ended its parser.")
        raise NoFeedError("The feed is damaged: no entry of it can be read.") from error
    if not found.get("version"):
        is_page = re.search(rb"<html|<!doctype html", body[:2000], re.IGNORECASE)
        what = "a web page, not with RSS or Atom" if is_page else "neither RSS nor Atom"
        raise NoFeedError(f"The address answers with {what}.")
    entries = [_entry(one, address) for one in found.entries[:MOST_ENTRIES]]
    if found.bozo and not entries:
        raise NoFeedError("The feed is damaged: no entry of it can be read.")
    return _words(found.feed.get("title")), [entry for entry in entries if entry]


def _entry(found: Any, address: str) -> FeedEntry | None:
    link = str(found.get("link") or "").strip()
    try:
        link = urljoin(address, link) if link else ""
    except ValueError:  # half of an IPv6 address, or letters that a host cannot have
        return None
    if not link.isprintable() or not link:
        return None
    return entry_of(
        str(found.get("id") or ""),
        link[:2000],
        _words(found.get("title"))[:300],
        _published(found.get("published_parsed") or found.get("updated_parsed")),
    )


def _words(value: object) -> str:
    """Return a title on one line, without its tags."""
    plain = " ".join(_TAG.sub("", str(value or "")).split())
    return "".join(filter(str.isprintable, plain))


def _published(moment: Any) -> str:
    """Return a time of a feed, which feedparser gives in UTC, as articles hold it; or nothing."""
    try:
        at = dt.datetime.fromtimestamp(calendar.timegm(moment), dt.UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return ""
    is_near = FIRST_YEAR <= at.year <= dt.datetime.now(dt.UTC).year + 1
    return at.isoformat(timespec="seconds") if is_near else ""


def read_feed(feed: Feed, fetcher: Fetcher) -> Batch | None:
    """Read a feed; return the batch of its new entries, none of which is fetched yet.

    What goes wrong is noted at the feed, with the time of the next try; nothing raises.
    """
    try:
        page = fetcher.fetch(feed.address, FEEDS, etag=feed.etag, modified=feed.modified)
        if page.is_unchanged:
            feed.is_unchanged()
            return None
        title, entries = parse(page.body, page.address)
        batch = feed.take(title, entries, page.etag, page.modified)
    except FetchError as error:
        feed.fail(str(error), error.wait, error.status)
    except NoFeedError as error:
        feed.fail(str(error))
    except Exception:  # a hostile feed stops no other
        log.exception("A feed could not be read", extra={"fields": {"feed": feed.pk}})
        feed.fail("It could not be read: the log says why.")
    else:
        log.info("Feed read", extra={"fields": {"feed": feed.pk, "new": feed.brought}})
        return batch
    log.info("Feed refused", extra={"fields": {"feed": feed.pk, "reason": feed.error}})
    return None
