"""A balancer learns whether this process can answer, and nothing else."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_is_well_when_the_database_answers(client, django_assert_num_queries):
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer
    with django_assert_num_queries(1):
        client.get("/health/")


def test_it_is_asked_by_any_name_without_tls_and_without_a_redirect(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/health/", headers={"Host": "10.1.2.3:8000"}).status_code == 200
    assert Client().get("/").status_code == 301


def test_migrations_that_are_not_applied_make_it_unwell(client):
    for app, name in MigrationLoader(connection).graph.leaf_nodes("timeline"):
        MigrationRecorder(connection).record_unapplied(app, name)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"migrations\n")


@pytest.mark.parametrize("was_well", [True, False])
@pytest.mark.parametrize("failure", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_makes_it_unwell(client, was_well, failure):
    def refuse(*_: object) -> None:
        raise failure("the server at 10.0.0.5 closed the connection")

    if was_well:
        client.get("/health/")
    with connection.execute_wrapper(refuse):
        answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"database\n")
