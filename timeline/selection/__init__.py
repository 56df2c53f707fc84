"""What a reader has asked for, and what answers it.

A form reads the query string once and makes a `Selection` of it; the list, the chart, the facets,
the lanes, every export, feed and embed show the same one.
"""

from timeline.selection.facets import Facet, FacetOption
from timeline.selection.forms import DayForm, EventForm, PageForm, SelectionForm
from timeline.selection.histogram import Histogram
from timeline.selection.known_days import KnownDay
from timeline.selection.quotes import QuoteFilter, QuoteFilterForm
from timeline.selection.results import Results
from timeline.selection.selection import DayInView, Selection

__all__ = [
    "DayForm",
    "DayInView",
    "EventForm",
    "Facet",
    "FacetOption",
    "Histogram",
    "KnownDay",
    "PageForm",
    "QuoteFilter",
    "QuoteFilterForm",
    "Results",
    "Selection",
    "SelectionForm",
]
