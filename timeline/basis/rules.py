"""The rules by which dates and statuses are read, each with its label for editors and an example.

The keys are stored: rename one only with a migration. `words` has a sentence for each.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """What an editor chooses, and an example of what is read so."""

    label: str
    example: str


# How words give a date, or what stands for them where the article has none.
DATE_RULES = {
    "stated": Rule("The words state it", "“on 27 March 2018”, “1950-53”"),
    "no-year": Rule("The words name no year", "“in May”, “June 12”: the nearest"),
    "weekday": Rule("The words name a day of the week", "“on Tuesday” of an article of Wednesday"),
    "relative": Rule("The words count from a day", "“next month”, “two days later”"),
    "same-month": Rule("A day of the month named before", "the “25” of “April 24 and 25”"),
    "same-year": Rule("In the year spoken of before", "“June of that year”"),
    "event": Rule("The words name something that is dated", "“during the trip”"),
    "clock": Rule("A time of day on a day", "“at 3 p.m.”"),
    "part": Rule("A part of a longer time", "“late 2011”: October to December 2011"),
    "vague": Rule("The words name no day", "“recently”, “at a later date”"),
    "published": Rule("No date: news of the article’s own day", "“has called off the summit”"),
    "cited": Rule("No date: known by the article’s day", "“as shown in the return of Ann Lee”"),
    "to-come": Rule("No date: still to come on the article’s day", "“can visit anytime he wants”"),
    "earlier": Rule("No date: earlier than what is told", "“Li, who had resigned, …”"),
    "not-set": Rule("No date", "“will visit Oslo”"),
    "judged": Rule("The editors’ estimate", "“in the coming weeks or months”: to about mid-year"),
    # Of time expressions that date no event by themselves:
    "length": Rule("A length of time", "“four-day”"),
    "repeated": Rule("A repetition", "“every Monday”"),
    "present": Rule("The present at large", "“now”"),
    "open": Rule("How far is left open", "“years ago”"),
    "daypart": Rule("A time of day without its day", "“at night”"),
}
# Those that count from a day.
COUNTING = frozenset(
    ("no-year", "weekday", "relative", "clock", "vague", "published", "cited", "to-come")
)

# Why the date of those words is that of the event, where they are not said of it alone.
LINKS = {
    "same-clause": Rule("They date the whole sentence", "“On Monday Li met Kim and left”"),
    "told-before": Rule("They dated it where it was told before", "“the talks”, told of above"),
    "in-focus": Rule("They date what the passage tells", "“On Monday Li arrived. He met Kim.”"),
    "lead": Rule("They date what the article is about", "“Talks were held on Tuesday. […]”"),
    "length-back": Rule("A length is counted back", "“completed his four-day visit on Thursday”"),
    "length-forward": Rule("A length is counted on", "“began a two-day visit on Thursday”"),
    "end": Rule("It is the end of that time", "“the truce that ended the 1901-04 war”"),
}

# What a base is.
BASES = {
    "publication": Rule("The article’s day", "published on 28 March 2018"),
    "dateline": Rule("The day of its dateline", "“WASHINGTON, Jan. 18 (Yonhap)”"),
    "text": Rule("A date in the text", "“on May 10 …, two days later …”"),
}

STATUS_RULES = {
    "told": Rule("The words tell it as done", "“met”"),
    "cue": Rule("A word says so", "“will”, “expected”, “called off”"),
    "under-way": Rule("The words tell it as under way", "“is visiting”"),
    "ahead": Rule("Its day was still to come", "“the talks of 12 June”, in May"),
}
