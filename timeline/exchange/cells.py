"""What the text of a cell means: a word of the vocabulary, a date, a record; or why it is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import Q, TextChoices
from django.db.models.functions import Lower

from timeline.addresses import address_key
from timeline.exchange.columns import Entry
from timeline.models import (
    Actor,
    Alias,
    Article,
    Event,
    FormerSlug,
    Kind,
    Participation,
    Place,
    PlaceAlias,
    Stance,
    Status,
    Timeline,
)
from timeline.models.actors import Named
from timeline.typed_dates import read_typed

_AT_ONCE = 400  # names that one query asks for; SQLite takes about 1000 values
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PART = re.compile(r"(.+?)\s*\(([^()]*)\)")


@dataclass
class Known:
    """The records that a file names, found in a few queries, and how its numbers are read."""

    day_first: bool | None = None
    places: dict[str, list[Place]] = field(default_factory=dict)
    actors: dict[str, list[Actor]] = field(default_factory=dict)
    timelines: dict[str, list[Timeline]] = field(default_factory=dict)
    articles: dict[str, list[Article]] = field(default_factory=dict)

    @classmethod
    def to(cls, entries: Iterable[Entry], day_first: bool | None) -> "Known":
        """Find what the cells of these entries name."""
        entries = list(entries)
        known = cls(day_first)

        def said(column: str) -> set[str]:
            cells = (cell for entry in entries for cell in entry.said.get(column, ()))
            return {name for cell in cells for name in _names(cell)}

        who = {_person(name)[0] for name in said("participants")}
        known._hold_named(known.places, Place, {*said("place")}, "name")
        known._hold_named(known.actors, Actor, who, "name")
        known._hold_named(known.timelines, Timeline, said("timelines"), "title")
        known._hold_aliases(known.places, PlaceAlias, {*said("place")}, "place")
        known._hold_aliases(known.actors, Alias, who, "actor")
        cited = {one.said.get("article", "").strip() for entry in entries for one in entry.reports}
        known._hold_articles(cited)
        return known

    def _hold_named(
        self, held: dict[str, list[Any]], model: Any, names: set[str], column: str
    ) -> None:
        for some in _some(names):
            for row in model.objects.filter(slug__in=some):
                _hold(held, row.slug, row)
            if issubclass(model, Named):
                for former in FormerSlug.objects.of(model).filter(slug__in=some):
                    _hold(held, former.slug, former.record)
            # SQLite folds the case of Latin letters without accents alone
            bears = Q(folded__in=[name.lower() for name in some]) | Q(**{f"{column}__in": some})
            for row in model.objects.annotate(folded=Lower(column)).filter(bears):
                _hold(held, getattr(row, column), row)

    def _hold_aliases(
        self, held: dict[str, list[Any]], model: Any, names: set[str], of: str
    ) -> None:
        for some in _some(names):
            bears = Q(folded__in=[name.lower() for name in some]) | Q(name__in=some)
            aliases = model.objects.annotate(folded=Lower("name")).filter(bears)
            for alias in aliases.select_related(of):
                _hold(held, alias.name, getattr(alias, of))

    def _hold_articles(self, cited: set[str]) -> None:
        rows = Article.objects.select_related("outlet").defer("body", "captions")
        for some in _some(cited):
            keys = [key for one in some if (key := address_key(one))]
            for article in [
                *rows.filter(slug__in=some),
                *rows.filter(url__in=some),
                *rows.filter(address_key__in=keys),
            ]:
                for name in (article.slug, article.url, article.address_key):
                    _hold(self.articles, name, article)

    def article(self, text: str) -> Article:
        """Return the article of an address or slug. Raises ValueError where it is not one."""
        said = text.strip()
        found = self.articles.get(said.casefold()) or self.articles.get(address_key(said) or "-")
        article: Article = _only(found, said, "article", "Bring it in first.")
        return article


def _some(names: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(name for name in names if name and not CONTROLS.search(name))
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


def _hold(held: dict[str, list[Any]], name: str, row: Any) -> None:
    rows = held.setdefault(name.casefold(), []) if name else []
    if row not in rows:
        rows.append(row)


def _only(found: list[Any] | None, said: str, noun: str, what_else: str) -> Any:
    if not found:
        raise ValueError(f"No {noun} “{said[:100]}” is here. {what_else}")
    exact = [one for one in found if one.slug == said]
    if len(exact or found) > 1:
        slugs = ", ".join(one.slug for one in found[:4])
        raise ValueError(f"“{said[:100]}” may be one of several: write its id ({slugs}).")
    return (exact or found)[0]


def _names(cell: str) -> list[str]:
    return [" ".join(name.split()) for name in re.split("[;\n]", cell) if name.strip()]


def _person(name: str) -> tuple[str, str]:
    found = _PART.fullmatch(name)
    return (found[1], found[2].strip()) if found else (name, "")


type Cell = tuple[str, Any]  # what the column of a record would say, and the value to be stored


def read_cell(column: str, text: str, known: Known, day: Any = None) -> Cell:
    """Return what a cell means. Raises ValueError, in a sentence, where it means nothing."""
    if found := CONTROLS.search(text):
        raise ValueError(f"It holds a character that no text has (U+{ord(found[0]):04X}).")
    if column == "edtf":
        return _same(_short(read_typed(text, day, day_first=known.day_first), 80))
    if column in _CHOICES:
        return _same(_choice(_CHOICES[column], text))
    if column == "place":
        return _place(text, known)
    if column == "participants":
        return _participants(text, known)
    if column == "timelines":
        return _timelines(text, known)
    if column == "slug":
        return _same(_slug(text.strip()))
    if column in ("title", "wording"):
        title = _short(" ".join(text.split()), 200)
        if column == "title" and not title:
            raise ValueError("An event needs a title.")
        return _same(title)
    return _same(text.strip())


def _same(text: str) -> Cell:
    return text, text


_CHOICES: dict[str, type[TextChoices]] = {"kind": Kind, "status": Status, "stance": Stance}


def _choice(choices: type[TextChoices], text: str) -> str:
    said = text.strip().casefold()
    for value, label in choices.choices:
        if said in (value, str(label).casefold()):
            return str(value)
    noun = choices.__name__.lower()
    raise ValueError(f"“{text.strip()[:60]}” is no {noun}. Write {', '.join(choices.values)}.")


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError(f"It has {len(text)} characters, {longest} are allowed.")
    return text


def _slug(text: str) -> str:
    longest = Event._meta.get_field("slug").max_length or 0
    try:
        validate_slug(text)
    except ValidationError as error:
        raise ValueError(
            f"“{text[:60]}” is no id: it has letters, digits, hyphens and underscores alone."
        ) from error
    return _short(text, longest)


def _place(text: str, known: Known) -> Cell:
    said = " ".join(text.split())
    if not said:
        return "", None
    place = _only(known.places.get(said.casefold()), said, "place", "Make its record first.")
    return place.slug, place


def _participants(text: str, known: Known) -> Cell:
    parts: dict[Actor, str] = {}
    for name in _names(text):
        said, role = _person(name)
        # “Bank (Seoul)” may be a name of its own
        whole = known.actors.get(name.casefold())
        said, role = (name, "") if whole else (said, role)
        actor = _only(known.actors.get(said.casefold()), said, "actor", "Make the record first.")
        parts[actor] = _choice_of_part(role)
    plain = Participation.Part.PARTICIPANT
    words = [one.slug if role == plain else f"{one.slug} ({role})" for one, role in parts.items()]
    return "; ".join(words), parts


def _choice_of_part(role: str) -> str:
    for value, label in Participation.Part.choices:
        if role.casefold() in (value, str(label).casefold()):
            return str(value)
    if not role:
        return str(Participation.Part.PARTICIPANT)
    values = ", ".join(Participation.Part.values)
    raise ValueError(f"“{role[:60]}” is no part that one takes. Write {values}.")


def _timelines(text: str, known: Known) -> Cell:
    found = []
    for name in _names(text):
        timeline = _only(
            known.timelines.get(name.casefold()),
            name,
            "timeline",
            "Make it first.",
        )
        if timeline not in found:
            found.append(timeline)
    return "; ".join(sorted(one.slug for one in found)), found
