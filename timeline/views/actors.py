"""People, organisations and countries: what each took part in and is quoted as saying."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.models import Actor, FormerSlug
from timeline.presenters.actors import ActorPage, ActorsPage
from timeline.selection import DayForm, PageForm
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
    form = PageForm(request.GET)
    if not form.is_valid():
        return invalid_query(request, form)
    public = Actor.objects.public()
    found = public.filter(slug=slug).first()
    if found is None:
        former = (
            FormerSlug.objects.public()
            .filter(actor__isnull=False, slug=slug)
            .select_related("actor")
        )
        return _moved(request, former.first())
    page = ActorPage(form.day_in_view, found, form)
    if not page.is_known:
        return not_yet_reported(request, page.day, "this name")
    return render(request, "timeline/actor.html", {"page": page})


def _moved(request: HttpRequest, former: FormerSlug | None) -> HttpResponse:
    """Lead from the address of an actor that was merged away to the one that stayed."""
    if former is None or former.actor is None:
        raise Http404("There is no such name.")
    query = request.META.get("QUERY_STRING", "")
    url = former.actor.get_absolute_url() + (f"?{query}" if query else "")
    return HttpResponsePermanentRedirect(url)
