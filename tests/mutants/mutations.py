"""What can be changed in a module: one operator, number, condition, statement or return at a time.

Texts stay as they are: what a page or an error says is not logic, and where the words matter a test
compares them.
"""

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """`source[start:end]` of a file, in code points, becomes `text`; `line` counts from 1."""

    path: str  # from the root of the repository
    line: int
    start: int
    end: int
    was: str
    text: str

    @property
    def compiles(self) -> bool:
        """Whether the mutant is Python still."""
        try:
            ast.parse(self.applied(Path(self.path).read_text(encoding="utf-8")))
        except SyntaxError:
            return False
        return True

    @property
    def said(self) -> str:
        """Before and after, on one line: how `accepted.toml` names the mutation."""
        return " ".join(f"{self.was} → {self.text}".split())

    def applied(self, source: str) -> str:
        """Return the source of the mutant."""
        return source[: self.start] + self.text + source[self.end :]


def mutations(path: str, source: str) -> list[Mutation]:
    """Return every mutation of a module, in the order of its lines; not all of them compile."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    octets = source.encode()

    def at(line: int, column: int) -> int:
        """The code point at a place that `ast` gives in octets."""
        return len(octets[: starts[line - 1] + column].decode())

    found = []
    for node, text in _changed(ast.parse(source)):
        start = at(node.lineno, node.col_offset)
        end = at(node.end_lineno or node.lineno, node.end_col_offset or 0)
        found.append(Mutation(path, node.lineno, start, end, source[start:end], text))
    return sorted(found, key=lambda one: (one.start, one.end, one.text))


def modules(root: Path) -> list[str]:
    """Return the modules of the app, from the root on, without those that Django writes."""
    found = (path.relative_to(root).as_posix() for path in (root / "timeline").rglob("*.py"))
    return sorted(path for path in found if "/migrations/" not in path)


def _changed(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in _walked(tree):
        match node:
            case ast.Compare(ops=[op]) if type(op) in _SWAPPED:
                yield node, _with(node, ops=[_SWAPPED[type(op)]()])
            case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in _SWAPPED:
                yield node, _with(node, op=_SWAPPED[type(op)]())
            case ast.UnaryOp(op=ast.Not()):
                yield node, f"({ast.unparse(node.operand)})"
            case ast.Constant(value=bool(value)):
                yield node, str(not value)
            case ast.Constant(value=int(value) | float(value)):
                yield node, str(value + 1)
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                is_loop = isinstance(node, ast.While)  # which would never end
                yield from ((test, str(value)) for value in (False, True)[: 1 if is_loop else 2])
            case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
                yield node, "return None"
            case ast.Expr(value=ast.Call()):
                yield node, "pass"


def _with(node: ast.expr, **fields: object) -> str:
    changed = copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return f"({ast.unparse(changed)})"


def _is_nothing(value: ast.expr) -> bool:
    """Whether it is None, or counts for as little where only its truth is asked."""
    return isinstance(value, ast.Constant) and not value.value


def _walked(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those of types, and of what only a type checker reads."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_typing = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if (
                isinstance(child, ast.AST)
                and not is_typing
                and not isinstance(child, ast.TypeAlias)
            ):
                yield child
                yield from _walked(child)
