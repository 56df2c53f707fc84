"""Two records of one actor or place: what hangs on both, where they clash, and making them one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from timeline.dates import Bounds, known_bounds
from timeline.models.actors import Actor, Alias, FormerSlug, Named, Place, PlaceAlias, Role
from timeline.models.apart import Apart
from timeline.models.decisions import Decision
from timeline.models.events import Event
from timeline.models.log import record
from timeline.models.participations import Participation
from timeline.models.quotes import Quote
from timeline.models.reports import Report


class NotMergedError(Exception):
    """Two records could not be merged; the message says why, in one sentence."""


@dataclass(frozen=True)
class Choices:
    """What an editor decides where two actors clash.

    `parts` says, by the key of an event in which both take part, in which part the one that stays
    does; `left_out` holds the keys of roles that go with the other one.
    """

    parts: Mapping[int, str] = field(default_factory=dict)
    left_out: Collection[int] = ()


@dataclass(frozen=True)
class RoleToMove:
    """A role of the one that goes, and the role of the one that stays that it repeats, if any."""

    role: Role
    same: Role | None
    is_repeated: bool  # to the letter: it goes without asking

    @property
    def repeats_title(self) -> bool:
        """Whether `same` is of the same title, in other years."""
        return self.same is not None and self.same.title.casefold() == self.role.title.casefold()


@dataclass(frozen=True)
class Merge:
    """The merge of `other` into `kept`: what would be, and then what is."""

    kept: Named
    other: Named

    @cached_property
    def shared_events(self) -> list[tuple[Participation, Participation]]:
        """The parts of both in the events in which both take part, the one that stays first."""
        if not isinstance(self.kept, Actor):
            return []
        parts = Participation.objects.select_related("event", "known_from__article")
        own = {part.event_id: part for part in parts.filter(actor=self.kept)}
        others = parts.filter(actor=self.other.pk, event__in=own).order_by("event__earliest", "pk")
        return [(own[part.event_id], part) for part in others]

    @cached_property
    def shared_names(self) -> list[str]:
        """The names of the one that goes that the other bears already, in any case of letters."""
        return [name for name in names_of(self.other) if self.kept.bears(name)]

    @cached_property
    def new_names(self) -> list[str]:
        """The names that the one that stays would get."""
        return [name for name in names_of(self.other) if not self.kept.bears(name)]

    @cached_property
    def roles(self) -> list[RoleToMove]:
        """The roles of the one that goes, each beside what it repeats or overlaps."""
        if not (isinstance(self.kept, Actor) and isinstance(self.other, Actor)):
            return []
        own = list(self.kept.roles.all())
        return [_beside(role, own) for role in self.other.roles.all()]

    @cached_property
    def differing(self) -> list[tuple[str, str, str]]:
        """The columns in which both say something else: what it is, what stays, what goes."""
        columns = [
            (str(column.verbose_name), shown(self.kept, name), shown(self.other, name))
            for name in COLUMNS[type(self.kept)]
            for column in self.kept._meta.concrete_fields
            if column.name == name
        ]
        return [(name, stays, goes) for name, stays, goes in columns if stays and goes
                and stays != goes]  # fmt: skip

    @cached_property
    def filled(self) -> list[str]:
        """The columns that the one that stays would get from the other."""
        names = COLUMNS[type(self.kept)]
        return [one for one in names if not shown(self.kept, one) and shown(self.other, one)]

    @cached_property
    def is_name_public(self) -> bool:
        """Whether readers see the name of the one that goes, and so do from then on."""
        return bool(type(self.other).objects.public().filter(pk=self.other.pk).exists())

    def run(self, by: User, choices: Choices) -> None:
        """Do it, within the decision that is being taken."""
        self._move_names(is_published=self.is_name_public)
        if isinstance(self.kept, Actor):
            self._move_roles(choices)
            self._move_parts(choices)
            Quote.objects.filter(speaker=self.other.pk).update(speaker=self.kept)
        else:
            Event.objects.filter(place=self.other.pk).update(place=self.kept.pk)
        if self.filled:
            for name in self.filled:
                setattr(self.kept, name, getattr(self.other, name))
            self.kept.save(update_fields=self.filled)
        former: dict[str, Any] = {str(self.kept._meta.model_name): self.kept}
        self.other.former_slugs.update(**former)
        FormerSlug.objects.create(slug=self.other.slug, **former)
        Apart.objects.pass_on(self.other, self.kept)
        record(by, self.kept, f"Merged: {self.other} ({self.other.slug}) is one with this.")
        record(by, self.other, f"Merged into {self.kept} ({self.kept.slug}).")
        type(self.other)._default_manager.get(pk=self.other.pk).delete()

    def _move_names(self, *, is_published: bool) -> None:
        owner = str(self.kept._meta.model_name)
        aliases = {alias.name.casefold(): alias for alias in self.kept.aliases.all()}
        own = self.kept.name.casefold()
        name = self.kept.aliases.model(name=self.other.name, is_published=is_published)
        for alias in [name, *self.other.aliases.all()]:
            key = alias.name.casefold()
            same = aliases.get(key)
            if key != own and same is None:
                setattr(alias, owner, self.kept)
                alias.save()
                aliases[key] = alias
            elif same and alias.is_published and not same.is_published:
                same.is_published = True
                same.save(update_fields=("is_published",))

    def _move_roles(self, choices: Choices) -> None:
        for one in self.roles:
            if not one.is_repeated and one.role.pk not in choices.left_out:
                one.role.actor_id = self.kept.pk
                one.role.save(update_fields=("actor",))

    def _move_parts(self, choices: Choices) -> None:
        for part, other in self.shared_events:
            part.role = choices.parts.get(part.event_id, part.role)
            part.known_from = _first_known(part, other)
            part.is_brought = part.is_brought and other.is_brought
            part.save(update_fields=("role", "known_from", "is_brought"))
            other.delete()
        Participation.objects.filter(actor=self.other.pk).update(actor=self.kept.pk)


# What both say of themselves, beside their names
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Actor: ("kind", "wikidata"),
    Place: ("country", "latitude", "longitude", "wikidata"),
}


def shown(row: models.Model, name: str) -> str:
    """Return a column of a record in words; "" where nothing is said."""
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    return "" if value is None else str(value)


def names_of(row: Named) -> list[str]:
    """Return its name and its aliases."""
    return [row.name, *(alias.name for alias in row.aliases.all())]


def merge(kept: Named, other: Named, by: User, choices: Choices | None = None) -> None:
    """Let `kept` take over all that hangs on `other`, delete that, and write who did it.

    It is one decision, which can be undone. Raises NotMergedError where one of both is gone.
    """
    if type(kept) is not type(other) or kept.pk == other.pk:
        raise NotMergedError("Only two actors, or two places, can be merged.")
    what = f"{other.name[:140]} into {kept.name[:140]}"
    with Decision.record(by, Decision.Kind.UNITE, what=what) as decision:
        one, two = _locked(kept, other)
        decision.watch(*_scopes(one, two))
        Merge(one, two).run(by, choices or Choices())


def _locked(kept: Named, other: Named) -> tuple[Named, Named]:
    """Lock both with what others lock before them, and return them as they are now."""
    keys = (kept.pk, other.pk)
    events = Event.objects.order_by("pk").filter(
        models.Q(pk__in=Participation.objects.filter(actor__in=keys).values("event"))
        if isinstance(kept, Actor)
        else models.Q(place__in=keys)
    )
    list(events.select_for_update(no_key=True, of=("self",)).only("pk"))
    if isinstance(kept, Actor):
        quotes = Quote.objects.order_by("pk").filter(speaker=other.pk)
        list(quotes.select_for_update(no_key=True, of=("self",)).only("pk"))
    rows = type(kept)._default_manager.order_by("pk").filter(pk__in=keys)
    found = {row.pk: row for row in rows.select_for_update()}
    for one in (kept, other):
        if one.pk not in found:
            raise NotMergedError(f"{one} has been merged or deleted meanwhile by somebody else.")
    return found[kept.pk], found[other.pk]


def _scopes(kept: Named, other: Named) -> Iterator[models.QuerySet[Any]]:
    """All rows that a merge may change."""
    both = (kept.pk, other.pk)
    yield type(kept)._default_manager.filter(pk__in=both)
    if isinstance(kept, Actor):
        yield Alias.objects.filter(actor__in=both)
        yield Role.objects.filter(actor__in=both)
        yield Participation.objects.filter(actor__in=both)
        yield Quote.objects.filter(speaker=other.pk)
        yield FormerSlug.objects.filter(actor__in=both)
    else:
        yield PlaceAlias.objects.filter(place__in=both)
        yield Event.objects.filter(place=other.pk)
        yield FormerSlug.objects.filter(place__in=both)
    yield Apart.objects.about(kept, other)


def _beside(role: Role, own: list[Role]) -> RoleToMove:
    title = role.title.casefold()
    same = [one for one in own if one.title.casefold() == title]
    repeated = [one for one in same if (one.since, one.until) == (role.since, role.until)]
    overlapping = [one for one in chain(same, own) if _overlap(one, role)]
    return RoleToMove(role, next(chain(repeated, overlapping), None), bool(repeated))


def _overlap(one: Role, other: Role) -> bool:
    """Whether two dated roles share a day; undated ones say nothing of it but by their title."""
    if not any((one.since, one.until)) or not any((other.since, other.until)):
        return one.title.casefold() == other.title.casefold()
    (start, end), (begin, last) = _days(one), _days(other)
    return not (end and begin and end < begin) and not (last and start and last < start)


def _days(role: Role) -> Bounds:
    return Bounds(known_bounds(role.since).earliest, known_bounds(role.until).latest)


def _first_known(part: Participation, other: Participation) -> Report | None:
    """The report that names either of them first; public ones before those that wait.

    None says that an editor vouches for it: it stays so unless a public report names them.
    """
    named = [one.known_from for one in (part, other) if one.known_from]
    public = [one for one in named if one.is_published]
    if not (part.known_from and other.known_from) and not public:
        return None
    return min(public or named, key=lambda one: (one.article.published_at, one.pk))
