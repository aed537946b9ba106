"""Small functions, small files, modules that say why they exist."""

import ast
from statistics import median, quantiles

from tests.house.sources import ROOT, functions, length, modules, suite, templates


def lines(path: str) -> int:
    return len([line for line in (ROOT / path).read_text().splitlines() if line.strip()])


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{path}:{node.lineno} {node.name} ({length(node)})"
        for path, tree in {**modules(), **suite()}.items()
        for node in functions(tree)
        if length(node) > 40
    ]
    assert long == []


def test_functions_are_short_on_the_whole():
    sizes = [length(node) for tree in modules().values() for node in functions(tree)]
    assert (median(sizes) <= 8, quantiles(sizes, n=10)[-1] <= 20) == (True, True)


def test_no_file_is_longer_than_400_lines():
    assert [path for path in {**modules(), **suite()} if lines(path) > 400] == []


def test_files_are_short_on_the_whole():
    assert quantiles([lines(path) for path in {**modules(), **suite()}], n=10)[-1] <= 250


def test_tests_are_short_on_the_whole():
    sizes = [length(node) for tree in suite().values() for node in functions(tree) if node.name.startswith("test_")]
    assert quantiles(sizes, n=10)[-1] <= 20


def test_each_module_says_why_it_exists():
    silent = [path for path, tree in {**modules(), **suite()}.items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_each_public_function_has_a_docstring():
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_templates_are_short():
    assert [path for path in templates() if lines(path) > 130] == []
    assert quantiles([lines(path) for path in templates()], n=10)[-1] <= 100


def test_no_drawer():
    assert [path for path in modules() if path.split("/")[-1] in {"utils.py", "common.py", "helpers.py"}] == []
