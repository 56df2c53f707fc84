"""What editors had set on cards before 0024 is theirs: the log of decisions says which columns."""

from django.db import migrations

COLUMNS = {"title", "kind", "edtf", "status", "actors", "place"}


def remember(apps, schema_editor):
    """Fill `by_hand` of cards that wait from the edits that stand, and let each edit say so.

    So that undoing one takes back what it set by hand as well.
    """
    alias = schema_editor.connection.alias
    candidates = apps.get_model("timeline", "Candidate").objects.using(alias)
    waiting = {one.pk: one for one in candidates.filter(is_edited=True, state="open", by_hand=[])}
    edits = apps.get_model("timeline", "Change").objects.using(alias).order_by("decision", "pk")
    edits = edits.filter(
        model="timeline.candidate", decision__kind="edit", decision__undone_at=None
    )
    told = []
    for change in edits.iterator():
        one = waiting.get(change.object_id)
        if one is None or not (change.before and change.after) or "by_hand" in change.after:
            continue
        change.before["by_hand"] = one.by_hand
        one.by_hand = sorted({*one.by_hand, *(COLUMNS & change.after.keys())})
        change.after["by_hand"] = one.by_hand
        told.append(change)
    edits.model.objects.using(alias).bulk_update(told, ("before", "after"), 500)
    candidates.bulk_update([one for one in waiting.values() if one.by_hand], ("by_hand",), 500)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0025_imports_of_events")]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop, elidable=True)]
