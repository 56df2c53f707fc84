"""Evidence holds its basis as data in place of a sentence."""

import re

from django.db import migrations, models

import timeline.models.evidence
from timeline import basis as how

MODELS = ("report", "quote", "suggestion")
# The sentences that the extraction made: what gives the date, then the word that gives the status.
_STATUS = re.compile(r"; “(?P<cue>[^“”]+)”: (?P<status>[a-z]+)\.\Z")
_WORDS = re.compile(
    r"“(?P<exact>[^“”]+)” (?:(?P<stated>states the date)|\+ published \w{3} \d[^,→;]*"
    r"(?:, (?:past|future) tense|, the nearest)?) → [^;→]+"
)
_UNDATED = {
    "told as news of the day of publication": "published",
    "spoken of as known by the day of publication": "cited",
    "earlier than what is told": "earlier",
    "": "not-set",
}
_LINKS = {
    "told before: ": "told-before",
    "no date of its own, the article is at ": "in-focus",
    "no date of its own, the article is about ": "lead",
}
_SAME = ", said of the same sentence"
# Those that people wrote for the demo: ‘in May’, published March 2018 → May 2018
_WRITTEN = re.compile(r"‘(?P<exact>[^‘’]+)’, published [\w ]+ → [^;,→()]+")

# Words that a sentence quotes, and those that it begins with: ‘June 12’ and ‘back on’, …
_QUOTED = re.compile(r"‘([^‘]+?)’(?!\w)|“([^“”]+)”")
_LEADING = re.compile(r"“[^“”]+”(?:(?:,| and|, and) “[^“”]+”)*(?:, |\Z)")
# What stands behind the arrow: the result, which the record holds, and a remark.
_TAIL = re.compile(r"(?P<result>[^;,(]*)(?:[;,] |\((?=[^()]*\)\Z))?(?P<remark>.*)", re.DOTALL)


def basis_of(sentence: str, day: str, exact: str) -> dict:
    """Return what a stored sentence says as data, as far as it is certain; else keep its words.

    `day` is the day of publication (ISO 8601), `exact` the fragment that the sentence is about.
    What the application would not read becomes a remark, so that readers lose nothing.
    """
    certain = _certain(sentence, day)
    if certain and _is_read(certain):
        return certain
    if not sentence.strip():
        return {}
    remark = _remark(sentence, exact)
    return remark if _is_read(remark) else {"note": _cut(sentence)}


def _is_read(basis: dict) -> bool:
    try:
        how.check(basis)
    except ValueError:
        return False
    return True


def _cut(note: str) -> str:
    return note if len(note) <= how.MAX_NOTE else f"{note[: how.MAX_NOTE - 1]}…"


def _remark(sentence: str, exact: str) -> dict:
    """Return a sentence as a remark beside the words that it quotes from the fragment."""
    said = sentence.strip()
    status = _STATUS.search(said)
    told = status and _told(status)
    if told and _is_read({"status": told}):
        said = said[: status.start()]
    quoted = dict.fromkeys(one or other for one, other in _QUOTED.findall(said))
    words = [one for one in quoted if one.strip() and len(one) <= how.MAX_EXACT]
    spans = [one for one in words if how.placed([how.Span(one)], exact, None) != [None]]
    spans = spans[: how.MAX_SPANS]
    note = _readable(_QUOTED.sub(lambda found: f"“{found[1] or found[2]}”", said), spans)
    if any(told and told["spans"][0]["exact"] in one for one in spans):
        told = {"rule": "ahead"}
    parts = {
        "date": {"spans": [{"exact": one} for one in spans]} if spans else {},
        "status": told if said != sentence.strip() else {},
        "note": _cut(note),
    }
    return {name: part for name, part in parts.items() if part}


def _readable(said: str, marked: list[str]) -> str:
    """Return a note without the result, and without the marked words that it begins with."""
    said = said.replace("” + published", "”, published").replace("” + ", "”, counted from ")
    said, arrow, tail = said.rpartition(" → ") if " → " in said else (said, "", "")
    remark = ""
    if arrow:
        found = _TAIL.fullmatch(tail)
        is_date = re.search(r"\d", found["result"]) or found["result"].strip() == "same day"
        remark = found["remark"] if is_date else tail
        if is_date and tail.endswith(f"({remark}"):
            remark = remark.removesuffix(")")
    leading = _LEADING.match(said)
    if leading and set(re.findall("“([^“”]+)”", leading[0])) <= set(marked):
        said = said[leading.end() :]
    elif leading and leading.end() == len(said):
        said = f"the article says {said}"
    return " ".join(map(_full, filter(None, (said.strip(), remark.strip()))))


def _full(said: str) -> str:
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def _told(status: re.Match) -> dict:
    rule = {"occurred": "told", "ongoing": "under-way"}.get(status["status"], "cue")
    return {"rule": rule, "spans": [{"exact": status["cue"]}]}


def _certain(sentence: str, day: str) -> dict | None:
    base = {"edtf": day, "of": "publication"}
    if written := _WRITTEN.fullmatch(sentence):
        words = [{"exact": written["exact"]}]
        return {"date": {"rule": "relative", "spans": words, "base": base}}
    status = _STATUS.search(sentence)
    date = status and _date(sentence[: status.start()], base)
    if not date:
        return None
    if any(status["cue"] in span["exact"] for span in date.get("spans", [])):
        return {"date": date, "status": {"rule": "ahead"}}
    return {"date": date, "status": _told(status)}


def _date(said: str, base: dict) -> dict | None:
    if said.startswith("no date stated"):
        how = said.removeprefix("no date stated").removeprefix(", ").rpartition(", ")
        rule = _UNDATED.get(how[0] or how[2])
        told = rule in ("published", "cited")
        return rule and {"rule": rule, **({"base": base} if told else {})}
    link = {}
    for opening, key in _LINKS.items():
        if said.startswith(opening):
            said, link = said.removeprefix(opening), {"link": key}
    if said.endswith(_SAME):
        said, link = said.removesuffix(_SAME), {"link": "same-clause"}
    words = _WORDS.fullmatch(said)
    if not words:
        return None
    how = {"rule": "stated"} if words["stated"] else {"rule": "relative", "base": base}
    return {**how, "spans": [{"exact": words["exact"]}], **link}


def place(basis: dict, exact: str, start: int | None) -> dict:
    """Give the words that stand once in the fragment their place in the body."""
    for part in ("date", "status"):
        for span in basis.get(part, {}).get("spans", []):
            if start is not None and exact.count(span["exact"]) == 1:
                span["start"] = start + exact.index(span["exact"])
                span["end"] = span["start"] + len(span["exact"])
    return basis


def convert(apps, schema_editor):
    for name in MODELS:
        model = apps.get_model("timeline", name)
        rows = model.objects.using(schema_editor.connection.alias)
        stored = rows.exclude(derivation="").values_list(
            "pk", "derivation", "article__published_on", "exact", "start"
        )
        converted = [
            model(pk=pk, basis=place(basis_of(sentence, day.isoformat(), exact), exact, start))
            for pk, sentence, day, exact, start in stored
        ]
        rows.bulk_update(converted, ["basis"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0004_find_candidates_by_day_and_name")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="basis",
                field=models.JSONField(
                    blank=True,
                    default=dict,
                    validators=[timeline.models.evidence.validate_basis],
                    verbose_name="how we know",
                ),
            )
            for name in MODELS
        ),
        migrations.RunPython(convert, migrations.RunPython.noop),
        *(migrations.RemoveField(model_name=name, name="derivation") for name in MODELS),
    ]
