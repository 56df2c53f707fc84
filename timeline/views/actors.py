"""People, organisations and countries: what each took part in and is quoted as saying."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from timeline.models import Actor
from timeline.presenters.actors import ActorPage, ActorsPage
from timeline.selection import DayForm
from timeline.views.known import invalid_query, not_yet_reported


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    """List the actors that a published event or a public quote names."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return invalid_query(request, form)
    return render(request, "timeline/actors.html", {"page": ActorsPage(form.day_in_view)})


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor: the events it took part in and its quotes, as known on `?known=`."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return invalid_query(request, form)
    found = get_object_or_404(Actor.objects.public(), slug=slug)
    page = ActorPage(form.day_in_view, found)
    if not page.is_known:
        return not_yet_reported(request, page.day, "this name")
    return render(request, "timeline/actor.html", {"page": page})
