"""What the reader of quotations learns from cases, and how it adds up what it sees."""

from timeline.extraction.linear_model import score
from timeline.extraction.training.softmax import by_option, of_option, train_choice, train_yes_no

SAYS = [(["asaid", "ctoday"], True), (["awalked", "ctoday"], False)] * 40


def test_what_tells_yes_from_no_weighs_and_what_does_not_weighs_little():
    weights = train_yes_no(SAYS)
    assert weights["asaid"] > 100 > -100 > weights["awalked"]
    assert abs(weights.get("ctoday", 0)) < 50


def test_the_same_cases_teach_the_same_weights():
    assert train_yes_no(SAYS) == train_yes_no(SAYS)


def test_what_is_seen_too_seldom_teaches_nothing():
    assert "arare" not in train_yes_no([*SAYS, (["arare"], True)])


def test_features_that_all_options_share_weigh_apart_for_each():
    seen = {"left": ["gcomma"], "right": ["gcolon"]}
    cases = [
        ([of_option(option, features) for option in seen], right)
        for right, features in enumerate(seen.values())
    ] * 40
    tables = by_option(train_choice(cases))
    assert score(tables["left"], ["gcomma"]) > score(tables["right"], ["gcomma"])
    assert score(tables["left"], ["gcolon"]) < score(tables["right"], ["gcolon"])


def test_what_was_never_seen_weighs_nothing():
    assert score({"asaid": 7}, ["asaid", "anever"]) == 7
