"""What import-linter cannot say: which outside libraries each storey may use, and foreign keys going down."""

import pytest
from django.apps import apps

from tests.house.sources import imports, modules

FACES = ("wagtail", "django_htmx", "django_tables2", "django_filters", "django.http", "django.shortcuts")
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
