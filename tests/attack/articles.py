"""Articles for the attacks, all written by us: one text of a harbour, dated and numbered."""

from pathlib import Path

TEXT = """\
(Port Watch) Ministers agree to reopen ferry line {number}

Coast {hour:02}:30 KST {month} {day}, 2018

By Ada Brook

ELMSPORT, {month} {day} (Tidewire) -- Ferry line {number} to Sandhaven is to sail again.

Transport Minister Nora Vale met her counterpart Piet Strand on Tuesday, officials said.

"We will sail on line {number} before the summer is over," Vale told reporters.

Piet Strand will visit Elmsport again in July to inspect pier {number}.

Line {number} was closed in 2011 after a storm damaged the old pier.
"""
MONTHS = ("January", "February", "March", "April", "May", "June")


def folder_of(count: int, into: Path) -> Path:
    """Write `count` different articles into the folder `into` and return it."""
    into.mkdir()
    for number in range(1, count + 1):
        month, day = MONTHS[number % len(MONTHS)], number % 28 + 1
        text = TEXT.format(number=number, hour=number % 24, month=month, day=day)
        (into / f"article-{number:04}.txt").write_text(text, encoding="utf-8")
    return into
