"""Lets a run of pytest import one module as a mutant: `-p tests.mutants.plugin`, with MUTANT set.

MUTANT is JSON: the mutation's fields. The tree itself is never changed, nor is bytecode written.
"""

import json
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

from tests.mutants.mutations import Mutation


class Mutant(SourceFileLoader):
    """Loads the mutant in place of the module, past the bytecode that is cached of that."""

    mutation: Mutation

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text(encoding="utf-8")
        return compile(self.mutation.applied(source), self.path, "exec")


class Finder(MetaPathFinder):
    """Finds the module of one mutation, and no other."""

    def __init__(self, mutation: Mutation) -> None:
        self.file = Path(mutation.path).resolve()
        parts = Path(mutation.path).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.loader = Mutant(self.name, str(self.file))
        self.loader.mutation = mutation

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        is_package = self.file.name == "__init__.py"
        within = [str(self.file.parent)] if is_package else None
        return spec_from_file_location(
            fullname, self.file, loader=self.loader, submodule_search_locations=within
        )


sys.meta_path.insert(0, Finder(Mutation(**json.loads(os.environ["MUTANT"]))))
