"""The project's own files, read once for the house rules."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {
    "config": ROOT / "site/config",
    "website": ROOT / "site/website",
    "intranet": ROOT / "intranet",
    "rotas": ROOT / "rotas",
    "directory": ROOT / "directory",
    "huey_tasks": ROOT / "huey_tasks",
}


@cache
def modules(*packages: str) -> dict[str, ast.Module]:
    """Path → syntax tree of the Python files of `packages` (all of them by default), migrations left out."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for name in packages or PACKAGES
        for path in sorted(PACKAGES[name].rglob("*.py"))
        if "migrations" not in path.parts
    }


@cache
def suite() -> dict[str, ast.Module]:
    """Path → syntax tree of the tests."""
    return {str(p.relative_to(ROOT)): ast.parse(p.read_text()) for p in sorted((ROOT / "tests").rglob("*.py"))}


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Every function and method of a module."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef) -> int:
    """Lines from `def` to the end."""
    return node.end_lineno - node.lineno + 1


def imports(tree: ast.Module) -> list[str]:
    """Full names of the modules that a module imports, inside functions too."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module] + [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def sentences(tree: ast.Module) -> list[str]:
    """The texts of a module that are no docstring, f-strings whole with an x for each of their values."""
    pieces, found = set(_docstrings(tree)), []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values))
            pieces.update(id(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            found.append(node.value)
    return found


def _docstrings(tree: ast.Module) -> list[int]:
    """The ids of the nodes that stand alone as a statement."""
    return [id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)]


def templates() -> dict[str, str]:
    """Path → text of the templates, overrides of Wagtail's own left out."""
    folder = ROOT / "templates"
    return {str(p.relative_to(ROOT)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}
