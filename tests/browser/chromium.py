"""Which Chromium the browser tests drive; run as a module, it fails when there is none."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable(playwright: Playwright) -> str | None:
    """Return the path of the system's Chromium, else of Playwright's own, else None."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, SYSTEM_NAMES)), own if Path(own).exists() else None)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        sys.exit(0 if executable(playwright) else 1)
