"""Batches: articles that are brought in together, and what became of each of them."""

import datetime as dt
import zlib
from collections.abc import Sequence
from typing import Any, Self

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils import timezone

from timeline.models.articles import Article
from timeline.models.publishable import counted

# Whoever reads an item has it for so long; then another may, for the first is taken for dead.
CLAIM = dt.timedelta(seconds=60)
ATTEMPTS = 3  # to read one item: what ends the process each time does not end all others
_AT_ONCE = 200  # rows of an insert
LONGEST_NAME = 300


class BatchQuerySet(models.QuerySet["Batch"]):
    """Reads of batches, and how one is made."""

    def unfinished(self) -> Self:
        """Batches of which something is still to be read."""
        return self.filter(state__in=(Batch.State.WAITING, Batch.State.RUNNING))

    def with_counts(self) -> Self:
        """Add how many items are in each state, as `items_new`, `items_failed`…, and in all."""
        counts = {
            f"items_{state}": Count("items", filter=Q(items__state=state))
            for state in BatchItem.State.values
        }
        return self.annotate(items_all=Count("items"), **counts)

    @transaction.atomic
    def begin(self, by: User | None, source: str, items: Sequence["BatchItem"]) -> "Batch":
        """Store a batch with its items, to be read from now on; `source` says what they are."""
        batch = self.create(made_by=by, source=source[:LONGEST_NAME])
        for number, item in enumerate(items, 1):
            item.batch, item.number = batch, number
        BatchItem.objects.bulk_create(items, batch_size=_AT_ONCE)
        return batch


class Batch(models.Model):
    """Articles that are brought in together; each is read for itself, and none stops another."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be read"
        RUNNING = "running", "Being read"
        STOPPED = "stopped", "Stopped"
        DONE = "done", "Read"

    made_by = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    source = models.CharField(max_length=LONGEST_NAME, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.source

    def get_absolute_url(self) -> str:
        return reverse("admin:batch", args=[self.pk])

    @property
    def articles(self) -> "models.QuerySet[Article]":
        """The articles that came of it, those that were here already among them."""
        return Article.objects.filter(pk__in=self.items.exclude(article=None).values("article"))

    @property
    def is_unfinished(self) -> bool:
        """Whether something of it is still to be read, and nobody has stopped it."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_stalled(self) -> bool:
        """Whether it should be being read, and nobody has begun with an item for a while."""
        last = self.items.aggregate(last=Max("claimed_at"))["last"] or self.made_at
        return self.is_unfinished and timezone.now() - last > CLAIM

    def next_item(self) -> "BatchItem | None":
        """Claim the next item to read; None where none is free, or the batch was stopped.

        What somebody has begun with and not ended comes last, once his time is over.
        """
        if not Batch.objects.unfinished().filter(pk=self.pk).update(state=self.State.RUNNING):
            return None
        while True:
            now = timezone.now()
            is_free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
            free = self.items.waiting().filter(is_free)
            item = free.order_by("attempts", "number").first()
            if item is None:
                return None
            claimed = free.filter(pk=item.pk).update(claimed_at=now, attempts=F("attempts") + 1)
            if claimed and item.attempts < ATTEMPTS:
                return item
            if claimed:
                said = f"Reading it has ended without a result {ATTEMPTS} times."
                item.settle(BatchItem.State.FAILED, said)

    @transaction.atomic
    def finish(self) -> bool:
        """Call it read where nothing waits any more; return whether it is."""
        if self.items.waiting().exists():
            return False
        now = timezone.now()
        ended = Batch.objects.unfinished().filter(pk=self.pk)
        ended.update(state=self.State.DONE, finished_at=now)
        return True

    def stop(self) -> bool:
        """Let what waits wait; what is being read just now is read to its end."""
        batch = Batch.objects.unfinished().filter(pk=self.pk)
        return bool(batch.update(state=self.State.STOPPED))

    @transaction.atomic
    def resume(self, *, with_failed: bool = False) -> bool:
        """Go on with what waits and, where asked, with what failed; return if there is any."""
        if with_failed:
            again = {"state": BatchItem.State.WAITING, "claimed_at": None, "attempts": 0}
            self.items.filter(state=BatchItem.State.FAILED, can_be_read=True).update(**again)
        if not self.items.waiting().exists():
            return False
        Batch.objects.filter(pk=self.pk).update(state=self.State.WAITING, finished_at=None)
        return True


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    """Reads of items."""

    def waiting(self) -> Self:
        """Items that are still to be read."""
        return self.filter(state=BatchItem.State.WAITING)

    def light(self) -> Self:
        """Leave the stored pages in the database."""
        return self.defer("raw")


