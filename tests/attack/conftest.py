"""What the attacks work on: archives of their own, each a copy of one empty database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attack.processes import Archive


@pytest.fixture
def new_archive(tmp_path: Path, empty_database: Path) -> Callable[[str], Archive]:
    """A maker of empty archives, each in a folder of the name given."""
    return lambda name: Archive(tmp_path / name, empty_database)
