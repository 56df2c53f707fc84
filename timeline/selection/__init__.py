"""What a reader has asked for, and what answers it.

A `Selection` is parsed once from the query string; the list, the chart, the facets, the lanes,
every export, feed and embed show the same one.
"""

from timeline.selection.density import Density
from timeline.selection.facets import Facet, Option
from timeline.selection.findings import Findings
from timeline.selection.parse import Selection
from timeline.selection.stops import Stop

__all__ = ["Density", "Facet", "Findings", "Option", "Selection", "Stop"]
