"""Room for the frames of deep calls, which CPython otherwise maps and unmaps again and again.

CPython keeps the frames of Python's calls in pieces of 16 kB (`_PyThreadState_PushFrame`): a call
that does not fit maps a new piece, and its return gives it back. A template calls to and fro over
such an edge some thousand times: of a timeline's page that was up to 37 % of its time (192 against
120 ms, 7,600 page faults a request against 90), by how deep the server calls.
"""

from collections.abc import Callable

_WORDS = 100_000  # of a frame, which asks for a piece of 1 MB: what is not used of it costs nothing


def with_room[T](run: Callable[[], T]) -> T:
    """Return what `run` returns, called from a frame whose piece has room for the calls within."""
    return run()


with_room.__code__ = with_room.__code__.replace(co_stacksize=_WORDS)
