"""Hold the paragraphs of the articles that are here, so that their rewrites are found."""

import hashlib

from django.db import migrations

MOST = 400


def digest(apps, schema_editor):
    Article = apps.get_model("timeline", "Article")
    Paragraph = apps.get_model("timeline", "Paragraph")
    rows = Article.objects.exclude(body="").values_list("pk", "outlet", "published_at", "body")
    for article, outlet, published_at, body in rows.iterator(chunk_size=100):
        paragraphs = (text.encode() for text in body.split("\n\n") if text)
        hashed = (hashlib.blake2b(text, digest_size=8).digest() for text in paragraphs)
        digests = dict.fromkeys(int.from_bytes(one, "big", signed=True) for one in hashed)
        Paragraph.objects.bulk_create(
            Paragraph(
                article_id=article, outlet_id=outlet, published_at=published_at, digest=one
            )
            for one in list(digests)[:MOST]
        )


class Migration(migrations.Migration):

    dependencies = [
        ("timeline", "0009_paragraphs_of_stories"),
    ]

    operations = [
        migrations.RunPython(digest, migrations.RunPython.noop),
    ]
