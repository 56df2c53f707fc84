"""Any query string at any public address: an answer, never a failure of the server."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from timeline.exports import EXPORTS

# What the pages know, and what they do not; values that met a fault once, and any text.
PARAMETERS = [
    "q",
    "from",
    "to",
    "known",
    "sort",
    "view",
    "page",
    "focus",
    "kind",
    "status",
    "actor",
    "place",
    "outlet",
    "speaker",
    "timeline",
    "x",
]
MET = [
    "2018-XX-12",
    "[2018-XX,2019]",
    "0001",
    "0000",
    "9999",
    "9999-12-31",
    "2018-13",
    "2018-02-30",
    "[]",
    "[,]",
    "/",
    "../",
    "/..",
    "../..",
    "2018/2019",
    "2018-21",
    "9999-24",
    "201X",
    "XXXX",
    "1XXX-01",
    "-2018",
    "+2018",
    "２０１８",
    "2018-W10-1",
    "20180328",
    "1e3",
    "²",
    "٣",
    "-",
    "harbour",
    "opening",
    "alice",
    "pier-one",
    "harbour-news",
    "talks",
    "occurred",
    "unresolved",
    "newest",
    "lanes",
    "1",
    "0",
    "-1",
]
LONG = ("9" * 5_000, "2018-" * 2_000, "x" * 10_000, " " * 300)
VALUES = st.one_of(st.sampled_from((*MET, *LONG)), st.text(max_size=30))
# Bytes as a client can send them: well-formed or not.
RAW = st.one_of(
    VALUES.map(lambda text: quote(text, safe="", errors="surrogatepass")),
    st.binary(max_size=12).map(quote),
    st.sampled_from(
        ["%", "%0", "%ZZ", "%ED%A0%80", "%00", "%C3%28", "%F0%9F%98%80", "a%00b", "%0A"]
    ),
)
QUERIES = st.lists(st.tuples(st.sampled_from(PARAMETERS), RAW), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)
ADDRESSES = [
    "/",
    "/timelines/korean-peninsula-summits/",
    *(f"/timelines/korean-peninsula-summits/export/{name}/" for name in EXPORTS),
    "/events/trump-kim-summit-1/",
    "/articles/",
    "/articles/yonhap-2019-01-10-cautious-optimism/",
    "/actors/",
    "/actors/kim-jong-un/",
    "/quotes/",
    "/nowhere/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_any_query_string_gets_an_answer(demo, address, htmx):
    client = Client(headers={"HX-Request": "true"} if htmx else {})

    @settings(
        max_examples=10, suppress_health_check=list(HealthCheck), database=None, derandomize=False
    )
    @example("from=2018-XX-12&known=2018-05-25")
    @example("from=[2018-XX,2019]&to=9999-12-31")
    @example("known=0001-01-01&page=²")
    @given(QUERIES)
    def answers(query: str) -> None:
        response = client.get(address, QUERY_STRING=query)
        assert response.status_code in (200, 400, 404), query

    answers()


SENSELESS = ["2018-XX-12", "[2018-XX,2019]", "2018-13", "[]", "/", "0000", "x" * 10_000, "a\x00b"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["from", "to", "known"])
@pytest.mark.parametrize("value", SENSELESS, ids=lambda value: ascii(value[:12]))
def test_a_senseless_date_gets_its_sentence_on_the_page_and_in_the_exports(
    demo, client, name, value
):
    url = "/timelines/korean-peninsula-summits/"
    page = client.get(url, {name: value})
    field = "known" if name == "known" else name
    assert page.status_code == 400
    assert f'id="{field}-error"' in page.getvalue().decode()
    for export in EXPORTS:
        answer = client.get(f"{url}export/{export}/", {name: value})
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.getvalue().decode().startswith(f"{name}: ")


@pytest.mark.django_db
@pytest.mark.parametrize("value", [*SENSELESS, "0001", "9999-12-31", "２０１８"])
def test_the_desk_says_how_any_date_is_understood_or_why_not(admin_client, value):
    answer = admin_client.get("/desk/interpret/", {"edtf": value})
    assert answer.status_code == 200
    assert answer.json().keys() in ({"said", "edtf"}, {"error"})
