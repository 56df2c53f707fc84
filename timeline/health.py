"""Whether Dateline can answer: /health/ for a load balancer, and the same for `manage.py serve`."""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

ADDRESS = "/health/"
OK, DATABASE, MIGRATIONS = "ok", "database", "migrations"


class HealthMiddleware:
    """Answers /health/: 200 “ok”, or 503 with the word for what is missing.

    It stands before everything that asks for a host name, a session or TLS, since a balancer asks
    each process by its address; it tells nothing but that one word.
    """

    migrated = False  # once applied, migrations stay so for as long as this process lives

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != ADDRESS:
            return self.get_response(request)
        try:
            found = health(assume_migrated=self.migrated)
        except (DatabaseError, InterfaceError):
            found = DATABASE
        self.migrated = self.migrated or found == OK
        return HttpResponse(
            f"{found}\n",
            status=200 if found == OK else 503,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )


def health(*, assume_migrated: bool = False) -> str:
    """Return “ok”, or “migrations” when some are not applied.

    Raises DatabaseError when the database does not answer. With `assume_migrated` it is only asked
    for a row, as a balancer does every few seconds.
    """
    if assume_migrated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM django_migrations LIMIT 1")
            return OK if cursor.fetchone() else MIGRATIONS
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return MIGRATIONS if plan else OK
