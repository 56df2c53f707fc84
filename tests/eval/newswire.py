"""Made-up newswire to measure speed with: our own templates, filled by a seeded generator."""

import random
from datetime import date, timedelta

PEOPLE = (
    "Ingrid Solberg", "Tomas Hradec", "Aiko Tanabe", "Lee Min-jae", "Carlos Ibarra", "Amara Okafor",
    "Jean-Paul Morel", "Fatima al-Rashid", "Pak Chol-su", "Nils Bergqvist",
)  # fmt: skip
TITLES = (
    "President", "Prime Minister", "Foreign Minister", "spokesman",
    "a professor at Lund University", "Defense Secretary", "chief negotiator", "Energy Minister",
)  # fmt: skip
PLACES = ("Geneva", "Oslo", "Busan", "Lima", "Nairobi", "Prague", "Jakarta", "Ottawa", "Vienna")
COUNTRIES = ("Norway", "Peru", "Kenya", "Japan", "Canada", "Austria", "South Korea", "Indonesia")
TOPICS = (
    "the ferry treaty",
    "fishing quotas",
    "the dam project",
    "a border crossing",
    "arms control",
)
WHEN = (
    "on Tuesday", "late Monday", "last week", "on March 3", "in early 2011", "earlier this month",
    "two days ago", "on Feb. 14, 2016", "in May", "next month", "by the end of the year",
    "in the coming weeks", "this spring", "for three years", "at 11:30 a.m. Thursday", "since 1998",
)  # fmt: skip
SENTENCES = (
    "{title} {person} arrived in {place} {when} for talks on {topic} with {country}.",
    "The two sides signed an agreement on {topic} {when}, according to the foreign ministry.",
    '"We have come a long way, and we will not turn back now," {person} told reporters {when}.',
    "{family} said the summit, scheduled to take place {when}, would go ahead as planned.",
    'The delegation described the meeting as "frank and useful" and agreed to meet again {when}.',
    "Analysts said that {country} may postpone its visit to {place} after the vote {when}.",
    "It was the third round of talks since the {year}-{short} conflict over {topic} ended.",
    '"There is no alternative," {family} added. "Everybody at the table understands that."',
    "{person}, {title}, called off a trip to {place} {when}, citing a storm that killed 12.",
    "Unemployment in {country} fell to 4.6 percent from 5.1 percent a year earlier, the bank said.",
    "Thousands of people marched through {place} {when} to protest against {topic}.",
    "He was elected in {year} and has since visited {country} four times, most recently {when}.",
    "{country} is expected to send an envoy to {place} {when}, a senior official said.",
    "Under the deal, some 1,200 vessels could return to port within 60 days, {person} wrote.",
)  # fmt: skip
PLAIN_TEXT = """
The harbor is the only one on that coast deep enough for the larger ships, and most of the grain
that {country} exports passes through its two narrow gates.

Neither side would give figures, but people close to the talks in {place} put the sum at well
over 300 million dollars, far more than the parliament had been willing to consider.

Farmers in the valley complain that the water is not theirs to sell, while the town needs it
badly and has no other source within reach.

For {family}, a former engineer with little patience for ceremony, the question is less one of
principle than of pipes, pumps and the people who look after them.

{country} has the longest coastline of the region and the smallest fleet, a mismatch that every
government has promised to mend and none has.

Much depends on the smaller parties, whose votes are needed and whose demands on {topic} go
beyond anything that the two larger ones could accept.

Critics of the plan, among them {title} {person}, doubt that the money is there at all.

The road through the mountains is narrow and often closed by snow, which leaves the railway as
the only safe way to the border.

It is not clear who would pay for the repairs, nor whether the contractors, most of them from
{country}, are still willing to finish what they began.

Under the rules of the treaty, every member has one vote regardless of its size, and {topic} can
be settled only when nobody objects.

The new hall, a plain building of glass and timber above the old town of {place}, holds some
2,400 people and is rarely full.

Prices of bread and fuel have become the main worry of voters, ahead of crime and housing.
"""
PLAIN = [" ".join(sentence.split()) for sentence in PLAIN_TEXT.split("\n\n")]


def articles(count: int, size: int = 4000, seed: int = 7) -> list[tuple[str, date]]:
    """Return `count` articles of about `size` characters with their days of publication."""
    choose = random.Random(seed)
    return [_article(choose, size) for _ in range(count)]


def _article(choose: random.Random, size: int) -> tuple[str, date]:
    published = date(2016, 1, 4) + timedelta(days=choose.randrange(1000))
    place = choose.choice(PLACES).upper()
    paragraphs = [f"{place}, {published:%B} {published.day} (Wire) -- {_sentence(choose)}"]
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(" ".join(_sentence(choose) for _ in range(choose.randint(1, 3))))
    return "\n\n".join(paragraphs), published


def _sentence(choose: random.Random) -> str:
    person = choose.choice(PEOPLE)
    year = choose.randrange(1940, 2000)
    # two plain sentences for each that dates or quotes, about as dense as newspapers are
    sentences = PLAIN if choose.random() < 0.67 else SENTENCES
    return choose.choice(sentences).format(
        person=person,
        family=person.split()[-1],
        title=choose.choice(TITLES),
        place=choose.choice(PLACES),
        country=choose.choice(COUNTRIES),
        topic=choose.choice(TOPICS),
        when=choose.choice(WHEN),
        year=year,
        short=f"{(year + 4) % 100:02}",
    )
