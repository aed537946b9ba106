"""What screens are made of: nothing inline (the security policy forbids it), French typography, no leftovers."""

import re

from tests.house.sources import ROOT, modules, sentences, templates

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle=\"|\son[a-z]+=\"|hx-on", re.I)
LOGIC = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.S)
MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
BARE_SPACE = re.compile(r"\w [:;!?»](?=\s|$)|« \w|\d [€%]")

STRAIGHT = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'\w", re.I)


def pages() -> dict[str, str]:
    return {path: text for path, text in templates().items() if "/emails/" not in path and "/documents/" not in path}


def test_nothing_is_inline():
    assert [path for path, text in pages().items() if INLINE.search(text)] == []


def test_french_signs_follow_a_no_break_space():
    found = {
        f"{path}: {match.group()}"
        for path, text in templates().items()
        for match in BARE_SPACE.finditer(MARKUP.sub("", LOGIC.sub("", text)))
    }
    assert found == set()


def test_french_signs_follow_a_no_break_space_in_code_too():
    found = {
        f"{path}: {match.group()} in {text[:60]}"
        for path, tree in modules().items()
        for text in sentences(tree)
        for match in BARE_SPACE.finditer(text)
    }
    assert found == set()


def test_apostrophes_are_typographic():
    """Columns' names and the database's messages are also written in migrations, which stay as they are."""
    said = [(path, text) for path, text in templates().items() if "wagtailadmin" not in path]
    said += [(path, text) for path, tree in modules().items() if "models" not in path for text in sentences(tree)]
    assert {f"{path}: {match.group()}" for path, text in said for match in STRAIGHT.finditer(text)} == set()


def test_no_third_party_address():
    outside = re.compile(r"(?:src|href)=\"(?:https?:)?//(?!schema\.org)")
    assert [path for path, text in pages().items() if outside.search(text)] == []


def test_no_leftover_in_the_sources():
    leftovers = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "lorem" + " ipsum"]))
    found = [
        str(path.relative_to(ROOT))
        for folder in ("site", "intranet", "rotas", "directory", "huey_tasks", "templates", "tests", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".md", ".js", ".css"} and leftovers.search(path.read_text())
    ]
    assert found == []


def test_htmx_is_loaded_once():
    loading = [path for path, text in templates().items() if "{% htmx_script %}" in text and "intranet/" in path]
    assert loading == ["templates/intranet/base.html"]
