"""Events: what is one, when it is, with which status, and who takes part."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.extraction.reading import candidates, dates, event, find_events
from timeline.extraction.events.event import basis_of


class TestDates:
    def test_a_weekday_dates_the_verb_of_its_clause(self):
        assert event("President Anna Berg visited Lima on Tuesday.", "visited").edtf == "2018-03-27"

    def test_two_dates_in_a_sentence_are_two_events(self):
        text = "Anna Berg founded Norlak in 1986, and Hult bought it in 2005."
        assert {(e.trigger.text, e.edtf) for e in find_events(text)} == {
            ("founded", "1986"),
            ("bought", "2005"),
        }

    def test_a_dateline_dates_nothing(self):
        text = "OSLO, March 26 (NTB) -- The ferry sank off Bergen on Sunday."
        assert [e.edtf for e in find_events(text)] == ["2018-03-25"]

    def test_an_undated_sentence_is_of_the_day_the_article_is_about(self):
        text = (
            "Norlak unveiled a ferry in Bergen on Monday. The hull was built in Gdynia in 2016.\n"
            "Tor Lie praised the engineers during the show."
        )
        assert event(text, "praised").edtf == "2018-03-26"

    def test_without_any_date_it_is_news_of_the_day(self):
        assert event("Norlak has unveiled a ferry.", "unveiled").edtf == "2018-03-28~"

    def test_a_quoted_date_moves_no_other_event(self):
        text = (
            "The ferry sank on Monday. “We painted her green on Saturday, boys,” said Tor Lie.\n"
            "Divers found the wreck."
        )
        assert event(text, "found").edtf == "2018-03-26"

    def test_what_was_said_did_not_happen_on_the_day_it_was_said(self):
        text = "The ferry sank on Sunday. On Tuesday, Tor Lie said the crew had left and jumped."
        assert dates(text)["said"] == "2018-03-27"
        assert dates(text)["jumped"] == "2018-03-25"

    def test_a_date_in_quotation_marks_is_not_of_the_words_outside(self):
        text = "The ferry sank on Sunday. “It was like 1986 for all of us here,” Tor Lie said."
        assert dates(text)["said"] == "2018-03-25"

    def test_a_visit_of_one_day_is_on_that_day(self):
        text = "Anna Berg completed her one-day visit to Peru on Wednesday."
        assert event(text, "visit").edtf == "2018-03-28"

    def test_days_are_counted_back_from_the_end_of_a_visit(self):
        text = "Anna Berg completed her four-day visit to Peru on Wednesday."
        assert event(text, "visit").edtf == "2018-03-25/2018-03-28"

    def test_days_are_counted_forth_from_the_beginning_of_a_visit(self):
        text = "Anna Berg began a three-day visit to Peru on Monday."
        assert event(text, "visit").edtf == "2018-03-26/2018-03-28"

    def test_what_ended_a_war_is_of_its_last_year(self):
        text = "The port grew rich after the accord that ended the 1901-04 Coral War."
        assert (dates(text)["accord"], dates(text)["War"]) == ("1904", "1901/1904")
        assert event(text, "accord").basis.date.link == "end"
        assert dates("The 1918 truce ended the war.")["war"] == "1918"
        to_come = "The accord will end the war in the coming weeks."
        assert dates(to_come)["accord"] == "2018-03-28/.."

    def test_what_is_cited_as_known_happened_by_the_day_of_publication(self):
        text = (
            "The reformers gain ground, as shown in the nomination of the judge Ann Price as "
            "minister and the return of Tor Lie, this time as her deputy."
        )
        known = [(e.trigger.text, e.edtf, e.actors) for e in find_events(text) if ".." in e.edtf]
        assert known == [
            ("nomination", "../2018-03-28", ("Ann Price",)),
            ("return", "../2018-03-28", ("Tor Lie",)),
        ]
        assert "known by its own day, 28 March 2018" in event(text, "return").derivation

    def test_earlier_this_year_is_the_year(self):
        assert event("The bridge collapsed earlier this year.", "collapsed").edtf == "2018"

    def test_the_trip_told_before_dates_what_happened_during_it(self):
        text = (
            "Anna Berg ended her trip to Peru on Sunday.\nThe talks failed.\n"
            "During the trip, Berg invited Pablo Ruiz to visit Oslo."
        )
        assert event(text, "invited").edtf == "2018-03-25"

    def test_a_published_time_with_a_zone_counts_for_its_day(self):
        seoul = timezone(timedelta(hours=9))
        found = find_events("The ferry sank yesterday.", datetime(2018, 3, 28, 0, 30, tzinfo=seoul))
        assert [e.edtf for e in found] == ["2018-03-27"]


class TestStatus:
    @pytest.mark.parametrize(
        ("text", "trigger", "status"),
        [
            ("The envoy kicked off the talks on Monday.", "talks", "occurred"),
            ("The talks were completed on Monday.", "talks", "occurred"),
            ("The summit is scheduled for May 3.", "summit", "planned"),
            ("The summit, slated to take place in May, is secret.", "summit", "planned"),
            ("Anna Berg will visit Lima in May.", "visit", "planned"),
            ("Anna Berg is bracing for a trial in May.", "trial", "expected"),
            ("Anna Berg is expected to visit Lima in May.", "visit", "expected"),
            ("Anna Berg will probably visit Lima in May.", "visit", "expected"),
            ("Anna Berg may visit Lima in May.", "visit", "possible"),
            ("Anna Berg might visit Lima in May.", "visit", "possible"),
            (
                "A visit by Anna Berg to Lima, if it comes off in May, is risky.",
                "visit",
                "possible",
            ),
            ("Anna Berg called off a visit to Lima on Monday.", "visit", "cancelled"),
            ("Anna Berg's visit to Lima was cancelled on Monday.", "visit", "cancelled"),
            ("Anna Berg's visit to Lima was postponed on Monday.", "visit", "postponed"),
            ("The court delayed the hearing on Monday.", "hearing", "postponed"),
            ("Anna Berg's visit to Lima in May was a failure.", "visit", "occurred"),
            ("In May her visit to Lima failed.", "visit", "occurred"),
            ("Police are searching the wreck today.", "searching", "ongoing"),
            ("Passengers were forced to walk home on Monday.", "walk", "occurred"),
        ],
    )
    def test_status_follows_tense_modality_and_wording(self, text, trigger, status):
        assert event(text, trigger).status == status

    def test_an_invitation_happened_and_the_visit_is_a_plan_without_a_date(self):
        text = "On Monday Anna Berg invited Pablo Ruiz to visit Oslo."
        assert event(text, "invited").edtf == "2018-03-26"
        visit = event(text, "visit")
        assert (visit.status, visit.edtf, visit.actors) == ("planned", None, ("Pablo Ruiz",))

    @pytest.mark.parametrize("article", ["", "a "])
    def test_the_second_of_two_nouns_is_a_plan_where_the_first_is_one(self, article):
        text = (
            "Anna Berg's aides hope the talks will help bring about her second summit with "
            f"Pablo Ruiz and {article}trip to Oslo."
        )
        trip = event(text, "trip")
        assert (trip.status, trip.edtf) == (event(text, "summit").status, None)

    def test_the_future_in_what_somebody_expects_is_expected(self):
        text = (
            "Aides voiced expectations that Anna Berg's letter will bring about her second summit "
            "with Pablo Ruiz and trip to Oslo."
        )
        assert event(text, "trip").status == "expected"
        assert (
            event("Analysts expect that Hult will buy Norlak in May.", "buy").status == "expected"
        )

    def test_the_future_of_a_thing_is_no_plan_of_it(self):
        text = "Oslo spoke on the future of the truce."
        assert {m.status for m in candidates(text)} == {"occurred"}

    def test_the_second_of_two_nouns_has_happened_where_the_first_has(self):
        text = "Anna Berg praised the summit with Pablo Ruiz and the trip to Oslo on Monday."
        assert {m.status for m in candidates(text)} == {"occurred"}

    def test_what_is_dated_after_publication_has_not_occurred(self):
        assert (
            event(
                "Anna Berg's sitting down with Pablo Ruiz next month is a test.", "sitting down"
            ).status
            == "planned"
        )

    def test_old_events_are_recalled_and_plans_announced(self):
        assert event("Hult bought Norlak in 2005.", "bought").stance == "recalls"
        assert event("Hult will buy Norlak in May.", "buy").stance == "announces"


class TestActorsAndPlaces:
    def test_pronouns_stand_for_the_actor_last_spoken_of(self):
        text = "Anna Berg flew to Lima on Monday. She met Pablo Ruiz on Tuesday."
        assert event(text, "met").actors == ("Anna Berg", "Pablo Ruiz")

    def test_his_visit_before_the_subject_is_the_subject_s(self):
        text = "During her meeting with Pablo Ruiz on Monday, Anna Berg signed the pact."
        assert event(text, "meeting").actors == ("Anna Berg", "Pablo Ruiz")

    def test_a_name_that_qualifies_a_noun_is_not_who_acts(self):
        assert event("Friends of Anna Berg protested on Monday.", "protested").actors == ()
        assert event("Norlak engineers protested on Monday.", "protested").actors == ()

    def test_she_after_said_is_the_speaker(self):
        text = "Anna Berg spoke on Monday. Tor Lie said he visited Lima on Tuesday."
        assert event(text, "visited").actors == ("Tor Lie",)

    def test_a_family_name_that_begins_a_sentence_is_known(self):
        text = "Anna Price spoke on Monday. Price resigned on Tuesday."
        assert event(text, "resigned").actors == ("Anna Price",)

    def test_a_place_is_read_after_its_preposition(self):
        found = event("Anna Berg met Pablo Ruiz in Geneva on Monday.", "met")
        assert (found.place, found.actors) == ("Geneva", ("Anna Berg", "Pablo Ruiz"))

    def test_a_summit_is_not_where_the_trip_beside_it_goes(self):
        text = "Anna Berg hopes for a summit with Pablo Ruiz and a trip to Oslo."
        summit, trip = event(text, "summit"), event(text, "trip")
        assert (summit.place, trip.place) == (None, "Oslo")
        assert event("Anna Berg spoke of the trip to Oslo on Monday.", "spoke").place is None

    @pytest.mark.parametrize(
        ("text", "trigger"),
        [
            ("The resignation of Anna Berg on Monday was sudden.", "resignation"),
            ("The arrest of the banker Anna Berg on Monday was sudden.", "arrest"),
            ("The death of Anna Berg in Oslo on Monday was sudden.", "death"),
        ],
    )
    def test_a_noun_of_a_deed_has_its_person_after_of(self, text, trigger):
        found = event(text, trigger)
        assert found.actors == ("Anna Berg",)
        assert "Anna Berg" in found.title

    def test_a_body_that_qualifies_a_noun_takes_no_part(self):
        text = "Anna Berg met the Norlak director Pablo Ruiz on Monday."
        assert event(text, "met").actors == ("Anna Berg", "Pablo Ruiz")

    @pytest.mark.parametrize(
        ("text", "trigger", "title"),
        [
            ("Anna Berg visited Peru on Monday.", "visited", "Anna Berg visits Peru"),
            ("Anna Berg will visit Peru in May.", "visit", "Anna Berg to visit Peru"),
            ("Anna Berg may visit Peru in May.", "visit", "Anna Berg may visit Peru"),
            ("Anna Berg's visit to Peru ended on Monday.", "visit", "Anna Berg’s visit to Peru"),
            ("The ferry sank in 1986.", "sank", "Ferry sinks"),
        ],
    )
    def test_a_title_is_made_of_actors_deed_and_place(self, text, trigger, title):
        assert event(text, trigger).title == title


class TestOneEvent:
    def test_the_same_event_told_twice_is_one(self):
        text = (
            "Anna Berg resigned on Monday. Markets fell.\n"
            "The resignation of Anna Berg on Monday was no surprise."
        )
        assert sum(e.trigger.text.startswith("resign") for e in find_events(text)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "Anna Berg resigned on Monday. Pablo Ruiz resigned on Monday.",
            "Anna Berg resigned on Monday. Anna Berg resigned on Tuesday.",
            "Anna Berg resigned on Monday. Anna Berg visited Peru on Monday.",
            "Anna Berg said on Monday it was late. Anna Berg said on Monday it was cold.",
        ],
    )
    def test_what_differs_by_actor_day_or_deed_is_told_apart_and_so_are_statements(self, text):
        assert len(find_events(text.replace(". ", ".\n"))) == 2

    @pytest.mark.parametrize(
        "text",
        [
            "Anna Berg resigned on Monday. She resigned on Monday over fish.",
            "Anna Berg resigned on Monday. The mayor resigned on Monday.",
            "The mayor resigned on Monday. Anna Berg resigned on Monday.",
        ],
    )
    def test_whoever_is_named_once_may_be_meant_without_a_name(self, text):
        assert len(find_events(text.replace(". ", ".\n"))) == 1

    def test_headlines_and_captions_are_no_events(self):
        text = (
            "Ferry sinks off Bergen\n\nThe ferry sank on Monday.\n\nAnna Berg visits Lima (NTB)\n"
        )
        assert [e.trigger.text for e in find_events(text)] == ["sank"]

    def test_evidence_trigger_and_time_stand_where_they_say(self):
        text = "Rain fell.\n\nAnna Berg met Pablo Ruiz on Monday. Talks went on."
        for found in find_events(text):
            assert text[found.start : found.end] == found.text
            assert text[found.trigger.start : found.trigger.end] == found.trigger.text
            assert "Monday" in text[slice(*found.time)]

    def test_the_basis_holds_the_words_that_were_read_and_where_they_stand(self):
        text = "Anna Berg completed her visit to Peru on Monday."
        basis = event(text, "visit").basis
        assert [span.exact for span in basis.spans] == ["on Monday", "completed"]
        for span in basis.spans:
            assert text[span.start : span.end] == span.exact

    @pytest.mark.parametrize(
        ("text", "trigger", "rule", "link"),
        [
            ("Anna Berg left on Monday.", "left", "weekday", ""),
            ("Anna Berg left on 5 March 2018.", "left", "stated", ""),
            ("Anna Berg left on March 5.", "left", "no-year", ""),
            ("Anna Berg left last month.", "left", "relative", ""),
            ("Anna Berg left in late 2017.", "left", "part", ""),
            ("Anna Berg has left.", "left", "published", ""),
            ("Anna Berg left Oslo on Monday. She met Pablo Ruiz.", "met", "weekday", "in-focus"),
            (
                "Hult killed nine people, Anna Berg said on Monday.",
                "killed",
                "weekday",
                "same-clause",
            ),
            (
                "Anna Berg ended a trip to Peru on Monday.\nDuring the trip, she met Pablo Ruiz.",
                "met",
                "weekday",
                "told-before",
            ),
        ],
    )
    def test_the_basis_says_by_which_rule_the_words_give_the_date(self, text, trigger, rule, link):
        date = event(text, trigger).basis.date
        assert (date.rule, date.link) == (rule, link)

    @pytest.mark.parametrize(
        ("text", "trigger", "rule", "words"),
        [
            ("Anna Berg left on Monday.", "left", "told", "left"),
            ("Anna Berg will visit Peru in May.", "visit", "cue", "will"),
            ("Anna Berg called off a June 12 summit.", "summit", "cue", "called off"),
            ("The trip of Anna Berg, set for May, was called off.", "trip", "cue", "called off"),
            (
                "The visit by Anna Berg on Monday did not take place.",
                "visit",
                "cue",
                "did not take place",
            ),
            ("Anna Berg may visit Peru in May.", "visit", "cue", "may"),
            ("The new pier of Oslo is to open in May.", "open", "cue", "is to open"),
            ("Anna Berg is visiting Peru this week.", "visiting", "under-way", "is visiting"),
        ],
    )
    def test_the_basis_holds_all_words_that_give_the_status(self, text, trigger, rule, words):
        status = event(text, trigger).basis.status
        assert (status.rule, [span.exact for span in status.spans]) == (rule, [words])

    @pytest.mark.parametrize(
        ("text", "derivation"),
        [
            (
                "On Wednesday evening, Anna Berg completed her four-day visit to Peru.",
                (
                    "“On Wednesday evening” is the article’s own day, Wednesday 28 March 2018. "
                    "“four-day” is counted back from that day."
                ),
            ),
            (
                "Anna Berg began a two-week visit to Peru on Monday.",
                (
                    "“on Monday” is the Monday before the article’s day, Wednesday 28 March 2018. "
                    "“two-week” is counted on from that day."
                ),
            ),
        ],
    )
    def test_the_derivation_says_how_a_duration_sets_the_other_end(self, text, derivation):
        assert event(text, "visit").derivation == derivation

    def test_a_visit_told_again_says_how_its_days_were_counted(self):
        text = (
            "Anna Berg completed her four-day visit to Peru on Wednesday.\n"
            "The visit pleased Pablo Ruiz."
        )
        again = [m for m in candidates(text) if m.date.reason == "told-before"]
        assert [(m.edtf, basis_of(m).date.link) for m in again] == [
            ("2018-03-25/2018-03-28", "length-back")
        ]


def test_a_dateline_with_a_plain_hyphen_is_left_out_of_the_first_sentence():
    text = "OSLO, March 26 (NTB) - Peru bought a ferry on Sunday."
    assert [(e.title, e.edtf) for e in find_events(text)] == [("Peru buys a ferry", "2018-03-25")]