class BatchItem(models.Model):
    """One article to bring in: as its page, packed, or by its address; and what became of it.

    `told` is what is known of it beside its page, by the names of `extraction.Told`, and `hints`
    what counts where the page leaves it open; `asks` is what has to be told before it is stored.
    The page is kept until an article has come of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "To be read"
        NEW = "new", "Brought in"
        KNOWN = "known", "Already here"
        ASKED = "asked", "Needs an answer"
        FAILED = "failed", "Not read"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items", editable=False)
    number = models.PositiveIntegerField(editable=False)
    name = models.CharField(max_length=LONGEST_NAME, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    said = models.TextField(blank=True, editable=False)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="+", editable=False
    )
    address = models.CharField(max_length=2000, blank=True, editable=False)
    told = models.JSONField(default=dict, blank=True, editable=False)
    hints = models.JSONField(default=dict, blank=True, editable=False)
    asks = models.JSONField(default=dict, blank=True, editable=False)
    can_be_read = models.BooleanField(default=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    # the last column: the others are read without it
    raw = models.BinaryField(default=b"", editable=False)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="item_once"),)
        indexes = (models.Index(fields=("batch", "state", "number"), name="item_to_read"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of_page(cls, name: str, page: bytes, **fields: Any) -> "BatchItem":
        """Return an item that holds a page, packed; not stored yet."""
        return cls(name=name[:LONGEST_NAME], raw=zlib.compress(page), **fields)

    @property
    def page(self) -> bytes:
        """The page, unpacked: as long as what was packed here, at most an article's bytes."""
        return zlib.decompress(self.raw) if self.raw else b""

    def keep(self, page: bytes) -> None:
        """Hold the page that was fetched, so that it is not fetched again to be read."""
        self.raw = zlib.compress(page)
        self.save(update_fields=["raw"])

    def settle(
        self,
        state: str,
        said: str,
        article: Article | None = None,
        asks: dict[str, Any] | None = None,
    ) -> None:
        """Say what became of it; the page goes where an article holds its text."""
        self.state, self.said, self.article, self.asks = state, said, article, asks or {}
        columns = ["state", "said", "article", "asks"]
        if article:
            self.raw = b""
            columns.append("raw")
        self.save(update_fields=columns)

    def release(self) -> None:
        """Give it back unread, as if nobody had begun with it."""
        claim = BatchItem.objects.waiting().filter(pk=self.pk, attempts__gt=0)
        claim.update(claimed_at=None, attempts=F("attempts") - 1)

    def answer(self, told: dict[str, Any]) -> None:
        """Take what an editor tells of it, and let it be read again."""
        self.told |= told
        self.state, self.asks, self.attempts, self.claimed_at = self.State.WAITING, {}, 0, None
        self.save(update_fields=["told", "state", "asks", "attempts", "claimed_at"])


def in_words(batch: Batch) -> str:
    """Return how many of a batch's items, counted by `with_counts`, are in which state.

    >>> in_words(batch)
    '60 articles: 38 brought in, 1 not read, 21 to be read'
    """
    names = [(f"items_{state}", label.lower()) for state, label in BatchItem.State.choices[1:]]
    names = [(name, label.replace("needs an answer", "to be answered")) for name, label in names]
    names.append(("items_waiting", "to be read"))
    parts = [f"{number} {label}" for name, label in names if (number := getattr(batch, name))]
    whole = counted(article=getattr(batch, "items_all"))  # noqa: B009
    return f"{whole}: {', '.join(parts)}" if parts else whole
