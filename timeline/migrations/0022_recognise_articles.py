from django.db import migrations, models


def recognise(apps, schema_editor):
    """Note of the articles that are here what they are recognised by.

    It is derived, and kept anew whenever an article is saved with another text.
    """
    from timeline.addresses import address_key
    from timeline.models.likeness import bands, likeness, shingles, text_key, MOST

    Article = apps.get_model("timeline", "Article")
    TextBand = apps.get_model("timeline", "TextBand")
    Likeness = apps.get_model("timeline", "Likeness")
    for key, url, body in Article.objects.order_by("pk").values_list("pk", "url", "body").iterator():
        Article.objects.filter(pk=key).update(address_key=address_key(url), text_key=text_key(body))
        shingled = shingles(body)
        found = TextBand.objects.filter(digest__in=bands(shingled)).values("article")
        shared = found.annotate(shared=models.Count("pk")).order_by("-shared", "article")[:MOST]
        others = [row["article"] for row in shared]
        for other, text in Article.objects.filter(pk__in=others).values_list("pk", "body"):
            if score := likeness(shingled, shingles(text)):
                Likeness.objects.create(article_id=key, other_id=other, score=round(score, 3))
        TextBand.objects.bulk_create(
            TextBand(article_id=key, digest=one) for one in set(bands(shingled))
        )


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0021_likeness_of_articles'),
    ]

    operations = [
        migrations.RunPython(recognise, migrations.RunPython.noop, elidable=True),
    ]
