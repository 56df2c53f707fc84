"""The names that a suggestion holds, and the records that accepting it ties them to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched

from django.db import models
from django.utils.text import slugify

from timeline.models.actors import Actor, Place
from timeline.models.log import record
from timeline.models.slugs import save_with_free_slug

_LONGEST = Actor._meta.get_field("name").max_length  # code points; a place's name has the same
# SQLite takes about 1000 conditions in a row; a name needs two.
_NAMES_A_QUERY = 200


class Role(models.TextChoices):
    """What a name is in a suggestion."""

    ACTOR = "actor", "Actor"
    SPEAKER = "speaker", "Speaker"
    PLACE = "place", "Place"


@dataclass
class Tie:
    """A name as an article has it, and the record that it stands for.

    Without `record`, accepting takes the one that bears `name` or, where none does, makes it; a
    new actor is of `kind`. `is_made` then says which. Names are cut to what a record can hold.
    """

    role: Role
    said: str
    record: Actor | Place | None = None
    name: str = ""
    kind: str = Actor.Kind.PERSON
    is_made: bool = False
    names_place: bool = False  # whether the name of an actor is known as a place's
    # Those who bear the name; more than one, and an editor has to choose.
    bearers: list[Actor | Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.said = self.said[:_LONGEST]

    @property
    def is_new(self) -> bool:
        """Whether no record bears the name."""
        return not self.bearers

    @property
    def is_ambiguous(self) -> bool:
        """Whether several records bear the name."""
        return len(self.bearers) > 1

    @property
    def is_clear(self) -> bool:
        """Whether it can be tied without asking: one bears the name, or it names someone new."""
        return not self.is_ambiguous and not (self.is_new and self.names_place)

    def settle(self, by) -> Actor | Place:
        """Find the record, or make it and write who did it; it answers to the name from now on."""
        self.name = (self.name or self.said)[:_LONGEST]
        if self.record is None:
            model = Place if self.role == Role.PLACE else Actor
            kind = {} if model is Place else {"kind": self.kind}
            row = model(name=self.name, **kind)
            self.record = save_with_free_slug(row, self.name, same=self._stored)
            self.is_made = self.record is row
        if self.is_made:
            record(by, self.record, "Made with a suggestion.", added=True)
        if isinstance(self.record, Actor) and not self.record.bears(self.said):
            unseen = {"is_published": False}  # the word of an article that may be private
            self.record.aliases.get_or_create(name=self.said[:200], defaults=unseen)
        return self.record

    def _stored(self) -> Actor | Place | None:
        model = Place if self.role == Role.PLACE else Actor
        return model.objects.named(self.name).first()


def in_order(ties: Iterable[Tie]) -> list[Tie]:
    """The order in which records are made: one for all editors, so that none waits in a circle."""
    return sorted(ties, key=lambda tie: (tie.role == Role.PLACE, slugify(tie.name or tie.said)))


def find_bearers(ties: Iterable[Tie]) -> None:
    """Fill in who bears each name, and which of those that none bears is a place's.

    Takes a number of queries that does not grow with the ties.
    """
    ties = list(ties)
    for is_place in (True, False):
        alike = [tie for tie in ties if (tie.role == Role.PLACE) == is_place]
        model = Place if is_place else Actor
        found = dict(_found(model, {tie.said.casefold(): tie.said for tie in alike}.values()))
        for tie in alike:
            tie.bearers = found.get(tie.said.casefold(), [])
            tie.record = tie.bearers[0] if len(tie.bearers) == 1 else None
    new = [tie for tie in ties if tie.role == Role.ACTOR and tie.is_new]
    places = dict(_found(Place, {tie.said.casefold(): tie.said for tie in new}.values()))
    for tie in new:
        tie.names_place = tie.names_place or bool(places.get(tie.said.casefold()))


def _found(model: type[Actor | Place], names: Iterable[str]) -> Iterator[tuple[str, list]]:
    for some in batched(names, _NAMES_A_QUERY, strict=False):
        records = list(model.objects.named(*some))
        for name in some:
            yield name.casefold(), [one for one in records if one.bears(name)]
