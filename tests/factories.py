"""A small cast for the tests: two outlets, a timeline in Seoul, and rows made by what matters."""

from django.contrib.auth.models import User
from django.utils.text import slugify

from timeline.models import (
    Actor,
    Article,
    Event,
    Outlet,
    Participation,
    Place,
    Quote,
    Report,
    Timeline,
)


def editor(name: str = "alice") -> User:
    """An editor who may do everything."""
    return User.objects.create_superuser(name, password="correct horse battery")


def outlet(name: str = "Harbour News") -> Outlet:
    """An outlet of our own invention."""
    return Outlet.objects.get_or_create(
        slug=slugify(name), defaults={"name": name, "kind": Outlet.Kind.NEWSPAPER}
    )[0]


def article(published: str, headline: str = "", **fields: object) -> Article:
    """An article by Harbour News, published when the test says."""
    headline = headline or f"News of {published}"
    return Article.objects.create(
        outlet=fields.pop("outlet", None) or outlet(),
        slug=fields.pop("slug", slugify(f"{headline} {published} {Article.objects.count()}")),
        headline=headline,
        published=published,
        **fields,
    )


def event(title: str = "Harbour opening", *, published: bool = True, **fields: object) -> Event:
    """A public event, unless the test wants a draft."""
    defaults = {"status": "occurred", "edtf": "2018-05-01", "slug": slugify(title)}
    return Event.objects.create(title=title, is_published=published, **(defaults | fields))


def report(of: Event, by: Article, **fields: object) -> Report:
    """What `by` says of `of`, public with it; its own date and status unless told otherwise."""
    defaults = {"edtf": of.edtf, "status": of.status, "exact": f"words on {of.title}"}
    defaults["is_published"] = of.is_published
    return Report.objects.create(event=of, article=by, **(defaults | fields))


def actor(name: str, kind: str = "person") -> Actor:
    """An actor by name."""
    return Actor.objects.get_or_create(slug=slugify(name), defaults={"name": name, "kind": kind})[0]


def takes_part(who: Actor, event: Event, **fields: object) -> Participation:
    """Put an actor into an event."""
    return Participation.objects.create(actor=who, event=event, **fields)


def place(name: str) -> Place:
    """A place by name."""
    return Place.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def quote(text: str, by: Article, speaker: Actor, *events: Event, **fields: object) -> Quote:
    """Words of `speaker` in `by`, on `events`; public unless all of these are drafts."""
    public = not events or any(event.is_published for event in events)
    defaults = {"exact": text, "article": by, "speaker": speaker, "is_published": public}
    made = Quote.objects.create(text=text, **(defaults | fields))
    made.events.set(events)
    return made


def timeline(*events: Event, published: bool = True, **fields: object) -> Timeline:
    """A public timeline of `events` whose days end in Seoul."""
    defaults = {"slug": "harbour", "title": "The harbour", "time_zone": "Asia/Seoul"}
    made = Timeline.objects.create(is_published=published, **(defaults | fields))
    made.events.set(events)
    return made
