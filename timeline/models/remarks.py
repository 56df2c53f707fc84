"""What readers write to the desk of an event or an article, and what editors make of it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from timeline.models.articles import Article
from timeline.models.corrections import Correction
from timeline.models.decisions import Decision
from timeline.models.events import Event, EventQuerySet
from timeline.models.log import record
from timeline.models.suggestions import AlreadyDecidedError, NotDecidedError

MOST_CHARACTERS = 4000
# Remarks that are taken within an hour from one sender, and from all together
WINDOW = dt.timedelta(hours=1)
MOST_OF_ONE, MOST_OF_ALL = 5, 200


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Reads of remarks."""

    def waiting(self) -> Self:
        """Those that no editor has dealt with."""
        return self.filter(state=Remark.State.WAITS)

    def recent(self) -> Self:
        """Those of the last hour."""
        return self.filter(sent_at__gt=timezone.now() - WINDOW)

    def full_until(self, sender: str) -> dt.datetime | None:
        """Return when the next one of a sender is taken; None where it is taken now.

        A sender whom nobody could tell counts among all alone.
        """
        limits = [(self.recent(), MOST_OF_ALL)]
        if sender:
            limits.append((self.recent().filter(sender=sender), MOST_OF_ONE))
        times = [
            sent_at
            for rows, most in limits
            for sent_at in rows.order_by("-sent_at").values_list("sent_at", flat=True)[
                most - 1 : most
            ]
        ]
        return max(times) + WINDOW if times else None


class Remark(models.Model):
    """What one reader has written of one event or article. It is never public.

    It stays in the queue of the editors where the record is withdrawn or deleted. Only an answer is
    shown to readers, as a correction note of an event, where its editor chose so.
    """

    class State(models.TextChoices):
        WAITS = "waits", "Waits"
        ANSWERED = "answered", "Answered"
        SET_ASIDE = "set-aside", "Set aside"

    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, editable=False, related_name="remarks"
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, editable=False, related_name="remarks"
    )
    # What the record was called when the remark was sent: it may be deleted since
    about = models.CharField(max_length=500, editable=False)
    text = models.TextField("remark", max_length=MOST_CHARACTERS, editable=False)
    name = models.CharField(max_length=100, blank=True, editable=False)
    email = models.EmailField("e-mail", blank=True, editable=False)
    sent_at = models.DateTimeField("sent", default=timezone.now, db_index=True, editable=False)
    # Who sent it, for the limit alone: a digest that holds for a day (`views/remark_form.py`)
    sender = models.CharField(max_length=32, blank=True, editable=False)

    state = models.CharField(
        max_length=10, choices=State, default=State.WAITS, db_index=True, editable=False
    )
    reply = models.CharField("answer", max_length=500, blank=True, editable=False)
    # Where readers see the answer
    correction = models.ForeignKey(
        Correction, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        default_permissions = ("change", "delete", "view")
        constraints = (
            models.CheckConstraint(
                condition=Q(event=None) | Q(article=None), name="remark_on_one_record"
            ),
        )

    def __str__(self) -> str:
        return f"A reader on “{self.called}”"

    def get_absolute_url(self) -> str:
        return reverse("admin:timeline_remark_change", args=[self.pk])

    @property
    def record(self) -> Event | Article | None:
        """What it is about; None where that is deleted since."""
        return self.event or self.article

    @property
    def called(self) -> str:
        """What that is called now, or was when the remark was sent."""
        return self.record.called if self.record else self.about

    @property
    def waits(self) -> bool:
        """Whether no editor has dealt with it."""
        return self.state == self.State.WAITS

    @property
    def decision(self) -> Decision | None:
        """The decision that stands on it."""
        return Decision.objects.standing().on(self).first()

    def noted_events(self) -> EventQuerySet:
        """The public events on which its answer can be shown: its own, or those of its article."""
        of_article = Q(reports__in=self.article.reports.public()) if self.article else Q(pk=None)
        found: EventQuerySet = Event.objects.public().filter(Q(pk=self.event_id) | of_article)
        return found.distinct()

    def send(self) -> dt.datetime | None:
        """Store what a reader has written. Returns when it is taken where that is too many now.

        The same words sent again within the hour are stored once, unless with another name or
        e-mail: whoever forgot the address sends them again with it.
        """
        again = Remark.objects.recent().filter(
            sender=self.sender, text=self.text, name=self.name, email=self.email
        )
        if again.filter(event=self.event_id, article=self.article_id).exists():
            return None
        until = Remark.objects.full_until(self.sender)
        if until is None:
            self.save(force_insert=True)
        return until

    def answer(self, reply: str, by: User, on: Event | None = None) -> None:
        """Hold what was answered, on a public event as a correction note; write who did it.

        Raises NotDecidedError, and changes nothing, where somebody was faster or readers do not
        see the event any more.
        """
        with self._deciding(Decision.Kind.ANSWER, by) as decision:
            if on and not self.noted_events().filter(pk=on.pk).exists():
                raise NotDecidedError(f"Readers do not see “{on}” any more: nothing was answered.")
            if on:
                self.correction = Correction.objects.note(on, reply, by)
                decision.note_made(self.correction)
            self.reply = reply
            self._decide(self.State.ANSWERED, by)
            record(
                by, self, f"Answered{f', as a correction note on “{on}”' if on else ''}: {reply}"
            )

    def set_aside(self, by: User) -> None:
        """Take it out of the queue without an answer, and write who did it.

        Raises NotDecidedError, and changes nothing, where somebody was faster.
        """
        with self._deciding(Decision.Kind.SET_ASIDE, by):
            self._decide(self.State.SET_ASIDE, by)
            record(by, self, "Set aside.")

    @contextmanager
    def _deciding(self, kind: str, by: User) -> Iterator[Decision]:
        """Lock the row, see that it waits, and record what is decided."""
        with transaction.atomic():
            rows = Remark.objects.filter(pk=self.pk)
            locked = rows.select_for_update(no_key=True, of=("self",)).first()
            if locked is None:
                raise NotDecidedError("This remark has been deleted.")
            if not locked.waits:
                who, at = locked.decided_by or "Somebody", timezone.localtime(locked.decided_at)
                done = locked.get_state_display().lower()
                raise AlreadyDecidedError(f"{who} has {done} this already, at {at:%H:%M}.")
            with Decision.record(by, kind, what=str(self)) as decision:
                decision.watch(rows)
                yield decision

    def _decide(self, state: str, by: User) -> None:
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save(update_fields=("state", "reply", "correction", "decided_by", "decided_at"))
