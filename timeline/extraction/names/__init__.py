"""Names of people, organisations, places and countries, and whom short forms of them mean."""

from .aliases import Name
from .known import KnownNames
from .recognition import find_names

__all__ = ["KnownNames", "Name", "find_names"]
