"""Take the README's picture of the running product: `python -m tests.browser.screenshot FILE`."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

PAGE = "timelines/korean-peninsula-summits/?known=2018-05-25"


def main(picture: Path) -> None:
    """Serve the demo from a database of its own and picture the timeline as known on a day."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "PORT": str(port),
            "DEBUG": "0",
        }
        for command in ("migrate", "demo"):
            subprocess.run(manage(command), env=environment, stdout=subprocess.DEVNULL, check=True)
        with subprocess.Popen(
            manage("serve"), env=environment, stdout=subprocess.PIPE, text=True
        ) as serving:
            try:
                address = re.search(r"http://\S+", serving.stdout.readline()).group()
                shoot(address + PAGE, picture)
            finally:
                serving.terminate()


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def shoot(url: str, picture: Path) -> None:
    with sync_playwright() as playwright:
        page = launch(playwright).new_page(viewport={"width": 1440, "height": 1000})
        page.goto(url, wait_until="networkidle")
        page.screenshot(path=picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
