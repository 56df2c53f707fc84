"""Make the index of words, and fill it with what is stored."""

from django.db import migrations

from timeline.models import words


def fill(apps, schema_editor):
    words.create_index()
    for (name, column), number in words.SEARCHED.items():
        rows = apps.get_model("timeline", name)._base_manager.exclude(**{column: ""})
        words.write_texts(
            (key * words.SPREAD + number, text)
            for key, text in rows.values_list("pk", column).iterator()
        )


def drop(apps, schema_editor):
    words.drop_index()


class Migration(migrations.Migration):
    dependencies = [("timeline", "0029_states")]
    operations = [migrations.RunPython(fill, drop)]
