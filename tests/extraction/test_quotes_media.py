"""Through what words reached the reporter, and whose the words of a letter or a statement are."""

import pytest

from tests.extraction.reading import find_quotes
from timeline.extraction.quotes import Quote


def last(text: str) -> Quote:
    """Return the last quotation of a text that stands in marks."""
    return [quote for quote in find_quotes(text) if quote.kind != "indirect"][-1]


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“It is over,” Rosa Paz said in a video posted on Instagram.", "in a video"),
        ("“It is over,” Rosa Paz said by phone from Lima.", "by phone"),
        ("“It is over,” Rosa Paz said by e-mail.", "by e-mail"),
        ("“It is over,” Rosa Paz said via email.", "via email"),
        ("“It is over,” Rosa Paz said through a spokesman.", "through a spokesman"),
        ("“It is over,” Rosa Paz wrote to the board in a letter dated 4 May.", "in a letter"),
        ("“It is over,” Rosa Paz wrote on X.", "on X"),
        ("“It is over,” Rosa Paz wrote on Truth Social.", "on Truth Social"),
        ("“It is over,” Rosa Paz said on the club's official website.", "official website"),
        ("“It is over,” Rosa Paz emailed the staff.", "in an email"),
        ("“It is over,” Rosa Paz said in court papers.", "in court papers"),
    ],
)
def test_what_a_speaker_used_is_the_medium_where_it_follows_the_verb(text, medium):
    assert last(text).actor == "Rosa Paz"
    assert medium in last(text).medium


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Via her Instagram account, Rosa Paz called it “a gamble”.", "Instagram account"),
        ("Later, in a letter to the board, Rosa Paz called it “a gamble”.", "in a letter"),
        ("Speaking in the Commons, Rosa Paz called it “a gamble”.", "in the Commons"),
        ("Reached by phone, Rosa Paz called it “a gamble”.", "by phone"),
        ("Contacted by Reuters, Rosa Paz called it “a gamble”.", "told Reuters"),
        ("Rosa Paz, in a post on X, called it “a gamble”.", "in a post on X"),
    ],
)
def test_a_medium_may_stand_before_the_speaker_or_between_speaker_and_verb(text, medium):
    assert last(text).actor == "Rosa Paz"
    assert medium in last(text).medium


def test_a_medium_joined_to_a_speaker_by_via_is_no_part_of_the_name():
    quote = last("Norlak Corp via its official website said it was “over”.")
    assert (quote.actor, quote.medium) == ("Norlak Corp", "via its official website")


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“It is over,” Rosa Paz told local media.", "told local media"),
        ("“It is over,” Rosa Paz told a group of reporters.", "told a group of reporters"),
        ("“It is over,” Rosa Paz told AFP news agency.", "told AFP"),
        ("Rosa Paz told Reuters in an interview it was “over”.", "told Reuters in an interview"),
    ],
)
def test_who_is_told_and_on_what_occasion_are_told_together(text, medium):
    assert last(text).medium == medium


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“It is over,” Rosa Paz said, as quoted by Reuters.", "via Reuters"),
        ("“It is over,” the Daily Post quoted Rosa Paz as saying.", "via Daily Post"),
        ("State news agency KCNA quoted Rosa Paz as saying it was “over”.", "via KCNA"),
        ("State media quoted Rosa Paz as saying it was “over”.", "via State media"),
    ],
)
def test_who_hands_the_words_on_is_the_medium(text, medium):
    assert (last(text).actor, last(text).medium) == ("Rosa Paz", medium)


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        (
            "Norlak's lawyer, Rosa Paz, sent a letter.\nThe letter called it “a breach of trust”.",
            "in a letter",
        ),
        ("Rosa Paz wrote a memo. It warned that the dam was “weak”.", "in a memo"),
        ("An e-mail from Rosa Paz to the staff called it “a gamble”.", "in an e-mail"),
        ("A statement from Rosa Paz called it “a gamble”.", "in a statement"),
        ("The report, written by Rosa Paz, calls the dam “a ruin”.", "in a report"),
        ("Rosa Paz's tweet read: “It is over.”", "in a tweet"),
        ("It was “a gamble”, according to a report by Rosa Paz.", "in a report"),
        ("According to a letter that Rosa Paz sent, it was “a gamble”.", "in a letter"),
    ],
)
def test_words_of_a_letter_are_those_of_its_writer(text, medium):
    assert (last(text).actor, last(text).medium) == ("Rosa Paz", medium)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The indictment calls Tor Berg “the chief plotter”.", "The indictment"),
        ("The report by Rosa Paz was read. A report calls the dam “a ruin”.", "A report"),
        ("Rosa Paz commented on the report. The report calls the dam “a ruin”.", "The report"),
    ],
)
def test_a_document_whose_writer_is_not_told_speaks_for_itself(text, speaker):
    assert (last(text).actor, last(text).medium) == (speaker, None)


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Rosa Paz issued a statement. “It is over,” she said.", "in a statement"),
        ("Rosa Paz posted a video on X. “It is over,” she said.", "in a video on X"),
        ("Rosa Paz held a news conference. “It is over,” she said.", "at a news conference"),
        ("Rosa Paz took to Twitter. “It is over,” she wrote.", "on Twitter"),
        ("Rosa Paz took to Twitter to call it “a gamble”.", "on Twitter"),
        ("In a statement, Rosa Paz said it was shut. “It is over,” she said.", "in a statement"),
        ("“No,” Rosa Paz told Reuters.\n\n“It is over,” she said.", "told Reuters"),
        ("“No,” Rosa Paz said in an email. Paz called it “a gamble”.", "in an email"),
    ],
)
def test_who_goes_on_after_a_statement_speaks_in_it(text, medium):
    assert (last(text).actor, last(text).medium) == ("Rosa Paz", medium)


