"""How much a trigger matters to the article."""


def salience(trigger, number, quoted, dated, subject) -> float:
    score = 0.0
    group = trigger.reading.group
    if group == "state":
        score -= 3
    if group == "other":
        score -= 0.3
    score += {
        "past": 1.5,
        "perfect": 1.3,
        "reduced": 0.6,
        "present": 0,
        "noun": 0.3,
        "gerund": 0.2,
        "infinitive": -0.5,
        "future": 0.3,
        "modal": -1,
        "adjective": -1,
        "pluperfect": 0.4,
        "progressive": 0.5,
    }[trigger.tense]
    if trigger.negated:
        score -= 1.5
    if dated:
        score += 2
    if quoted:
        score -= 1.5
    if subject:
        score += 0.7
    score -= min(number, 20) * 0.03
    return score
