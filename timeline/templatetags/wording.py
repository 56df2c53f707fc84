"""The words that depend on a state: nothing planned is told as if it had happened."""

from django import template

from timeline.models import Event, Quote, Status

register = template.Library()

# By the marker of an event: its shown status, or `unresolved`.
WHO: dict[str, str] = {
    Status.OCCURRED: "Who took part",
    Status.ONGOING: "Who is taking part",
    Status.PLANNED: "Who is to take part",
    Status.EXPECTED: "Who is expected to take part",
    Status.POSSIBLE: "Who might take part",
    Status.POSTPONED: "Who is to take part",
    Status.CANCELLED: "Who was to take part",
    "unresolved": "Who was to take part",
}
PLAN: dict[str, str] = {
    Status.OCCURRED: "From plan to outcome",
    Status.ONGOING: "From plan to outcome",
    Status.CANCELLED: "What became of the plan",
}


@register.filter
def who_heading(event: Event) -> str:
    """The heading above those who take part in an event, by what is known of it."""
    return WHO[event.marker]


@register.filter
def plan_heading(event: Event) -> str:
    """The heading above the steps of a plan: an outcome is named only where there is one."""
    return PLAN.get(event.marker, "The plan so far")


@register.filter
def medium_words(quote: Quote) -> str:
    """Through whom words came: “told reporters” as it stands, a bare name with “via”."""
    medium = quote.medium
    return f"via {medium}" if medium[:1].isupper() else medium
