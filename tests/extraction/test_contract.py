"""The JSON Lines contract of `manage.py extract`, and its page for a person."""

import io
import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from timeline.extraction import extract

TEXT = (
    "\n\nOSLO, March 6 (NTB) -- Prime Minister Ingrid Solberg arrived in Lima on Tuesday.\n\n"
    '"We have come a long way," Solberg told reporters.\n\n'
    'She said the talks had been "frank" and would go on next month.\n'
)
DOCUMENT = {"id": "doc-1", "published": "2018-03-07", "text": TEXT}


def run(monkeypatch, *lines):
    """What the command writes for `lines`, its complaints, and whether it failed."""
    data = b"".join(line if isinstance(line, bytes) else line.encode() + b"\n" for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    out, errors = io.StringIO(), io.StringIO()
    failed = False
    try:
        call_command("extract", stdout=out, stderr=errors)
    except CommandError as error:
        failed = True
        errors.write(str(error))
    return [json.loads(line) for line in out.getvalue().splitlines()], errors.getvalue(), failed


def test_each_document_is_answered_on_one_line_in_order(monkeypatch):
    lines = [json.dumps(DOCUMENT | {"id": name}) for name in ("b", "a", 3)]
    answers, errors, failed = run(monkeypatch, *lines)
    assert [answer["id"] for answer in answers] == ["b", "a", 3]
    assert (errors, failed) == ("", False)


def test_an_answer_has_the_fields_of_the_contract_and_no_others(monkeypatch):
    (answer,), _, _ = run(monkeypatch, json.dumps(DOCUMENT))
    assert set(answer) == {"id", "times", "quotes", "events"}
    for time in answer["times"]:
        assert set(time) == {"start", "end", "text", "type", "value", "edtf"}
        assert time["type"] in {"DATE", "TIME", "DURATION", "SET"}
    for quote in answer["quotes"]:
        assert set(quote) - {"runs"} == {
            "start", "end", "text", "kind", "speaker", "actor", "medium", "cue",
        }  # fmt: skip
        assert quote["kind"] in {"direct", "mixed", "indirect"}
    for event in answer["events"]:
        assert set(event) == {
            "start", "end", "text", "trigger", "edtf", "status", "actors", "place", "title",
            "score",
        }  # fmt: skip
        assert event["status"] in {
            "occurred", "ongoing", "planned", "expected", "possible", "cancelled", "postponed",
        }  # fmt: skip


def test_offsets_are_code_points_into_the_text_as_it_was_given(monkeypatch):
    text = "\n\n\U0001f600 김정은\r\n" + TEXT
    (answer,), _, _ = run(monkeypatch, json.dumps(DOCUMENT | {"text": text}))
    assert answer["times"]
    assert answer["quotes"]
    assert answer["events"]
    for found in (*answer["times"], *answer["quotes"], *answer["events"]):
        assert text[found["start"] : found["end"]] == found["text"]


def test_a_weekday_and_a_quote_come_out_of_the_command(monkeypatch):
    (answer,), _, _ = run(monkeypatch, json.dumps(DOCUMENT))
    assert ("Tuesday", "2018-03-06") in {(time["text"], time["value"]) for time in answer["times"]}
    direct = next(quote for quote in answer["quotes"] if quote["kind"] == "direct")
    assert direct["text"].rstrip(",") == "We have come a long way"
    assert direct["speaker"]["text"] == "Solberg"
    assert direct["cue"]["text"] == "told"


def test_a_mixed_quote_gives_its_clause_and_the_quoted_words_inside_it(monkeypatch):
    (answer,), _, _ = run(monkeypatch, json.dumps(DOCUMENT))
    mixed = next(quote for quote in answer["quotes"] if quote["kind"] == "mixed")
    assert [TEXT[start:end] for start, end in mixed["runs"]] == ["frank"]
    assert mixed["start"] < mixed["runs"][0][0] < mixed["runs"][0][1] < mixed["end"]


def test_publication_is_a_day_or_a_time_with_its_zone(monkeypatch):
    lines = [
        json.dumps(DOCUMENT | {"published": published})
        for published in ("2018-03-07", "2018-03-07T11:51:00+09:00", "2018-03-07T02:51:00Z")
    ]
    answers, _, failed = run(monkeypatch, *lines)
    assert not failed
    assert answers[0] == answers[1] == answers[2]


def test_what_the_contract_does_not_name_is_ignored(monkeypatch):
    (answer,), _, failed = run(monkeypatch, json.dumps(DOCUMENT | {"gold_times": [1], "title": 2}))
    assert answer["times"]
    assert not failed


def test_a_text_with_half_a_surrogate_is_answered(monkeypatch):
    (answer,), _, failed = run(
        monkeypatch, '{"id": 1, "published": "2018-03-07", "text": "\\ud83d on Tuesday"}'
    )
    assert answer["id"] == 1
    assert not failed


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (b"\xff\n", "not UTF-8"),
        pytest.param("[" * 100_000, "nested too deep", id="brackets"),
        ('{"id": NaN, "published": "2018-03-07", "text": ""}', "not JSON (it has no NaN)"),
        ('{"id": 1e999, "published": "2018-03-07", "text": ""}', "the “id” is no number"),
        pytest.param('{"id": ' + "9" * 5000 + "}", "not JSON", id="digits"),
        (json.dumps({"id": 1, "published": "2018-03-07"}), "no “text”"),
        (json.dumps({"id": 1, "published": "2018-03-07", "text": None}), "no “text”"),
        (json.dumps({"id": 1, "text": ""}), "no “published”"),
        (json.dumps({"id": 1, "published": "yesterday", "text": ""}), "“published” is 'yesterday'"),
        (
            json.dumps({"id": 1, "published": "2018-02-30", "text": ""}),
            "“published” is '2018-02-30'",
        ),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(monkeypatch, line, complaint):
    good = json.dumps(DOCUMENT)
    answers, errors, failed = run(monkeypatch, good, line, good)
    assert [answer["id"] for answer in answers] == ["doc-1", "doc-1"]
    assert f"line 2: {complaint}" in errors
    assert "line 1" not in errors
    assert failed


def test_a_document_that_dateline_fails_at_is_named_and_the_others_go_on(monkeypatch, caplog):
    def fails_at_lima(text, published):
        if "Lima" in text:
            raise KeyError(text)
        return extract(text, published)

    monkeypatch.setattr("timeline.management.commands.extract.extract", fails_at_lima)
    lines = [
        json.dumps(DOCUMENT | {"id": name, "text": text})
        for name, text in (("a", "Oslo on Tuesday"), ("b", "Lima on Tuesday"), ("c", "Oslo"))
    ]
    answers, errors, failed = run(monkeypatch, *lines)
    assert [answer["id"] for answer in answers] == ["a", "c"]
    assert 'line 2: “id” "b": Dateline failed at it with KeyError' in errors
    assert "Traceback" in caplog.text
    assert "Lima on" not in errors + caplog.text
    assert failed


def test_empty_lines_are_passed_over(monkeypatch):
    answers, errors, failed = run(monkeypatch, "", json.dumps(DOCUMENT), "")
    assert (len(answers), errors, failed) == (1, "", False)


def test_a_reader_that_has_seen_enough_ends_the_command_in_silence(tmp_path):
    documents = tmp_path / "documents.jsonl"
    documents.write_text(f"{json.dumps(DOCUMENT)}\n" * 300)
    with (
        documents.open() as lines,
        subprocess.Popen(
            [sys.executable, Path(__file__).parents[2] / "manage.py", "extract"],
            stdin=lines,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as command,
    ):
        assert json.loads(command.stdout.readline())["id"] == "doc-1"
        command.stdout.close()
        assert command.stderr.read() == b""
        assert command.wait() == 0


def test_a_saved_article_is_printed_for_a_person(tmp_path):
    saved = tmp_path / "ferry.txt"
    saved.write_text(
        f"(2nd LD) Solberg in Lima\n\nWorld 11:51 March 7, 2018 GMT\nBy Jo Doe\n{TEXT}"
    )
    out = io.StringIO()
    call_command("extract", file=saved, stdout=out)
    printed = out.getvalue()
    for words in (
        "Solberg in Lima",
        "Published  Wednesday 7 March 2018, 11:51 UTC",
        "Lead       2nd LD",
        "Section    World",
        "Byline     Jo Doe",
        "Dateline   OSLO, 6 March 2018, NTB",
        "“Tuesday”",
        "2018-03-06",
        "is the Tuesday before the article’s day",
        "We have come a long way",
    ):
        assert words in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_each_verdict_is_explained_by_its_rule_and_its_words(tmp_path):
    saved = tmp_path / "ferry.txt"
    text = "OSLO, March 6 (NTB) -- Norlak sold a yard on Monday. She will leave, Ann Lee said."
    saved.write_text(f"Norlak sells yard\n\nMarch 7, 2018\n\n{text}", encoding="utf-8")
    out = io.StringIO()
    call_command("extract", explain=saved, stdout=out)
    printed = " ".join(out.getvalue().split())
    for words in (
        "status occurred [status: told] “sold” 30–34",
        "date 2018-03-05 [date_resolution: weekday → own] “on Monday” 42–51",
        "agents Norlak [arguments: subject] “Norlak” 23–29",
        "title Norlak sells a yard [titles: its verb] “sold” 30–34",
        "speaker Ann Lee [names: as written] “Ann Lee” 69–76",
    ):
        assert words in printed
    for found in extract(text, date(2018, 3, 7)).events:
        values = {decision.of: decision.value for decision in found.decisions}
        assert (values["title"], values["status"]) == (found.title, found.status)
        assert values["actors"] == ", ".join(found.actors)


def test_a_terminal_that_lacks_a_sign_gets_its_number(tmp_path):
    saved = tmp_path / "ferry.txt"
    saved.write_text(f"Solberg in Lima\n\nMarch 7, 2018\n\n{TEXT}", encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, Path(__file__).parents[2] / "manage.py", "extract", "--file", saved],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
    )
    assert b"\\u201cTuesday\\u201d" in printed.stdout
    assert printed.stderr == b""


def test_a_closed_input_is_one_clear_sentence(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(CommandError, match="no standard input"):
        call_command("extract")


def test_of_a_huge_file_no_more_is_read_than_is_allowed(tmp_path):
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(CommandError, match="too big for an article"):
        call_command("extract", file=tmp_path / "huge.txt")


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (None, "no such file")])
def test_a_file_that_cannot_be_read_is_one_clear_sentence(tmp_path, content, reason):
    saved = tmp_path / "saved.txt"
    if content is not None:
        saved.write_bytes(content)
    with pytest.raises(CommandError, match=rf"(?s)saved\.txt.*{reason}|{reason}.*saved\.txt"):
        call_command("extract", file=saved)


def test_a_time_of_publication_reads_like_its_day():
    on_the_day = extract(TEXT, date(2018, 3, 7))
    assert on_the_day.times == extract(TEXT, datetime(2018, 3, 7, 23, 59)).times


def test_the_extraction_starts_without_django_and_without_dateparser():
    code = (
        "import sys, timeline.extraction; "
        "print([m for m in ('django', 'dateparser', 'edtf') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"
