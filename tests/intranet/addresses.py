"""Every address of the project, with a path that leads to it: what the walks go through."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

GROUP = re.compile(r"\((?:\?P<\w+>)?(?:\?:)?(?:[^()]|\([^()]*\))*\)[*+?]?")


def every_pattern() -> Iterator[tuple[str, str, URLPattern]]:
    """(route as written, a path for it, pattern) of each address, included ones too."""
    yield from _under(get_resolver().url_patterns, "", "/")


def _under(patterns, route: str, path: str) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in patterns:
        deeper, sample = route + str(pattern.pattern), path + _sample(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _under(pattern.url_patterns, deeper, sample)
        else:
            yield deeper, sample, pattern


def _sample(pattern) -> str:
    """A piece of path that this piece of route accepts: numbers are 1."""
    text = str(pattern)
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:\w+:)?\w+>", "1", text)
    return GROUP.sub(lambda group: _one_of(group.group()), text).strip("^$").replace("\\", "")


def _one_of(group: str) -> str:
    """What a group of a regular expression accepts."""
    if group.startswith("(?:") and "|" in group:
        return group[3:].split("|")[0]
    return "nulle-part/" if group.startswith("((?:") or "address" in group else "1"