@pytest.mark.parametrize(
    "text",
    [
        "“It is over,” Rosa Paz said in a car on Friday.",
        "“It is over,” Rosa Paz said of the report.",
        "“It is over,” Rosa Paz told her son.",
        "Rosa Paz criticised the letter. “It is over,” she said.",
        "Tor Berg released a statement. “It is over,” Rosa Paz said.",
        "“No,” Tor Berg said in a statement. Rosa Paz said it was “over”.",
        "“No,” Rosa Paz said in a tweet in 2017. In May, she said it was “over”.",
        "“No,” Rosa Paz said in a tweet. She had said it was “over”.",
        "“No,” Rosa Paz told Reuters in May. “It is over,” she says.",
        "Rosa Paz issued a statement. Rain fell. Boats sank. Men ran. “It is over,” she said.",
    ],
)
def test_what_carried_other_words_is_no_medium(text):
    assert (last(text).actor, last(text).medium) == ("Rosa Paz", None)


@pytest.mark.parametrize(
    "text",
    [
        "Rosa Paz, the mayor, left. “It is over,” the mayor said.",
        "A nurse, Rosa Paz, left. “It is over,” the nurse said.",
        "Rosa Paz, chief executive of Norlak, left. “It is over,” the chief executive said.",
        "Mayor Rosa Paz left. “It is over,” said the 54-year-old.",
        "Rosa Paz left. “It is over,” the Conservative MP said.",
        "The president of the group Open Lake, Rosa Paz, said it was “over”.",
        "A spokeswoman for Norlak, Rosa Paz, said it was “over”.",
        "It was “over”, according to the family's lawyer, Rosa Paz.",
        "Supt Rosa Paz left. “It is over,” Supt Paz said.",
    ],
)
def test_a_role_means_who_was_said_to_have_it(text):
    assert last(text).actor == "Rosa Paz"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Tor Berg met a nurse. “It is over,” the nurse said.", "the nurse"),
        ("An MP met Tor Berg. “It is over,” the MP said.", "the MP"),
        ("Rosa Paz, the mayor, met Tor Berg. “It is over,” the judge said.", "the judge"),
        ("Prime Minister Rosa Paz left. The premier, Tor Berg, called it “over”.", "Tor Berg"),
        ("The WHO said on its website that it was “over”.", "World Health Organization"),
        ("The Turkish Ministry of Health called it “over”.", "Turkish Ministry of Health"),
        ("Ana Paz Mora left. “It is over,” Paz Mora said.", "Ana Paz Mora"),
    ],
)
def test_a_role_of_nobody_named_is_told_as_written_and_bodies_by_their_own_name(text, actor):
    assert last(text).actor == actor


def test_many_letters_and_endless_speaking_are_read_in_one_go():
    letters = "Rosa Paz sent a letter. The letter called it “a gamble”. " * 200
    assert all(quote.actor == "Rosa Paz" for quote in find_quotes(letters))
    assert find_quotes(f"“No,” Rosa Paz said {'speaking ' * 3000}.")


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        (" ", "Ann Lee"),
        ("\n\n", "Ann Lee"),
        (" It was late.\n\n", "Ann Lee"),
        ("\n\nIt was late.\n\n", None),
        (" It was late. Rain fell. ", None),
    ],
)
def test_it_is_a_statement_issued_two_sentences_and_one_paragraph_before_at_most(between, speaker):
    text = f"Ann Lee issued a statement on Monday.{between}“We sail on,” it said."
    assert last(text).actor == speaker
