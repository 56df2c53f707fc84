"""What editors had set on cards before 0024 is theirs: the log of decisions says which columns."""

from django.db import migrations

COLUMNS = {"title", "kind", "edtf", "status", "actors", "place"}


def remember(apps, schema_editor):
    """Fill `by_hand` of cards that wait from the edits that stand."""
    alias = schema_editor.connection.alias
    candidates = apps.get_model("timeline", "Candidate").objects.using(alias)
    waiting = {one.pk: one for one in candidates.filter(is_edited=True, state="open", by_hand=[])}
    changes = apps.get_model("timeline", "Change").objects.using(alias)
    edits = changes.filter(
        model="timeline.candidate", decision__kind="edit", decision__undone_at=None
    )
    for change in edits.iterator():
        if (one := waiting.get(change.object_id)) and change.after:
            one.by_hand = sorted(COLUMNS & {*one.by_hand, *change.after})
    candidates.bulk_update([one for one in waiting.values() if one.by_hand], ("by_hand",), 500)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0025_imports_of_events")]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop, elidable=True)]
