"""Templates: nothing inline (the content security policy forbids it), French typography, no leftovers."""

import re

from tests.house.sources import ROOT, templates

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle=\"|\son[a-z]+=\"|hx-on", re.I)
LOGIC = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.S)
MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
BARE_SPACE = re.compile(r"\w [:;!?»](?=\s|$)|« \w|\d [€%]")


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
