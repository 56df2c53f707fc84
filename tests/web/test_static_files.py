"""Static files are all there, and Chart.js is the file that its hash names."""

import base64
import hashlib
import re

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings


def integrity(content: bytes) -> str:
    """The W3C subresource integrity of a file's bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def test_the_self_hosted_chart_has_the_hash_and_the_version_of_the_cdn_address():
    content = (settings.BASE_DIR / "static" / settings.CHART_FALLBACK).read_bytes()
    assert integrity(content) == settings.CHART_INTEGRITY
    assert f"Chart.js v{settings.CHART_VERSION}".encode() in content[:100]
    assert f"chart.js@{settings.CHART_VERSION}/dist/" in settings.CHART_URL


def test_collected_modules_import_each_other_by_hash_and_the_chart_keeps_its_bytes(tmp_path):
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "timeline.static_files.StaticFiles"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    chart = next((tmp_path / "timeline/vendor").glob("chart.umd.min.*.js"))
    assert integrity(chart.read_bytes()) == settings.CHART_INTEGRITY
    module = next((tmp_path / "timeline/js").glob("timeline.*.js")).read_text("utf-8")
    assert re.findall(r'"\./[a-z]+\.js"', module) == []
    assert re.search(r'"\./chart\.[0-9a-f]{12}\.js"', module)


def test_the_timeline_page_names_the_chart_by_the_address_and_the_hash(client, demo, db):
    page = client.get("/timelines/korean-peninsula-summits/").content.decode()
    assert settings.CHART_URL in page
    assert settings.CHART_INTEGRITY in page


def test_every_static_file_that_a_template_names_is_there():
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    named = {
        name
        for template in templates
        for name in re.findall(r"""{% static ["'](.+?)["']""", template.read_text("utf-8"))
    }
    assert "timeline/css/site.css" in named
    assert [name for name in sorted(named) if not finders.find(name)] == []


def test_no_page_carries_styles_or_scripts_of_its_own():
    for template in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        text = template.read_text("utf-8")
        assert not re.search(r"<style|\sstyle\s*=|<script(?![^>]*\bsrc=)|\son[a-z]+=", text), (
            template
        )


def test_the_page_of_a_failure_finds_its_style_without_any_help():
    text = (settings.BASE_DIR / "templates/500.html").read_text("utf-8")
    (style,) = re.findall(r'<link rel="stylesheet" href="/static/(.*?)"', text)
    assert finders.find(style)
    assert "{% static" not in text
