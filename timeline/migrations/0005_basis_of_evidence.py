"""Evidence holds its basis as data in place of a sentence."""

import re

from django.db import migrations, models

import timeline.models.evidence

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


def basis_of(sentence: str, day: str) -> dict:
    """Return what a stored sentence says as data, as far as it is certain; else keep it whole.

    `day` is the day of publication (ISO 8601).
    """
    base = {"edtf": day, "of": "publication"}
    if written := _WRITTEN.fullmatch(sentence):
        words = [{"exact": written["exact"]}]
        return {"date": {"rule": "relative", "spans": words, "base": base}}
    status = _STATUS.search(sentence)
    date = status and _date(sentence[: status.start()], base)
    if not date:
        return {"note": sentence} if sentence.strip() else {}
    if any(status["cue"] in span["exact"] for span in date.get("spans", [])):
        return {"date": date, "status": {"rule": "ahead"}}
    rule = {"occurred": "told", "ongoing": "under-way"}.get(status["status"], "cue")
    return {"date": date, "status": {"rule": rule, "spans": [{"exact": status["cue"]}]}}


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
            model(pk=pk, basis=place(basis_of(sentence, day.isoformat()), exact, start))
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
