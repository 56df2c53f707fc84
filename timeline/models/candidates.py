"""Candidates: one event of a draft with all who report it, and what an editor makes of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from timeline.models.candidate_reports import CandidateReport, said_by
from timeline.models.decisions import Decision, note_made, watch
from timeline.models.derived import Dated, DerivedQuerySet
from timeline.models.drafts import Draft
from timeline.models.events import Event
from timeline.models.hindsight import giveaway
from timeline.models.log import record
from timeline.models.name_links import NameLink, find_bearers
from timeline.models.reports import Report
from timeline.models.slugs import free_slug
from timeline.models.suggestions import AlreadyDecidedError, NotDecidedError, Suggestion
from timeline.models.told import GIVEN_BY, coarser
from timeline.models.vocabulary import Kind, Status


class CandidateQuerySet(DerivedQuerySet["Candidate"]):
    """Reads of candidates."""

    def listed(self) -> "CandidateQuerySet":
        """Those that stand for themselves, in their order: not those merged into another."""
        return self.filter(absorbed_by=None).order_by("number", "pk")

    def waiting(self) -> "CandidateQuerySet":
        """Those of them that no editor has decided."""
        return self.filter(absorbed_by=None, state=Candidate.State.OPEN)

    def catch_up(self, corrected: Suggestion, columns: Collection[str]) -> None:
        """Let those that wait say what an editor has corrected, within that decision.

        One that is being decided does so itself; waiting for it could wait for ever, for it waits
        for its suggestions.
        """
        reports = CandidateReport.objects.filter(suggestion=corrected)
        waiting = self.waiting().filter(pk__in=reports.values("candidate")).order_by("pk")
        watch(waiting, reports)
        for one in waiting.select_for_update(skip_locked=True):
            one.catch_up(corrected.actors if "actors" in columns else None)


class Candidate(Dated):
    """One event of a draft, with the reports of every article that tells it.

    Its columns are what the card shows, and what accepting it makes. `event` is what it became or,
    while it waits, the event that exists already and that it adds to.
    """

    class State(models.TextChoices):
        OPEN = "open", "To decide"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="candidates")
    number = models.PositiveIntegerField()  # its place in the ranking, from 1
    score = models.FloatField(default=0)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    status = models.CharField(max_length=20, choices=Status)
    actors = models.JSONField(default=list, blank=True)
    place = models.CharField(max_length=200, blank=True)
    aside = models.CharField(max_length=200, blank=True, editable=False)
    # What its score is the sum of: [words, worth]; and the engine's verdicts on it: [of, value,
    # rule, [words]]
    parts = models.JSONField(default=list, blank=True, editable=False)
    reasons = models.JSONField(default=list, blank=True, editable=False)
    quotes = models.ManyToManyField(Suggestion, blank=True, related_name="+")

    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    is_edited = models.BooleanField(default=False, editable=False)
    # The columns that an editor has set; of the others the reports have the last word
    by_hand = models.JSONField(default=list, blank=True, editable=False)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="candidates"
    )
    absorbed_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="absorbed"
    )
    decided_by = models.ForeignKey("auth.User", models.SET_NULL, null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="candidate_status_is_known"
            ),
        )
        indexes = (models.Index(fields=("draft", "number")),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether no editor has decided it."""
        return self.state == self.State.OPEN

    @property
    def why(self) -> str:
        """The parts of its score that count most, in a sentence."""
        parts = sorted(self.parts, key=lambda part: -abs(part[1]))
        return "; ".join(words for words, _ in parts[:2])

    @transaction.atomic
    def accept(
        self, by: User, event: Event | None = None, quotes: Collection[Suggestion] = ()
    ) -> Event:
        """Make all its reports and these quotes at once, and write who did it.

        They go to `event`, else to the one that holds one of its suggestions already, which keeps
        its name; without any, a new event is made that says what the card shows. What is made
        waits to be published. Raises NotDecidedError, and changes nothing, where somebody was
        faster or one of the suggestions cannot be taken.
        """
        kind = Decision.Kind.MERGE if event else Decision.Kind.ACCEPT
        with self._deciding(kind, by):
            reports = list(self.reports.select_related("article", "suggestion"))
            suggestions = [report.suggest() for report in reports]
            event = self._take(by, event, suggestions, quotes)
            self.event = event
            self._decide(self.State.ACCEPTED, by)
        return event

    def _take(
        self,
        by: User,
        event: Event | None,
        suggestions: Sequence[Suggestion],
        quotes: Collection[Suggestion],
    ) -> Event:
        locked = self._locked([*suggestions, *quotes])
        for one in (locked[suggestion.pk] for suggestion in suggestions):
            if one.state == Suggestion.State.ACCEPTED and one.report:
                event = event or one.report.event
        is_new = event is None
        for one in (locked[suggestion.pk] for suggestion in suggestions):
            if one.state == Suggestion.State.PENDING:
                made = one.accept(by, event, self._links(one, event), self._called(one))
                event = made.event if isinstance(made, Report) else event
        if event is None:
            raise NotDecidedError("All that it reports has been rejected in the articles' reviews.")
        if is_new:
            self._title(event, by)
        for one in (locked[quote.pk] for quote in quotes):
            if one.state == Suggestion.State.PENDING:
                one.accept(by, event)
        return event

    @transaction.atomic
    def reject(self, by: User) -> None:
        """Put the candidate aside, and with it the suggestions that wait; write who did it."""
        with self._deciding(Decision.Kind.REJECT, by):
            suggestions = [one.suggestion for one in self.reports.all() if one.suggestion]
            for one in self._locked(suggestions).values():
                if one.state == Suggestion.State.PENDING:
                    one.reject(by)
            self._decide(self.State.REJECTED, by)

    @classmethod
    def reject_rest(cls, draft: Draft, by: User) -> int:
        """Put aside what waits below a draft's line, as one decision; return how many."""
        with Decision.record(by, Decision.Kind.REJECT, what="the rest", draft=draft) as decision:
            draft.hold()
            above = draft.candidates.listed().values_list("pk", flat=True)[: draft.shown]
            rest = draft.candidates.waiting().exclude(pk__in=list(above)).select_for_update()
            keys = [one.pk for one in rest]
            decided = {"decided_by": by, "decided_at": timezone.now()}
            for some in batched(keys, 500, strict=False):
                candidates = cls.objects.filter(pk__in=some)
                reported = CandidateReport.objects.filter(candidate__in=some).values("suggestion")
                suggestions = Suggestion.objects.pending().filter(pk__in=reported)
                waiting = Suggestion.objects.filter(
                    pk__in=list(suggestions.values_list("pk", flat=True))
                )
                decision.watch(candidates, waiting)
                waiting.update(state=Suggestion.State.REJECTED, **decided)
                candidates.update(state=cls.State.REJECTED, **decided)
        return len(keys)

    @transaction.atomic
    def edit(self, by: User, columns: Iterable[str]) -> None:
        """Save these columns as an editor has set them; a new ranking leaves them alone."""
        wanted = {column: getattr(self, column) for column in columns}
        with self._deciding(Decision.Kind.EDIT, by):
            for column, value in wanted.items():
                setattr(self, column, value)
            self.by_hand = sorted({*self.by_hand, *wanted})
            self._keep(*wanted, "by_hand")

    @transaction.atomic
    def absorb(self, other: "Candidate", by: User) -> None:
        """Take over the reports and quotes of another candidate, which is then one with this.

        What an editor has set on the other is kept where nobody has on this one.
        """
        with self._deciding(Decision.Kind.MERGE, by, other):
            by_hand = {column: getattr(other, column) for column in other.by_hand}
            set_there = {name: by_hand[name] for name in by_hand if name not in self.by_hand}
            self._show(set_there)
            self.by_hand = sorted({*self.by_hand, *set_there})
            self._keep(*set_there, "by_hand")
            other.reports.update(candidate=self)
            self.quotes.add(*other.quotes.all())
            other.absorbed_by = self
            other.save(update_fields=("absorbed_by",))
            self.follow()

    @transaction.atomic
    def move(self, report: "CandidateReport", to: "Candidate", by: User) -> None:
        """Give one report to another candidate that waits; the last one cannot leave."""
        with self._deciding(Decision.Kind.MOVE, by, to):
            if not self.reports.exclude(pk=report.pk).exists():
                raise NotDecidedError("It is the only report: merge the two candidates instead.")
            if not self.reports.filter(pk=report.pk).update(candidate=to):
                raise NotDecidedError("This report is in another candidate by now.")
            self.follow()
            to.follow()

    @transaction.atomic
    def bring_up(self, by: User) -> None:
        """Put the candidate above the draft's line, as the last one there."""
        with self._deciding(Decision.Kind.MOVE, by):
            draft = Draft.objects.get(pk=self.draft_id)
            watch(Draft.objects.filter(pk=draft.pk))
            if above := list(draft.candidates.listed()[: draft.shown]):
                self.number, self.score = above[-1].number, above[-1].score
            else:
                self.number = 0
            self._keep("number", "score")
            draft.shown += 1
            draft.save(update_fields=("shown",))

    @transaction.atomic
    def split(self, reports: Iterable["CandidateReport"], by: User) -> "Candidate":
        """Part some reports from the others; they make a candidate that follows this one."""
        with self._deciding(Decision.Kind.SPLIT, by):
            other = self._parted({report.pk for report in reports})
            note_made(other)
            self.follow()
        return other

    def _parted(self, keys: Collection[int]) -> "Candidate":
        mine = list(self.reports.select_related("suggestion"))
        parted = [report for report in mine if report.pk in keys]
        if not parted or len(parted) == len(mine):
            raise NotDecidedError("Choose some of its reports, and leave at least one.")
        first = parted[0]
        other = Candidate.objects.create(
            draft=self.draft,
            number=self.number,
            score=self.score,
            title=first.title,
            kind=first.suggestion.kind if first.suggestion else self.kind,
            edtf=first.edtf,
            status=first.status,
            actors=list(dict.fromkeys(name for one in parted for name in one.names)),
            place=first.suggestion.place if first.suggestion else "",
            is_edited=True,
        )
        self.reports.filter(pk__in=keys).update(candidate=other)
        return other

    def follow(self) -> None:
        """Show what the reports that are left state, where no editor has said otherwise."""
        self._keep(*self._show(self._said(list(self.reports.all()))))

    def catch_up(self, named: Sequence[str] | None = None) -> None:
        """Show what its reports' suggestions say since an editor corrected them in a review.

        Where that are names, those that no report has any more go, and `named` come.
        """
        reports = list(self.reports.select_related("suggestion"))
        titles = {report.pk: report.title for report in reports}
        changed = [report for report in reports if report.catch_up()]
        said = self._said(reports)
        called = [one.title for one in changed if titles[one.pk] == self.title]
        if called and "title" not in self.by_hand:
            said["title"] = called[0]
        if named is not None and "actors" not in self.by_hand:
            told = {name for report in reports for name in report.names}
            kept = [name for name in self.actors if name in told]
            said["actors"] = list(dict.fromkeys([*kept, *named]))
        if columns := self._show(said):
            self.save(update_fields=columns)

    def _show(self, said: dict[str, Any]) -> list[str]:
        """Set these columns, and return those that are changed."""
        changed = [column for column, value in said.items() if getattr(self, column) != value]
        for column in changed:
            setattr(self, column, said[column])
        return changed

    def _said(self, reports: Sequence[CandidateReport]) -> dict[str, Any]:
        """Date and status as these reports have them, but for what an editor has set."""
        said = said_by(reports)
        return {column: said[column] for column in said if column not in self.by_hand}

    def _keep(self, *columns: str) -> None:
        """Save columns, and that an editor has dealt with it: a new ranking leaves it alone."""
        self.is_edited = True
        self.save(update_fields=[*columns, "is_edited"])

    @contextmanager
    def _deciding(
        self, kind: str, by: User, other: "Candidate | None" = None
    ) -> Iterator[Decision]:
        """Record a decision on this candidate that waits, and on another one of its draft."""
        if other and (other.pk == self.pk or other.draft_id != self.draft_id):
            raise NotDecidedError("Choose another candidate of this draft.")
        both = [self, other] if other else [self]
        self.draft.hold()
        with Decision.record(by, kind, what=self.title, draft=self.draft) as decision:
            for one in sorted(both, key=lambda one: one.pk):
                one._claim()
                one.catch_up()
                decision.watch(Candidate.objects.filter(pk=one.pk), one.reports.all())
                decision.watch(Candidate.quotes.through.objects.filter(candidate=one))
            yield decision

    def _claim(self) -> None:
        """Keep the candidate from others. Raises AlreadyDecidedError unless it waits."""
        try:
            self.refresh_from_db(from_queryset=Candidate.objects.select_for_update())
        except Candidate.DoesNotExist:
            raise NotDecidedError("This candidate is gone: the draft was ranked anew.") from None
        if not self.is_open or self.absorbed_by_id:
            who = f" by {self.decided_by}" if self.decided_by else ""
            state = "merged" if self.absorbed_by_id else self.get_state_display().lower()
            raise AlreadyDecidedError(f"This candidate is {state} already{who}.")

    @staticmethod
    def _locked(suggestions: Iterable[Suggestion]) -> dict[int, Suggestion]:
        """Keep suggestions from others, in one order for all editors; return them by key."""
        rows = Suggestion.objects.filter(pk__in={one.pk for one in suggestions})
        fresh = rows.order_by("pk").select_for_update(of=("self",))
        return {one.pk: one for one in fresh.select_related("article", "report__event")}

    def _links(self, one: Suggestion, event: Event | None) -> list[NameLink]:
        """The names of a suggestion that the card shows too, and that link without asking."""
        find_bearers(links := one.name_links())
        shown = {name.casefold() for name in (*self.actors, self.place)}
        return [
            link
            for link in one.lacking(links, event)
            if link.is_clear and link.said.casefold() in shown
        ]

    def _called(self, one: Suggestion) -> str:
        """The report's own name for the event, where the card's tells what came later."""
        return one.title if giveaway(self.title) and not giveaway(one.title) else ""

    def _title(self, event: Event, by: User) -> None:
        """Let a new event be called as the card is, with the date and the status set on it by hand.

        Else its reports tell both, as they come and go: a word of the desk's own would let the
        event stand before readers without any.
        """
        reports = list(event.reports.select_related("article").in_order())
        if less := coarser(reports):
            event.reports.filter(pk__in=[one.pk for one in less]).update(gives_date=False)
            event.tell(by, "as the more exact reports have it")
        columns = ["title", "kind", *(name for name in GIVEN_BY if name in self.by_hand)]
        shown = {column: getattr(self, column) for column in columns}
        changed = [column for column, value in shown.items() if getattr(event, column) != value]
        event.slug = free_slug(Event, self.title) if "title" in changed else event.slug
        for column in changed:
            setattr(event, column, shown[column])
        if changed:
            event.save(update_fields=[*changed, "slug"])
            event.take_over()
            record(by, event, f"Set as the draft “{self.draft}” shows it: {', '.join(changed)}.")

    def _decide(self, state: str, by: User) -> None:
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save(update_fields=("state", "decided_by", "decided_at", "event"))
