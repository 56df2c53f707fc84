"""A mixed set of selections, each as an address of Dateline and one of Datasette."""

import random
from dataclasses import dataclass, field
from urllib.parse import urlencode

FACETS = [("_facet", "kind"), ("_facet", "status"), ("_facet", "place")]
FACETS += [("_facet_array", "actors"), ("_facet_array", "outlets")]


@dataclass
class Asked:
    """One selection; `known` is what Datasette has no word for: there it is left out."""

    words: str = ""
    kind: str = ""
    status: str = ""
    actor: str = ""
    start: str = ""
    end: str = ""
    known: str = ""
    newest: bool = False
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def dateline(self) -> str:
        """The query string of a timeline's page."""
        asked = {"q": self.words, "kind": self.kind, "status": self.status, "actor": self.actor}
        asked |= {"from": self.start, "to": self.end, "known": self.known}
        asked |= {"sort": "newest"} if self.newest else {}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def datasette(self) -> str:
        """The query string of a table's page, with the same filters, facets and order."""
        asked = {"_search": self.words, "kind": self.kind, "status": self.status}
        asked |= {"actors__arraycontains": self.actor}
        asked |= {"latest__gte": self.start and f"{self.start}-01-01"}
        asked |= {"earliest__lte": self.end and f"{self.end}-12-31"}
        asked |= {"_sort_desc" if self.newest else "_sort": "earliest", "_size": "50"}
        return urlencode([*FACETS, *((name, value) for name, value in asked.items() if value)])


def selections(number: int, seed: int, actors: list[str]) -> list[Asked]:
    """Broad and narrow ones, with words, with a day in the past, and some that find nothing."""
    choose = random.Random(seed)
    found = []
    for _ in range(number):
        asked = Asked(newest=choose.random() < 0.3)
        if choose.random() < 0.3:
            asked.words = choose.choice(["harbour", "treaty", "ferry reactor", "xyzzy", "council"])
        if choose.random() < 0.3:
            asked.kind = choose.choice(["summit", "talks", "visit", "test"])
        if choose.random() < 0.3:
            asked.status = choose.choice(["occurred", "planned", "cancelled"])
        if choose.random() < 0.25:
            asked.actor = choose.choice(actors)
        if choose.random() < 0.3:
            asked.start = str(choose.randrange(2006, 2025))
            asked.end = str(int(asked.start) + choose.randrange(3))
        if choose.random() < 0.3:
            asked.known = f"{choose.randrange(2007, 2026)}-{choose.randrange(1, 13):02}-15"
        found.append(asked)
    return found
