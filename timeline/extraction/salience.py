"""How likely a trigger names an event that a reader would put on a timeline: a linear model."""

import json
from math import exp
from pathlib import Path

from .mentions import Mention

MODEL = Path(__file__).with_name("salience.json")
_POSITIONS = (1, 2, 4, 8, 16)


def features(mention: Mention) -> list[str]:
    """Return the names of the features that hold of a mention."""
    trigger = mention.trigger
    reading = trigger.reading
    place = sum(mention.number >= n for n in _POSITIONS)
    found = [
        "bias",
        f"group={reading.group}",
        f"kind={reading.kind}",
        f"tense={trigger.tense}",
        f"position={place}",
        f"clause={mention.clause}",
        f"status={mention.status}",
        f"order={min(mention.order, 3)}",
        f"known={reading.group != 'other'}",
    ]
    if trigger.passive:
        found.append("passive")
    if trigger.negated:
        found.append("negated")
    if mention.quoted:
        found.append("quoted")
        found.append(f"quoted&tense={trigger.tense}")
    if mention.time is not None:
        found.append("dated")
        found.append(f"dated&noun={trigger.tense == 'noun'}")
    elif mention.shared is not None:
        found.append("shared")
    if mention.who:
        found.append("subject")
        found.append(f"subject&statement={reading.kind == 'statement'}")
        found.append(f"subject&tense={trigger.tense}")
        found.append(f"person={mention.person}")
        if mention.central:
            found.append("central")
    else:
        found.append(f"nobody&tense={trigger.tense}")
    if mention.whom:
        found.append("object")
    if mention.topical:
        found.append("topical")
    return found


def _load() -> dict[str, float]:
    return json.loads(MODEL.read_text(encoding="utf-8")) if MODEL.exists() else {}


WEIGHTS = _load()


def salience(mention: Mention) -> float:
    """Return the probability that a mention is salient, between 0 and 1."""
    total = sum(WEIGHTS.get(name, 0.0) for name in features(mention))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
