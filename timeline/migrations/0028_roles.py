"""Contributors, editors and publishers: the groups of the desk with their rights."""

from django.db import migrations, models

from timeline.migrations._roles import give_roles, take_roles


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0027_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ("published_at", "pk"),
            },
        ),
        migrations.AlterModelOptions(
            name="event",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": (models.OrderBy(models.F("earliest"), nulls_last=True), "pk"),
            },
        ),
        migrations.AlterModelOptions(
            name="quote",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ("article__published_at", "pk"),
            },
        ),
        migrations.AlterModelOptions(
            name="timeline",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ("title",),
            },
        ),
        migrations.RunPython(give_roles, take_roles),
    ]
