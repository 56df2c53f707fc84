"""Reports of one event are joined, and those of two are not: the gold of invented stories."""

from itertools import combinations

from tests.extraction.drafts.stories import Story, source, stories
from timeline.extraction.drafts import Report, draft
from timeline.extraction.drafts.reading import near_day


def told_of(story: Story) -> dict[tuple[str, int], tuple[Report, int]]:
    """Return each sentence's best graded report and the candidate that it stands in."""
    best: dict[tuple[str, int], tuple[Report, int]] = {}
    for number, candidate in enumerate(draft(story.sources).candidates):
        for report in candidate.reports:
            key = (report.article, report.start)
            if key not in best or report.grade > best[key][0].grade:
                best[key] = (report, number)
    return best


def test_nine_in_ten_pairs_that_are_joined_are_of_one_event(capsys):
    joined = right = same = pairs = 0
    for story in stories().values():
        for (one, first), (other, second) in combinations(told_of(story).items(), 2):
            if near_day(first[0].edtf) != near_day(second[0].edtf):
                continue
            pairs += 1
            is_same = story.events[one] == story.events[other]
            same += is_same
            joined += first[1] == second[1]
            right += is_same and first[1] == second[1]
    with capsys.disabled():
        print(f"\n{pairs} pairs of one day: {joined} joined, {right} rightly, of {same} to join")
    assert pairs >= 200
    assert right / joined >= 0.9
    assert right / same >= 0.7  # 0.85 when this was written


def test_two_events_that_one_article_tells_of_a_day_stay_two():
    made = draft(
        [
            source(
                "a",
                "2031-04-25",
                "Security forces killed four protesters in Harran on Friday.",
                "Security forces arrested seven protesters in Dels on Friday.",
            )
        ]
    )
    assert all(len(candidate.reports) == 1 for candidate in made.candidates)


def test_a_copied_sentence_is_joined_with_its_copy():
    sentence = "The ferry Alma Rosa sank off Port Selby on Sunday, killing 14 people."
    made = draft([source(name, "2031-05-05", sentence) for name in ("a", "b", "c")])
    assert [report.article for report in made.candidates[0].reports] == ["a", "b", "c"]


def test_other_numbers_keep_events_of_one_wording_apart():
    made = draft(
        [
            source(
                "a", "2031-05-16", "Eleven cases of lake fever were confirmed in Aldmoor on Friday."
            ),
            source(
                "b", "2031-05-16", "Four cases of lake fever were confirmed in Bracken on Friday."
            ),
        ]
    )
    assert len({c.reports[0].article for c in made.candidates}) == 2
    assert all(len({r.article for r in c.reports}) == 1 for c in made.candidates)
