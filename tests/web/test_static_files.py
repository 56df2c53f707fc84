"""Chart.js is the file that its hash names, wherever it comes from."""

import base64
import hashlib

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from timeline.chart import CHART_FALLBACK, CHART_INTEGRITY, CHART_URL, CHART_VERSION


def integrity(content: bytes) -> str:
    """The W3C subresource integrity of a file's bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def test_the_self_hosted_chart_has_the_hash_and_the_version_of_the_cdn_address():
    content = (settings.BASE_DIR / "static" / CHART_FALLBACK).read_bytes()
    assert integrity(content) == CHART_INTEGRITY
    assert f"Chart.js v{CHART_VERSION}".encode() in content[:100]
    assert f"chart.js@{CHART_VERSION}/dist/" in CHART_URL


def test_collecting_hashes_our_modules_and_leaves_the_chart_its_bytes(tmp_path):
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "timeline.static_files.StaticFiles"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    hashed = next((tmp_path / "timeline/vendor").glob("chart.umd.min.*.js"))
    assert integrity(hashed.read_bytes()) == CHART_INTEGRITY
