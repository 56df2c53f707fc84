"""The language of an article: by its letters, its small words, or py3langid."""

import re

from babel import Locale, UnknownLocaleError

from ..lexicon import load

READ = frozenset({"en"})
_SAMPLE = 4000  # code points
# Of running text a fifth to a third are such words; a tenth leaves room for lists of names.
_SHARE = 0.1
_ENOUGH = 12  # words; of fewer a guess at a rare language is wrong too often
_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def language_of(body: str) -> str:
    """Return the ISO 639-1 code of the language that `body` is written in; English in doubt."""
    sample = body[:_SAMPLE]
    for code, letters in _SCRIPTS:
        if len(letters.findall(sample)) > len(sample) * 0.2:
            return code
    words = _WORD.findall(sample.lower())
    if len(_OTHER_LETTER.findall(sample)) > len(sample) * 0.3:
        return _classified(sample)
    share = {
        table["code"]: sum(word in table["words"] for word in words) / max(len(words), 1)
        for table in load("wire")["language"]
    }
    best: str = max(share, key=lambda code: share[code])
    if share[best] >= _SHARE or len(words) < _ENOUGH or share["en"] >= _SHARE / 2:
        return best
    return _classified(sample)


def not_read(language: str) -> str | None:
    """Return a sentence for whoever brings in an article in a language that is not read.

    >>> not_read("es")
    'Dateline does not read Spanish: the article is kept, and nothing is suggested from it.'
    """
    if language in READ:
        return None
    said = "the article is kept, and nothing is suggested from it."
    return f"Dateline does not read {_name(language)}: {said}"


def _name(code: str) -> str:
    try:
        return Locale.parse(code).english_name or code
    except (UnknownLocaleError, ValueError):
        return code


def _classified(sample: str) -> str:
    # Imported here: few articles need it, and its model loads for two seconds.
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)
