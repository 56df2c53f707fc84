"""`manage.py draft`: what a person reads, and what a bad file does."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.extraction.drafts.stories import FERRY

PAGE = """<html><head><title>Ferry sinks</title>
<meta property="article:published_time" content="2031-05-04T18:00:00Z"></head><body><article>
<h1>Ferry Alma Rosa sinks off Port Selby</h1>
<p>The ferry Alma Rosa sank off Port Selby early on Sunday, killing at least 14 people.</p>
<p>Fishing boats rescued 63 passengers of the ferry from the water on Sunday morning.</p>
</article></body></html>"""


@pytest.fixture
def folder(tmp_path):
    lines = [
        json.dumps({"id": one.id, "published": one.published.isoformat(), "text": one.text})
        for one in FERRY[1:]
    ]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "ferry.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def run(*paths, **options):
    """Return what the command prints, its complaints, and how it ended."""
    out, errors = io.StringIO(), io.StringIO()
    try:
        call_command("draft", *paths, stdout=out, stderr=errors, processes=1, **options)
    except CommandError as error:
        return out.getvalue(), errors.getvalue(), str(error)
    return out.getvalue(), errors.getvalue(), ""


def test_a_folder_of_pages_and_lines_becomes_one_draft(folder):
    printed, errors, failed = run(folder)
    assert (errors, failed) == ("", "")
    assert printed.startswith("4 articles, ")
    assert "1. 4 May 2031 – " in printed
    first = printed.split("\n\n")[1]
    assert "2031-05-04 Ferry Alma Rosa sinks off Port Selby: " in first
    assert "2031-06-20 charge: " in first
    assert "[drafts:" not in printed


def test_top_says_how_many_events_are_printed(folder):
    printed, _, _ = run(folder, top=2)
    assert "\n2. " in printed
    assert "\n3. " not in printed


def test_explain_prints_the_reasons(folder):
    printed, _, _ = run(folder, top=1, explain=True)
    told = " ".join(printed.split())
    assert "rank" in told
    assert "2 articles look back on it" in told
    assert "[drafts: pair" in told
    assert max(map(len, printed.splitlines())) <= 96


def test_a_bad_file_and_a_bad_line_are_named_and_the_draft_is_made_of_the_others(folder):
    (folder / "broken.html").write_bytes(b"\0\1\2")
    with (folder / "wire.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('\n{"text": 1}\nno JSON\n')
    printed, errors, failed = run(folder)
    assert "1. 4 May 2031 – " in printed
    assert f"{folder / 'broken.html'}: " in errors
    assert f"{folder / 'wire.jsonl'}:4: " in errors
    assert f"{folder / 'wire.jsonl'}:5: " in errors
    assert failed == "3 articles could not be read."


def test_a_file_that_is_not_there_is_named(tmp_path):
    _, errors, failed = run(tmp_path / "nothing.txt")
    assert "nothing.txt: There is no such file." in errors
    assert failed == "1 article could not be read."


def test_two_articles_with_one_id_are_both_kept(tmp_path):
    lines = [
        json.dumps({"id": "same", "published": "2031-05-04", "text": text})
        for text in ("The ferry Alma Rosa sank on Sunday.", "A train left Selm on Sunday.")
    ]
    (tmp_path / "twice.jsonl").write_text("\n".join(lines), encoding="utf-8")
    printed, _, _ = run(tmp_path)
    assert printed.startswith("2 articles, ")
