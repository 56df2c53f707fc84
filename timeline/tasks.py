"""Long work, on Django's Tasks framework: batches of articles are read here."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.tasks import task
from django.utils.text import capfirst

from timeline.addresses import FetchError
from timeline.feeds import read_feed
from timeline.fetch import Fetcher, as_utf8
from timeline.ingest import IncompleteError, Outcome, Result, UnreadableError, ingest
from timeline.models import Article, Batch, BatchItem, Feed
from timeline.sources import told_of

log = logging.getLogger(__name__)
SLICE = 2.0  # seconds that a request of the desk may read for, where no worker does
FETCHER = Fetcher()  # one for the process: it keeps the pace of each host, and its rules
_NEW = (Result.STORED, Result.COMPLETED)


def go_on(batch: Batch) -> None:
    """Have a batch read: by the worker, or for SLICE seconds at once where there is none.

    Without a worker whoever looks at the batch asks for the next slice, and no request hangs.
    """
    read_batch.enqueue(batch.pk, None if settings.WORKER else SLICE)


@task()
def read_batch(batch_id: int, seconds: float | None = None) -> None:
    """Read what waits of a batch, for so many seconds at most, and one item at least."""
    read(Batch.objects.get(pk=batch_id), seconds)


def read(
    batch: Batch,
    seconds: float | None = None,
    fetcher: Fetcher | None = None,
    say: Callable[[BatchItem], object] = lambda item: None,
) -> None:
    """Read what waits of a batch, each item for itself, until all is read or it is stopped.

    `say` is called with each item once it is settled.
    An item is marked in the transaction that stores its article: killed at any point and begun
    again, nothing is lost or doubled. Raises DatabaseError or InterfaceError where the database
    gives out; what was being read then waits as before.
    """
    end = None if seconds is None else time.monotonic() + seconds
    while (item := batch.next_item()) or (end is None and _is_held(batch)):
        if item is None:
            time.sleep(1)
            continue
        try:
            read_item(item, fetcher)
        except (DatabaseError, InterfaceError):
            item.release()
            raise
        say(item)
        if end is not None and time.monotonic() >= end:
            break
    if batch.finish():
        log.info("Batch read", extra={"fields": {"batch": batch.pk}})


def _is_held(batch: Batch) -> bool:
    """Whether somebody else has begun with what is left; if he has died, it is free in a minute."""
    return Batch.objects.unfinished().filter(pk=batch.pk, items__state="waiting").exists()


def read_item(item: BatchItem, fetcher: Fetcher | None = None) -> None:
    """Bring one item in, and say of it what became of it."""

    def settle(outcome: Outcome) -> None:
        state = item.State.NEW if outcome.result in _NEW else item.State.KNOWN
        item.settle(state, capfirst(outcome.said), outcome.article)

    try:
        if item.address and not item.raw:
            if known := Article.objects.at(item.address).first():
                said = "Already here: this address is not fetched again."
                item.settle(item.State.KNOWN, said, known)
                return
            fetched = (fetcher or FETCHER).fetch(item.address)
            item.told.setdefault("url", fetched.address)
            item.keep(as_utf8(fetched))
        _ingest(item, settle)
    except IncompleteError as error:
        item.settle(item.State.ASKED, str(error), asks=question(error))
    except (UnreadableError, FetchError) as error:
        item.settle(item.State.FAILED, str(error))


def _ingest(item: BatchItem, settle: Callable[[Outcome], None]) -> None:
    """Bring an item in; what its page leaves open is told by its hints, where they know it."""
    while True:
        try:
            ingest(item.page, item.name, told_of(item.told), item.batch.made_by, settle)
        except IncompleteError as error:
            if error.field in item.told or error.field not in item.hints:
                raise
            item.told[error.field] = item.hints[error.field]
        else:
            return


def follow(feed: Feed) -> None:
    """Have a feed read now: by the worker, or at once where there is none."""
    read_feed_by_key.enqueue(feed.pk)


@task()
def read_feed_by_key(feed_id: int) -> None:
    """Read a feed, and have its new entries read as a batch."""
    if batch := read_feed(Feed.objects.get(pk=feed_id), FETCHER):
        go_on(batch)


def question(error: IncompleteError) -> dict[str, Any]:
    """Return what a page leaves open, with what was read of it, as data."""
    read = {"headline": error.headline, "outlet": error.outlet}
    read["published"] = error.published.isoformat() if error.published else None
    return {
        "field": error.field,
        "days": [day.isoformat() for day in error.days],
        **{name: value for name, value in read.items() if value},
    }
