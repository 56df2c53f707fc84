"""Lets a run of pytest import one module as a mutant: `-p tests.mutants.plugin`, with MUTANT set.

MUTANT is JSON: the mutation's fields. The tree is never changed, nor is bytecode written.
"""

import json
import os
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

from tests.mutants.mutations import Mutation

MUTATION = Mutation(**json.loads(os.environ["MUTANT"]))
FILE = Path(MUTATION.path).resolve()
real = SourceFileLoader.get_code


def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
    """Compile the mutant in place of its module, whose bytecode is cached."""
    if loader.path != str(FILE):
        return real(loader, fullname)
    return compile(MUTATION.applied(FILE.read_text(encoding="utf-8")), FILE, "exec")


SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]  # loads them all
