"""The bytes of a saved page as text: by its own declaration, then by charset-normalizer.

What a page declares is read as browsers read it (WHATWG, Encoding Standard, section 4.2): a page
that calls itself Latin-1 is Windows-1252, one that calls itself GB 2312 is GB 18030.
"""

import codecs
import re

from charset_normalizer import from_bytes

from .article import MAX_BYTES, UnreadableError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:\?xml[^>]{0,99}\sencoding|meta\s[^>]{0,300}?charset)\s{0,9}=\s{0,9}[\"']?\s{0,9}"
    rb"(?P<name>[\w.:-]{2,40})",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 16_384  # bytes; browsers look at 1,024, but saved pages put comments above
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
# What pages without a declaration are written in. Of the single-byte encodings for one script,
# only the one in use: given DOS and Central European ones too, Danish was read as Czech.
_DETECTED = [
    *("cp1252", "cp949", "cp932", "gb18030", "big5", "cp1251", "koi8_r"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "euc_jp"),
]
_SAMPLE = 100_000  # bytes that the detector looks at
# A saved page may hold a few stray bytes, as of an advert in another encoding.
_STRAY = 0.001

# UTF-8 that was read as Windows-1252 and saved again: “Ã©” for “é”, “â€™” for “’”
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    "|\u00e2\u20ac[\u0080-\u00bf\u0153\u02dc\u2018-\u201e\u2020-\u2122]"
    "|[\u00ea-\u00ed][\u00b0-\u00bf\u20ac-\u2122][\u0080-\u00bf\u0152-\u0192\u2013-\u2122]"
)
_LOST = re.compile("\ufffd|\\?{5,}")
_FEW = 3  # garbled places that a text may hold: it may tell of one


def decode(raw: bytes) -> str:
    """Return the text of a file. Raises UnreadableError for what is too big, or no text."""
    if len(raw) > MAX_BYTES:
        raise too_big(len(raw))
    for mark, name in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _whole(raw, name)
    if wide := _utf16_without_mark(raw):
        return _whole(raw, wide)
    if any(raw.count(byte) for byte in range(9)):
        return _refused(raw)
    declared = _declared(raw)
    for tried in filter(None, ("utf-8", declared)):
        if (text := _strictly(raw, tried)) is not None:
            return text
    if declared and (text := _with_strays(raw, declared)):
        return text
    best = from_bytes(raw[:_SAMPLE], cp_isolation=_DETECTED).best()
    if best is None:
        return _with_strays(raw, "utf-8") or _refused(raw)
    return raw.decode(best.encoding, errors="replace")


def too_big(size: int) -> UnreadableError:
    """Return what is said of a text of `size` bytes, or code points, that is none to be read."""
    allowed = MAX_BYTES // 10**6
    return UnreadableError(
        f"It is too big for an article: {size / 1e6:.1f} MB, {allowed} MB is allowed."
    )


def garbling(text: str) -> str | None:
    """Return a sentence for the editor where `text` was garbled before it was saved.

    >>> garbling("The cafÃ© reopened. The cafÃ© and the cafÃ© closed.")[:57]
    'Its text is garbled (“Ã©” stands where another letter was'
    >>> garbling("The café reopened.")
    """
    for pattern in (_LOST, _MOJIBAKE):
        found = pattern.findall(text[:200_000])
        if len(found) >= _FEW or "\ufffd" * 2 in text[:200_000]:
            seen = found[0] if found else "\ufffd"
            return (
                f"Its text is garbled (“{seen}” stands where another letter was, {len(found)} "
                "times or more): save the page again, as UTF-8, before you rely on its words."
            )
    return None


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _whole(raw: bytes, name: str) -> str:
    """Decode what declares its encoding by its first or its zero bytes: nothing else fits."""
    text = _strictly(raw, name)
    return _refused(raw) if text is None else text


def _with_strays(raw: bytes, name: str) -> str | None:
    text = raw.decode(name, errors="replace")
    return text if text.count("\ufffd") <= max(_STRAY * len(text), 1) else None


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw, 0, _DECLARED_WITHIN)
    try:
        name = codecs.lookup(found["name"].decode()).name if found else None
    except LookupError:
        return None
    # a page that can be searched for its declaration byte by byte is in no UTF-16
    return (
        None if name and name.startswith(("utf-16", "utf-32")) else _READ_AS.get(name or "", name)
    )


def _utf16_without_mark(raw: bytes) -> str | None:
    """Latin letters in UTF-16 have a zero in every other byte, and in no others."""
    sample = raw[:4096]
    for name, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        half = max(len(sample) // 2, 1)
        if sample[zeros::2].count(0) > 0.7 * half and not sample[letters::2].count(0):
            return name
    return None


def _refused(raw: bytes) -> str:
    raise UnreadableError("This is a binary file, or its encoding is none that Dateline knows.")
