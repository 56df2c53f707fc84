"""What a reader has asked for, and what answers it.

A `Selection` is parsed once from the query string; the list, the chart, the facets, the lanes,
every export, feed and embed show the same one.
"""

from timeline.selection.facets import Facet, FacetOption
from timeline.selection.histogram import Histogram
from timeline.selection.known_days import KnownDay
from timeline.selection.parse import Selection
from timeline.selection.results import Results

__all__ = ["Facet", "FacetOption", "Histogram", "KnownDay", "Results", "Selection"]
