"""The demo: loaded once, never over an editor's change."""

import pytest
from django.core.management import call_command

from timeline import basis
from timeline.models import Actor, Article, Event, Outlet, Place, Quote, Report, Role, Timeline

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    models = (Outlet, Article, Actor, Place, Event, Report, Quote, Timeline)
    return [model.objects.count() for model in models]


def test_the_demo_brings_all_its_facts(demo):
    assert counts() == [10, 22, 29, 13, 49, 93, 42, 1]


def test_loading_twice_changes_nothing(demo, capsys):
    call_command("demo")
    assert capsys.readouterr().out == "The demo is here already; nothing was changed.\n"
    assert counts() == [10, 22, 29, 13, 49, 93, 42, 1]


def test_what_is_loaded_again_is_counted(demo, capsys):
    Event.objects.filter(slug="korean-war").delete()
    call_command("demo")
    assert "Demo loaded: 1 event" in capsys.readouterr().out


def test_an_editors_change_survives_a_second_load(demo):
    Event.objects.filter(slug="korean-war").update(title="The Korean War", edtf="1950-06/1953-07")
    call_command("demo", verbosity=0)
    event = Event.objects.get(slug="korean-war")
    assert (event.title, event.edtf) == ("The Korean War", "1950-06/1953-07")


def test_reset_brings_back_the_files_and_spares_what_is_not_the_demos(demo):
    Event.objects.filter(slug="korean-war").update(title="Changed")
    own = Event.objects.create(slug="own", title="Our own", status="occurred")
    call_command("demo", reset=True, verbosity=0)
    assert Event.objects.get(slug="korean-war").title == "Korean War"
    assert Event.objects.filter(pk=own.pk).exists()


def test_no_article_of_the_demo_holds_a_body(demo):
    assert set(Article.objects.values_list("body", flat=True)) == {""}


def test_every_report_says_how_we_know_in_whole_sentences(demo):
    for report in Report.objects.select_related("article"):
        basis.check(report.basis)
        assert report.read_from.date.rule, report
        assert report.derivation.endswith("."), report
        assert not set("‘→{}") & set(report.derivation), report


def test_the_words_of_every_status_but_the_plain_one_stand_in_the_fragment(demo):
    for report in Report.objects.all():
        spans = report.read_from.status.spans
        assert None not in basis.placed(spans, report.exact, report.start), report


def test_no_role_of_a_person_remarks_on_one_article(demo):
    assert not Role.objects.filter(title__contains="article").exists()
    assert not Role.objects.filter(title__contains=" by ").exists()
