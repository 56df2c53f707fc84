"""Calls within `with_room` do not have the system map memory for their frames again and again."""

import resource
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from timeline.room import with_room


def deep(calls: int) -> int:
    return deep(calls - 1) if calls else 0


def often() -> None:
    for _ in range(500):
        deep(300)


def faults(run: Callable[[], object]) -> int:
    """The page faults of a thread that begins with `run`, with no frames before its own."""

    def counted() -> int:
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        run()
        return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(counted).result()


def test_deep_calls_take_no_new_memory_each_time() -> None:
    assert 10 * faults(lambda: with_room(often)) < faults(often)


def test_it_returns_and_raises_what_is_called() -> None:
    assert with_room(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)


@pytest.mark.django_db
def test_every_request_has_room(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(
        "timeline.middleware.with_room", lambda run: seen.append(run) or with_room(run)
    )
    assert client.get("/").status_code == 200
    assert len(seen) == 1
