"""Names of people, organisations, places and countries, and whom short forms of them mean."""

from .aliases import Name
from .recognition import find_names

__all__ = ["Name", "find_names"]
