"""What import-linter cannot say: which outside libraries each storey may use, and foreign keys going down."""

from graphlib import CycleError, TopologicalSorter

import pytest
from django.apps import apps

from tests.house.sources import PACKAGES, imports, modules

FACES = ("wagtail", "allauth", "django_htmx", "django_tables2", "django_filters", "django.http", "django.shortcuts")
ORDER = ["huey_tasks", "directory", "rotas", "website", "intranet", "config"]


def used(name: str, library: str) -> bool:
    return name == library or name.startswith(library + ".")


@pytest.mark.parametrize("package", ["directory", "rotas", "huey_tasks"])
def test_the_domain_knows_no_screen(package):
    found = [
        (path, name)
        for path, tree in modules(package).items()
        for name in imports(tree)
        for library in FACES
        if used(name, library)
    ]
    assert found == []


@pytest.mark.parametrize("package", ["config", "website", "intranet", "rotas", "directory"])
def test_only_the_clock_knows_huey(package):
    found = [p for p, tree in modules(package).items() for name in imports(tree) if used(name, "huey")]
    assert found == []


def test_foreign_keys_go_down():
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in ORDER
        and ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert upward == []


def test_no_effect_hangs_on_a_save_signal():
    found = [
        (path, name)
        for path, tree in modules("directory", "rotas", "intranet", "huey_tasks").items()
        for name in imports(tree)
        if name.rpartition(".")[2] in {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    ]
    assert found == []


def dotted(path: str) -> str:
    """`site/website/models/__init__.py` is imported as `website.models`."""
    return path.removeprefix("site/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


# The clock's bell runs jobs, and a job may ask for another one: there the circle is real, and read when it rings.
@pytest.mark.parametrize("package", sorted(PACKAGES.keys() - {"huey_tasks"}))
def test_no_module_imports_itself_by_a_detour(package):
    trees = {dotted(path): tree for path, tree in modules(package).items()}
    graph = {name: {used for used in imports(tree) if used in trees} - {name} for name, tree in trees.items()}
    try:
        circle = TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
    assert circle is None
