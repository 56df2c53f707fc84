"""The names that a suggestion holds, and the records that accepting it links them to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from django.contrib.auth.models import User
from django.db import models
from django.utils.text import slugify

from timeline.models.actors import Actor, Alias, Place, PlaceAlias
from timeline.models.decisions import note_made
from timeline.models.log import record
from timeline.models.slugs import save_with_free_slug

_LONGEST = Actor._meta.get_field("name").max_length  # code points; a place's name has the same
# SQLite takes about 1000 conditions in a row; a name needs two.
_NAMES_A_QUERY = 200


class NameRole(models.TextChoices):
    """What a name is in a suggestion."""

    ACTOR = "actor", "Actor"
    SPEAKER = "speaker", "Speaker"
    PLACE = "place", "Place"


@dataclass
class NameLink:
    """A name as an article has it, and the record that it stands for.

    Without `record`, accepting takes the one that bears `name` or, where none does, makes it; a
    new actor is of `kind`. `is_made` then says which. Names are cut to what a record can hold.
    """

    role: NameRole
    said: str
    record: Actor | Place | None = None
    name: str = ""
    kind: str = Actor.Kind.PERSON
    is_made: bool = False
    names_place: bool = False  # whether the name of an actor is known as a place's
    # Those who bear the name; more than one, and an editor has to choose.
    bearers: Sequence[Actor | Place] = ()

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
        """Whether it can be linked without asking: one bears the name, or it names someone new."""
        return not self.is_ambiguous and not (self.is_new and self.names_place)

    def resolve(self, by: User) -> Actor | Place:
        """Find the record, or make it and write who did it; it answers to the name from now on."""
        self.name = (self.name or self.said)[:_LONGEST]
        self.record = self._held()
        if self.record is None:
            model = Place if self.role == NameRole.PLACE else Actor
            kind = {} if model is Place else {"kind": self.kind}
            row = model(name=self.name, **kind)
            self.record = save_with_free_slug(row, self.name, same=self._stored)
            self.is_made = self.record is row
        if self.is_made:
            note_made(self.record)
            record(by, self.record, "Made with a suggestion.", added=True)
        if isinstance(self.record, Actor) and not self.record.bears(self.said):
            unseen = {"is_published": False}  # the word of an article that may be private
            alias, is_new = self.record.aliases.get_or_create(name=self.said[:200], defaults=unseen)
            if is_new:
                note_made(alias)
        return self.record

    def _held(self) -> Actor | Place | None:
        """Keep the record from others; where it has been merged away, the one that stayed."""
        if self.record is None:
            return None
        rows = type(self.record)._default_manager.select_for_update(no_key=True)
        return rows.filter(pk=self.record.pk).first() or self._stored()

    def _stored(self) -> Actor | Place | None:
        model = Place if self.role == NameRole.PLACE else Actor
        return model.objects.named(self.name).first()


def in_order(links: Iterable[NameLink]) -> list[NameLink]:
    """The order in which records are made: one for all editors, so that none waits in a circle."""
    return sorted(
        links, key=lambda link: (link.role == NameRole.PLACE, slugify(link.name or link.said))
    )


def known_names() -> dict[str, tuple[str, str]]:
    """Return every name and alias of actors and places, with who bears it and of which kind.

    What several bear is left out, for none of them is meant by it.
    """
    actors = Actor.objects.values_list("name", "name", "kind")
    called = Alias.objects.values_list("name", "actor__name", "actor__kind")
    kind = models.Value("place")
    places = Place.objects.values_list("name", "name", kind)
    other = PlaceAlias.objects.values_list("name", "place__name", kind)
    borne: dict[str, set[tuple[str, str]]] = {}
    for rows in (actors, called, places, other):
        for said, name, of_kind in rows.order_by().iterator():
            borne.setdefault(said, set()).add((name, of_kind))
    return {
        said: bearer for said, bearers in borne.items() if len(bearers) == 1 for bearer in bearers
    }


def find_bearers(links: Iterable[NameLink]) -> None:
    """Fill in who bears each name, and which of those that none bears is a place's.

    Takes a number of queries that does not grow with the links.
    """
    links = list(links)
    for is_place in (True, False):
        alike = [link for link in links if (link.role == NameRole.PLACE) == is_place]
        names = {link.said.casefold(): link.said for link in alike}.values()
        found: Mapping[str, Sequence[Actor | Place]] = dict(
            _found(Place, names) if is_place else _found(Actor, names)
        )
        for link in alike:
            link.bearers = found.get(link.said.casefold(), ())
            link.record = link.bearers[0] if len(link.bearers) == 1 else None
    new = [link for link in links if link.role == NameRole.ACTOR and link.is_new]
    places = dict(_found(Place, {link.said.casefold(): link.said for link in new}.values()))
    for link in new:
        link.names_place = link.names_place or bool(places.get(link.said.casefold()))


def _found[Named: (Actor, Place)](
    model: type[Named], names: Iterable[str]
) -> Iterator[tuple[str, list[Named]]]:
    for some in batched(names, _NAMES_A_QUERY, strict=False):
        records = list(model.objects.named(*some))
        for name in some:
            yield name.casefold(), [one for one in records if one.bears(name)]
