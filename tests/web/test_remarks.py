"""Readers write to the desk of an event or an article, without an account."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories as make
from timeline.models import Article, Event, Remark
from timeline.models.remarks import MOST_CHARACTERS, MOST_OF_ALL, MOST_OF_ONE
from timeline.views.remark_form import stamp

pytestmark = pytest.mark.django_db
EVENT, HOME, AWAY = "/events/harbour-opening/remark/", "192.0.2.7", "198.51.100.9"
TEXT = "The pier opened on 2 May, not on 1 May."


@pytest.fixture
def opening() -> Event:
    return make.event()


@pytest.fixture
def paper(opening: Event) -> Article:
    paper = make.article("2018-05-02", "Harbour opens", slug="paper", is_published=True)
    make.report(opening, paper)
    return paper


def ago(record: Event | Article, **time: int) -> str:
    """The signed time of a form that was opened so long ago."""
    return stamp(record, timezone.now() - dt.timedelta(**time))


def send(record: Event | Article, *, address: str = HOME, url: str = "", **fields: str):
    """Send the form of a record as a browser does that has shown it for a minute."""
    data = {"text": TEXT, "name": "", "email": "", "website": "", "opened": ago(record, minutes=1)}
    url = url or f"{record.get_absolute_url()}remark/"
    return Client(REMOTE_ADDR=address).post(url, data | fields)


def said(response) -> str:
    return response.content.decode()


class TestTheForm:
    def test_each_public_page_leads_to_it(self, client, opening, paper) -> None:
        for record in (opening, paper):
            page = said(client.get(record.get_absolute_url()))
            url = f"{record.get_absolute_url()}remark/"
            assert f'<a href="{url}">Report an error</a>' in page
            assert "How can we improve?" in said(client.get(url))

    def test_what_is_sent_waits_for_the_editors(self, client, opening) -> None:
        answer = send(opening, name="  Ada \n Brook ", email="ada@reader.example")
        assert answer.url == f"{EVENT}thanks/"
        assert "is with the editors" in said(client.get(answer.url))
        one = Remark.objects.get()
        assert (one.event, one.article, one.text) == (opening, None, TEXT)
        assert (one.name, one.email, one.state) == ("Ada Brook", "ada@reader.example", "waits")

    def test_one_on_an_article_is_kept_with_it(self, paper) -> None:
        send(paper)
        assert Remark.objects.get().article == paper

    def test_a_private_record_has_none(self, client, opening, paper) -> None:
        make.event("Kept", published=False)
        private = make.article("2018-05-03", slug="private")
        opened = stamp(private)
        for path in ("/events/kept/", "/articles/private/"):
            for url in (f"{path}remark/", f"{path}remark/thanks/"):
                assert client.get(url).status_code == 404
            sent = {"text": TEXT, "opened": opened}
            assert client.post(f"{path}remark/", sent).status_code == 404
        assert not Remark.objects.exists()

    def test_what_is_withdrawn_while_a_reader_writes_takes_nothing(self, opening) -> None:
        opening.unpublish(by=make.editor())
        assert send(opening).status_code == 404

    def test_it_asks_where_a_request_comes_from(self, opening) -> None:
        client = Client(enforce_csrf_checks=True)
        sent = {"text": TEXT, "opened": ago(opening, minutes=1)}
        assert client.post(EVENT, sent).status_code == 403
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', said(client.get(EVENT)))[1]
        assert client.post(EVENT, sent | {"csrfmiddlewaretoken": token}).status_code == 302
        assert Remark.objects.count() == 1

    def test_it_calls_an_event_as_it_was_known_on_the_day_in_view(self, client) -> None:
        event = make.event("First Trump–Kim summit", edtf="2018-06-12", slug="summit")
        early = {"title": "A meeting is planned", "status": "planned"}
        make.report(event, make.article("2018-03-09"), **early)
        make.report(event, make.article("2018-06-13"))
        query = "?known=2018-03-09"
        page = said(client.get(f"/events/summit/{query}"))
        assert f"/events/summit/remark/{query}" in page
        for url in ("remark/", "remark/thanks/"):
            page = said(client.get(f"/events/summit/{url}{query}"))
            assert "A meeting is planned" in page
            assert "First" not in page
        answer = send(event, url=f"/events/summit/remark/{query}")
        assert answer.url.endswith(f"thanks/{query}")
        assert client.get("/events/summit/remark/?known=2018-03-08").status_code == 404
        assert client.get("/events/summit/remark/?known=soon").status_code == 400

    def test_a_link_more_asks_the_database_nothing(self, client, opening, paper) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(opening.get_absolute_url())
            client.get(paper.get_absolute_url())
        assert not any("remark" in one["sql"] for one in asked.captured_queries)


class TestProgramsAreToldFromReaders:
    def refused(self, answer, words: str) -> None:
        page = said(answer)
        assert answer.status_code == 400
        assert words in page
        assert "Nothing is lost" in page
        assert TEXT in page
        assert not Remark.objects.exists()

    def again(self, answer, record: Event) -> None:
        """A reader presses Send once more, after a while."""
        signed = re.search(r'name="opened" value="([^"]+)"', said(answer))[1]
        later = timezone.now() + dt.timedelta(seconds=9)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", lambda: later)
            assert send(record, opened=signed).status_code == 302
        assert Remark.objects.count() == 1

    def test_who_fills_in_the_field_that_nobody_sees(self, opening) -> None:
        answer = send(opening, website="https://pills.example")
        self.refused(answer, "A field was filled in that readers do not see")
        assert "pills" not in said(answer)
        self.again(answer, opening)

    def test_who_sends_at_once(self, opening) -> None:
        answer = send(opening, opened=ago(opening, seconds=1))
        self.refused(answer, "within three seconds")
        self.again(answer, opening)

    def test_who_comes_back_days_later(self, opening) -> None:
        answer = send(opening, opened=ago(opening, hours=25))
        self.refused(answer, "for more than a day")
        self.again(answer, opening)

    @pytest.mark.parametrize("opened", ["", "1", "WzEsMl0:1:x", "\x00", "é" * 500])
    def test_who_brings_no_time_or_one_of_their_own(self, opening, opened) -> None:
        answer = send(opening, opened=opened)
        self.refused(answer, "was not made here")
        self.again(answer, opening)

    def test_who_brings_the_time_of_another_record(self, opening, paper) -> None:
        answer = send(opening, opened=ago(paper, minutes=1))
        self.refused(answer, "was not made here")


class TestTooMuch:
    def test_a_sender_is_held_to_a_few_an_hour_and_loses_nothing(self, opening) -> None:
        for number in range(MOST_OF_ONE):
            assert send(opening, text=f"Number {number}").status_code == 302
        answer = send(opening)
        assert answer.status_code == 429
        assert answer["Retry-After"] == "3600"
        assert "send this again in 60 minutes" in said(answer)
        assert TEXT in said(answer)
        assert send(opening, address=AWAY).status_code == 302
        first = Remark.objects.earliest("sent_at")
        Remark.objects.filter(pk=first.pk).update(sent_at=timezone.now() - dt.timedelta(hours=1))
        assert send(opening).status_code == 302

    def test_of_ipv6_the_network_is_one_sender(self, opening) -> None:
        for number in range(MOST_OF_ONE):
            send(opening, text=f"Number {number}", address=f"2001:db8:1:2::{number}")
        assert send(opening, address="2001:db8:1:2:ffff::1").status_code == 429
        assert send(opening, address="2001:db8:1:3::1").status_code == 302

    def test_all_together_are_held_to_a_number_an_hour(self, opening) -> None:
        many = (Remark(about="x", text=str(n), sender=str(n)) for n in range(MOST_OF_ALL))
        Remark.objects.bulk_create(many)
        assert send(opening).status_code == 429

    def test_sent_twice_it_is_there_once(self, opening) -> None:
        for _ in range(MOST_OF_ONE + 1):
            assert send(opening).status_code == 302
        assert Remark.objects.count() == 1

    @pytest.mark.parametrize("more", [{"email": "ada@reader.example"}, {"name": "Ada"}])
    def test_sent_again_with_a_forgotten_address_or_name_that_is_kept(self, opening, more) -> None:
        send(opening)
        send(opening, **more)
        assert Remark.objects.filter(**more).exists()

    def test_no_address_is_kept(self, opening) -> None:
        send(opening)
        assert HOME not in str(Remark.objects.values())
        assert len(Remark.objects.get().sender) == 32


class TestHostileText:
    def test_nothing_is_asked_back_beside_its_field(self, opening) -> None:
        answer = send(opening, text=" \n\x00 ", name="Ada")
        assert answer.status_code == 400
        assert "Write what is wrong" in said(answer)
        assert 'value="Ada"' in said(answer)

    def test_control_characters_go_and_lines_stay(self, opening) -> None:
        send(opening, text="One\x00\x1b[31m\r\ntwo\x85\x7f\tthree", name="A\x00da")
        one = Remark.objects.get()
        assert (one.text, one.name) == ("One[31m\ntwo\tthree", "Ada")

    @pytest.mark.parametrize("half", [b"%ED%A0%80", b"%FF", b"%C3"])
    def test_half_characters_are_replaced(self, client, opening, half) -> None:
        data = b"text=It+is" + half + b"&opened=" + ago(opening, minutes=1).encode()
        kind = "application/x-www-form-urlencoded"
        assert client.post(EVENT, data, content_type=kind).status_code == 302
        assert Remark.objects.get().text.startswith("It is")

    def test_half_a_pair_is_replaced_however_it_came(self) -> None:
        from timeline.views.remark_form import plain

        assert plain("a\ud800b") == "a\ufffdb"
        assert plain("a\U0001f600b") == "a\U0001f600b"

    def test_what_is_too_long_is_kept_to_be_cut(self, opening) -> None:
        answer = send(opening, text="x" * MOST_CHARACTERS + "yz")
        assert answer.status_code == 400
        assert "4,000 characters at most, and it has 4,002." in said(answer)
        assert "xyz" in said(answer)
        assert send(opening, text="x" * MOST_CHARACTERS).status_code == 302

    @pytest.mark.parametrize("field", ["text", "name", "email", "website", "opened"])
    def test_a_megabyte_gets_a_short_and_clear_answer(self, opening, field) -> None:
        answer = send(opening, **{field: "x" * 1_000_000})
        assert answer.status_code == 400
        assert 'class="error' in said(answer)
        assert len(answer.content) < 60_000

    def test_more_than_a_request_may_hold_is_refused(self, opening) -> None:
        assert send(opening, text="x" * 11_000_000).status_code == 400

    @pytest.mark.parametrize("email", ["ada", "a@b", "a@b.example\nBcc: x@y.example", "\x00@b.ex"])
    def test_what_is_no_address_is_asked_back(self, opening, email) -> None:
        answer = send(opening, email=email)
        assert "This is no e-mail address" in said(answer)
        assert TEXT in said(answer)

    def test_markup_stays_text(self, opening, admin_client) -> None:
        send(opening, text="<script>alert(1)</script>", name="<b>Ada</b>")
        one = Remark.objects.get()
        for url in ("/desk/", one.get_absolute_url(), "/desk/timeline/remark/"):
            page = said(admin_client.get(url))
            assert "<script>alert" not in page
            assert "<b>Ada" not in page
