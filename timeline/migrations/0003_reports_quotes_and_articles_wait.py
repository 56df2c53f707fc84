from django.db import migrations, models
from django.db.models import Q


def publish_what_is_public(apps, schema_editor):
    """Keep on the public pages what stood there before reports and quotes had a state of their own.

    Reports stood there with their event; quotes too, or with their article where they bear on no
    event. Articles need no state of their own for that: they are public through their reports.
    """
    report = apps.get_model("timeline", "Report").objects.using(schema_editor.connection.alias)
    quote = apps.get_model("timeline", "Quote").objects.using(schema_editor.connection.alias)
    report.filter(event__is_published=True).update(is_published=True)
    public = quote.filter(
        Q(events__is_published=True) | Q(events=None, article__reports__event__is_published=True)
    )
    quote.filter(pk__in=public.values("pk")).update(is_published=True)


class Migration(migrations.Migration):

    dependencies = [
        ("timeline", "0002_place_known_from"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="is_published",
            field=models.BooleanField(default=False, editable=False, verbose_name="published"),
        )
        for name in ("article", "quote", "report")
    ] + [migrations.RunPython(publish_what_is_public, migrations.RunPython.noop)]
