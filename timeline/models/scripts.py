"""Names in several scripts: the language that a script tells, and names folded to be compared."""

import re
import unicodedata

# A script that one language is mostly written in, by the first word of its characters' Unicode
# names; of others the tag tells the script alone (BCP 47: “und”, undetermined).
_LANGUAGES = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "und-Hani",
    "CYRILLIC": "und-Cyrl",
    "ARABIC": "und-Arab",
    "DEVANAGARI": "und-Deva",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
# Letters of Latin script that no decomposition (NFKD) takes apart
_LATIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)
_WORDS = re.compile(r"[^\W_]+")


def language_of(name: str) -> str:
    """Return the tag of the language that the script of `name` tells; "" for Latin letters.

    A name with kana among its Han characters is Japanese.
    """
    found = [_LANGUAGES.get(unicodedata.name(one, "").partition(" ")[0], "") for one in name]
    told = {one for one in found if one}
    return "ja" if "ja" in told else next((one for one in found if one), "")


def words_of_name(name: str) -> list[str]:
    """Return the words of a name without case, diacritics, hyphens and marks.

    “Choe Sŏn-hŭi” and “CHOE Son Hui” have the same ones. Hangul stays in its syllables.
    """
    latin = unicodedata.normalize("NFKD", name.casefold()).translate(_LATIN)
    bare = "".join(one for one in latin if not "\u0300" <= one <= "\u036f")
    bare = unicodedata.normalize("NFC", bare).replace("’", "").replace("'", "")
    return _WORDS.findall(bare)
