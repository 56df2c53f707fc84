"""What an editor hands over, taken apart: archives that attack, JSON Lines, and plain files."""

import io
import json
import zipfile

import pytest

from timeline import sources as reading
from timeline.sources import Source, is_source, sources, told_of

PAGE = b"Ferry sails\n\n16 May 2018\n\nThe ferry sails again."


def archive(**files: bytes) -> io.BytesIO:
    """A zip file with these names; two underscores stand for a slash, one for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name.replace("__", "/").replace("_", "."), content)
    held.seek(0)
    return held


def of(name: str, content: bytes | io.BytesIO) -> list[Source]:
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    return list(sources(name, file))


def faults(found: list[Source]) -> list[str]:
    return [source.fault for source in found if source.fault]


def test_an_archive_gives_its_pages_and_leaves_the_rest() -> None:
    held = archive(a_html=PAGE, deep__b_txt=PAGE, c_png=b"\x89PNG", __MACOSX__a_html=b"x")
    found = of("story.zip", held)
    assert [(one.name, one.page) for one in found][:2] == [
        ("story.zip/a.html", PAGE),
        ("story.zip/deep/b.txt", PAGE),
    ]
    assert len(found) == 3 or faults(found) == []


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("a.html", True),
        ("A.HTM", True),
        ("a/b.txt", True),
        ("a.jsonl", True),
        ("a.zip", True),
        ("a.png", False),
        ("Page_files/frame.html", False),
        ("deep/Page_files/frame.html", False),
        ("deep\\Page_files\\frame.html", False),
        ("__MACOSX/a.html", False),
        (".hidden.txt", False),
        ("a/.git/b.txt", False),
    ],
)
def test_frames_and_what_a_system_adds_are_no_sources(path: str, is_one: bool) -> None:
    assert is_source(path) is is_one


def test_names_that_lead_out_of_an_archive_stay_names(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name in ("../../up.txt", "/etc/passwd.txt", "C:\\win.txt"):
            opened.writestr(name, PAGE)
    held.seek(0)
    assert len(of("x.zip", held)) == 3
    assert list(tmp_path.iterdir()) == []


def test_an_archive_within_an_archive_is_not_opened_and_stops_no_other() -> None:
    inner = archive(a_html=PAGE).getvalue()
    found = of("x.zip", archive(inner_zip=inner, b_html=PAGE))
    assert faults(found) == ["An archive within an archive is not opened."]
    assert found[1].page == PAGE


def test_a_locked_file_of_an_archive_is_named() -> None:
    held = bytearray(archive(a_html=PAGE, b_html=PAGE).getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        held[held.index(mark) + place] |= 1  # the flag of encryption, of the first file
    found = of("x.zip", bytes(held))
    assert "locked by a password" in found[0].fault
    assert found[1].page == PAGE


def test_a_bomb_is_unpacked_to_the_limit_and_no_further(monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 25_000_000)
    unpacked = []
    real = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile,
        "read",
        lambda self, n=-1: unpacked.append(real(self, n)) or unpacked[-1],
    )
    bomb = b"\0" * 60_000_000
    found = of("x.zip", archive(**{f"n{number}_html": bomb for number in range(6)}))
    assert len(faults(found)) == 6
    assert "too big for an article" in found[0].fault
    assert "unpacks to more than" in found[-1].fault
    assert sum(map(len, unpacked)) <= 25_000_001


def test_what_an_entry_says_of_its_length_is_not_believed() -> None:
    held = bytearray(archive(a_html=b"\0" * 20_000_000).getvalue())
    at = held.index(b"PK\x01\x02") + 24
    held[at : at + 4] = (100).to_bytes(4, "little")
    (found,) = of("x.zip", bytes(held))
    assert found.fault


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_or_an_empty_one_is_told(content: bytes) -> None:
    (found,) = of("x.zip", content)
    assert found.fault.endswith(("a damaged one.", "in this archive."))


def test_a_damaged_file_of_an_archive_stops_no_other() -> None:
    held = bytearray(archive(a_html=PAGE * 50, b_html=PAGE).getvalue())
    start = held.index(b"a.html") + 6
    held[start + 5 : start + 20] = b"\xff" * 15
    found = of("x.zip", bytes(held))
    assert "damaged" in found[0].fault
    assert found[1].page == PAGE


def test_ten_thousand_pages_are_taken_and_more_than_twice_as_many_are_not() -> None:
    assert (
        len(of("x.zip", archive(**{f"n{number}_txt": b"x" for number in range(10_000)}))) == 10_000
    )
    (found,) = of("x.zip", archive(**{f"n{number}_txt": b"x" for number in range(20_001)}))
    assert found.fault == "It holds 20,001 files: 20,000 are allowed in one archive."


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_a_line_of_json_is_an_article_with_what_is_told_of_it() -> None:
    (found,) = of(
        "story.jsonl",
        line(
            text="Vale met Strand.",
            published="2018-05-16T10:30:00+09:00",
            headline="Ferry sails",
            outlet="Tidewire",
            url="https://tide.example/a",
        ),
    )
    assert found.name == "story.jsonl: line 1"
    assert found.page == b"Ferry sails\n\nVale met Strand."
    told = told_of(found.told)
    assert (told.headline, told.outlet, told.url) == (
        "Ferry sails",
        "Tidewire",
        "https://tide.example/a",
    )
    assert told.published.isoformat() == "2018-05-16T10:30:00+09:00"


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("2018-05-16", "2018-05-16"),
        ("2018-05-16T10:30:00", "2018-05-16"),
        ("2018-05-16 10:30:00+00:00", "2018-05-16T10:30:00+00:00"),
        ("2018-05-16T10:30:00Z", "2018-05-16T10:30:00Z"),
    ],
)
def test_a_time_without_its_zone_tells_the_day_alone(given: str, taken: str) -> None:
    (found,) = of("a.jsonl", line(text="x", published=given))
    assert found.told["published"] == taken
    assert told_of(found.told).published


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"{", "no JSON object"),
        (b"[1]", "no JSON object"),
        (b"\xff\xfe", "no JSON object"),
        (b"[" * 100_000, "no JSON object"),
        (line(headline="x"), "neither"),
        (line(text="  "), "neither"),
        (line(text=5), "“text” must be a text"),
        (line(text="x", outlet=["y"]), "“outlet” must be a text"),
        (line(text="x", published="soon"), "not a publication time"),
        (line(text="x", published="2018-02-30"), "not a publication time"),
        (line(text="x", published="0001-01-01"), "no article was published"),
        (line(text="x", url="javascript:alert(1)"), "begins with http"),
        (line(text="x", url=" data:text/html,x"), "begins with http"),
        (line(text="x", url="//coast.example/1"), "begins with http"),
        (line(text="x", url="coast.example/1"), "begins with http"),
        (line(text="x", url="https://ada:secret@coast.example/1"), "name or password"),
        (line(text="x", url="https://coast.example/a b"), "no address of a page"),
        (line(text="x", url=f"https://coast.example/{'1' * 500}"), "522 characters, and 500"),
        (b'{"text": "\\ud800"}', "half of a character"),
        (b'{"text": "x", "headline": "\\ud800"}', "half of a character"),
        (b'{"text": "x", "outlet": "\\udfff"}', "half of a character"),
        (b'{"text": "x", "url": "https://a.example/\\ud800"}', "half of a character"),
    ],
)
def test_a_line_that_is_no_article_is_named_and_stops_no_other(wrong: bytes, reason: str) -> None:
    found = of("a.jsonl", b"\n".join([wrong, b"", line(text="good")]))
    assert reason in found[0].fault
    assert (found[1].name, found[1].page) == ("a.jsonl: line 3", b"good")


def test_json_lines_in_an_archive_are_read(monkeypatch) -> None:
    found = of("x.zip", archive(a_jsonl=line(html="<p>x") + b"\n" + line(text="y")))
    assert [one.page for one in found] == [b"<p>x", b"y"]


def test_a_fault_of_the_disk_is_no_fault_of_the_file(monkeypatch) -> None:
    def broken(*args: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(zipfile.ZipExtFile, "read", broken)
    with pytest.raises(OSError, match="Input/output"):
        of("x.zip", archive(a_html=PAGE))


def test_json_lines_of_just_the_most_bytes_are_read_and_of_one_more_are_not(monkeypatch) -> None:
    line = json.dumps({"text": PAGE.decode()}).encode()
    monkeypatch.setattr(reading, "MAX_LINES", len(line))
    assert faults(of("one.jsonl", line)) == []
    assert "bring it in by parts" in faults(of("one.jsonl", line + b"\n"))[0]
