"""`make bench`: the CPU that a page of a timeline takes, beside Datasette's for the same rows.

Both servers answer the same selections in turn, one worker each; what is compared is the processor
time of their processes, so that other work on the machine moves both. Prints one line a size.
"""

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from socket import socket

from tests.bench.selections import selections

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var/bench"
DATASETTE = "datasette==0.65.5"
LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms")
EVENTS = """
    SELECT e.id, e.title, e.kind, e.status, e.edtf, e.earliest, e.latest, e.summary,
      (SELECT name FROM timeline_place p WHERE p.id = e.place_id) AS place,
      (SELECT json_group_array(a.slug) FROM timeline_participation t
        JOIN timeline_actor a ON a.id = t.actor_id WHERE t.event_id = e.id) AS actors,
      (SELECT json_group_array(DISTINCT o.slug) FROM timeline_report r
        JOIN timeline_article b ON b.id = r.article_id
        JOIN timeline_outlet o ON o.id = b.outlet_id WHERE r.event_id = e.id) AS outlets,
      (SELECT group_concat(r.exact, ' ') FROM timeline_report r WHERE r.event_id = e.id) AS words
    FROM timeline_event e
"""


def main() -> None:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--selections", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    datasette = _datasette()
    print(
        f"{'events':>9} {'Dateline':>22} {'Datasette':>22} {'ratio':>6} {'p95/median':>10} MB  kB"
    )
    for events in asked.events:
        _measure(events, asked.selections, asked.seed, datasette)


def _measure(events: int, number: int, seed: int, datasette: Path) -> None:
    stored, table = _archive(events), FOLDER / f"table-{events}.sqlite3"
    if not table.exists():
        _copy(stored, table)
    with closing(sqlite3.connect(stored)) as database:
        slug = database.execute("SELECT slug FROM timeline_timeline").fetchone()[0]
        first = "SELECT slug FROM timeline_actor ORDER BY id LIMIT 40"
        actors = [row[0] for row in database.execute(first)]
    chosen = selections(number, seed, actors)
    with _dateline(stored) as ours, _serving_table(datasette, table) as theirs:
        here, there = [], []
        for warm in (True, False):
            for one in chosen if not warm else chosen[:5]:
                mine = ours.ask(f"/timelines/{slug}/?{one.dateline}")
                other = theirs.ask(f"/table-{events}/events?{one.datasette}")
                if not warm:
                    here.append(mine)
                    there.append(other)
        cpu, peer = ([cpu for cpu, _ in some] for some in (here, there))
        middle, theirs_middle = statistics.median(cpu), statistics.median(peer)
        ninety_fifth = statistics.quantiles(cpu, n=20)[-1]
        print(
            f"{events:>9,} {_spread(cpu):>22} {_spread(peer):>22} {middle / theirs_middle:>6.2f}"
            f" {ninety_fifth / middle:>10.1f} {ours.memory:>4.0f}"
            f" {max(size for _, size in here):>4.0f}",
            flush=True,
        )


def _spread(seconds: list[float]) -> str:
    middle, most = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    return f"{middle * 1000:,.0f} ms (p95 {most * 1000:,.0f})"


class Server:
    """A server that has been started, with all processes that it started in turn."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def ask(self, path: str) -> tuple[float, float]:
        """Return the seconds of CPU that an answer took, and its size in kB, compressed."""
        before = self._seconds()
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=600) as answer:
            size = len(answer.read())
        return self._seconds() - before, size / 1000

    @property
    def memory(self) -> float:
        """The resident memory of its largest process, in MB."""
        pages = [(Path("/proc") / str(one) / "statm").read_text().split()[1] for one in self._all()]
        return max(map(int, pages)) * os.sysconf("SC_PAGESIZE") / 1e6

    def _all(self) -> list[int]:
        children = (Path("/proc") / str(self.process.pid)).glob("task/*/children")
        below = [int(one) for file in children for one in file.read_text().split()]
        return [self.process.pid, *below]

    def _seconds(self) -> float:
        """What all threads have run so far; the clock of /proc counts nanoseconds."""
        tasks = [file for one in self._all() for file in Path(f"/proc/{one}").glob("task/*")]
        return sum(int((one / "schedstat").read_text().split()[0]) for one in tasks) / 1e9


@contextmanager
def _serving(command: list[str], port: int, **environment: str) -> Iterator[Server]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=quiet, stderr=quiet
    )
    try:
        for _ in range(300):
            with closing(socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


def _dateline(stored: Path) -> AbstractContextManager[Server]:
    port = _free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "timeline.wsgi:application", "--threads", "1"]
    gunicorn += ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--timeout", "600"]
    return _serving(gunicorn, port, **_environment(stored))


def _serving_table(datasette: Path, table: Path) -> AbstractContextManager[Server]:
    port = _free_port()
    command = [str(datasette), "serve", str(table), "--port", str(port)]
    for limit in LIMITS:
        command += ["--setting", limit, "600000"]
    return _serving(command, port)


def _environment(stored: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{stored}", "SECRET_KEY": "k" * 50, "DEBUG": "0"}


def _free_port() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _archive(events: int) -> Path:
    """The archive of so many events, made where it is not there."""
    stored = FOLDER / f"archive-{events}.sqlite3"
    if not stored.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        made = stored.with_suffix(".part")
        made.unlink(missing_ok=True)
        for command in (["migrate", "-v0"], ["generate", "--events", str(events)]):
            manage = [sys.executable, "manage.py", *command]
            subprocess.run(manage, cwd=ROOT, env=os.environ | _environment(made), check=True)
        made.rename(stored)
    return stored


def _copy(stored: Path, table: Path) -> None:
    """Make the same events one table, with the indexes and the search that Datasette can use."""
    with closing(sqlite3.connect(table)) as database:
        database.execute("ATTACH ? AS archive", [str(stored)])
        database.execute(f"CREATE TABLE events AS {EVENTS}")
        for column in ("kind", "status", "place", "earliest", "latest"):
            database.execute(f"CREATE INDEX by_{column} ON events ({column})")
        columns = "title, summary, words"
        database.execute(f"CREATE VIRTUAL TABLE found USING fts5({columns}, content='events')")
        database.execute(
            f"INSERT INTO found (rowid, {columns}) SELECT rowid, {columns} FROM events"
        )
        database.commit()


def _datasette() -> Path:
    """Datasette in an environment of its own, installed where it is not there."""
    folder = FOLDER / "venv"
    if not (folder / "bin/datasette").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([folder / "bin/pip", "--quiet", "install", DATASETTE], check=True)
    return folder / "bin/datasette"


if __name__ == "__main__":
    main()
