"""The Chromium that the browser tests drive; run as a module, it fails when there is none."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable(playwright: Playwright) -> str | None:
    """Return the path of the system's Chromium, else of Playwright's own, else None."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, SYSTEM_NAMES)), own if Path(own).exists() else None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window; it can resolve no name but localhost."""
    return playwright.chromium.launch(
        executable_path=executable(playwright),
        args=[
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            "--disable-background-networking",
            "--disable-component-update",
        ],
        # Chromium's own sandbox refuses to run as root
        chromium_sandbox=os.geteuid() != 0,
    )


if __name__ == "__main__":
    with sync_playwright() as playwright:
        sys.exit(0 if executable(playwright) else 1)
