"""Gives each role, in Wagtail's own terms, what the matrix of rights says of pages, media, partners and settings.

Groups are written by this module alone and people enter them by their memberships alone, so Wagtail's screens for
users and groups are off. What Wagtail cannot say apart: archiving a page asks for `publish` there, so a role that
may archive without publishing may only lock; a role that may edit media without archiving edits its own uploads.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions

from directory import rights
from directory.memberships import group_name
from directory.models.people import Role
from website.models import Partner

APPS = ("website", "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects")
DOOR = {"L": ["access_admin"]}
PAGES = {
    "C": ["add_page"],
    "E": ["change_page"],
    "P": ["publish_page"],
    "A": ["lock_page", "unlock_page", "bulk_delete_page"],
}
# Wagtail asks for the permissions of its own image and document, whichever model stands for them.
MEDIA = {
    "L": ["choose_image", "choose_document"],
    "C": ["add_image", "add_document"],
    "A": ["change_image", "change_document"],
}
SETTINGS = {"E": ["change_site", "add_redirect", "change_redirect", "delete_redirect"]}
PARTNERS = {
    "L": ["view_partner"],
    "C": ["add_partner"],
    "E": ["change_partner"],
    "A": ["delete_partner"],
    "P": ["publish_partner"],
}
WORKFLOW = "Relecture"
WAGTAIL_GROUPS = ("Moderators", "Editors")
WAGTAIL_WORKFLOW = "Moderators approval"


def write_groups() -> None:
    """Make groups, permissions and the review agree with the matrix. Safe to run again; runs after migrations."""
    for label in APPS:
        create_permissions(apps.get_app_config(label), verbosity=0)
    create_extra_permissions(apps.get_app_config("website"))
    Group.objects.filter(name__in=WAGTAIL_GROUPS).delete()
    known = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label__in=APPS).order_by("pk")
    }
    groups = {role: Group.objects.get_or_create(name=group_name(role))[0] for role in Role.values}
    for role, group in groups.items():
        _write_group(role, group, known)
    _write_review([group for role, group in groups.items() if "P" in _letters("page_draft", role)])


def _letters(thing: str, role: str) -> dict[str, str]:
    """The actions of a role on a row of the matrix."""
    return rights.matrix()[thing].get(role, {})


def _codenames(role: str, thing: str, table: dict[str, list[str]]) -> set[str]:
    """Wagtail's permissions for the letters that a role holds on a row."""
    return {name for letter in _letters(thing, role) for name in table.get(letter, [])}


def _write_group(role: str, group: Group, known: dict[str, Permission]) -> None:
    """Give `group` exactly what the matrix gives `role`."""
    plain = _codenames(role, "page_draft", DOOR)
    plain |= _codenames(role, "cms_settings", SETTINGS) | _codenames(role, "partner", PARTNERS)
    if {permission.codename for permission in group.permissions.all()} != plain:
        group.permissions.set([known[name] for name in plain])
    pages = [known[name] for name in _codenames(role, "page_draft", PAGES)]
    _grant(GroupPagePermission, group, pages, page=Page.get_first_root_node())
    media = [known[name] for name in _codenames(role, "public_media", MEDIA)]
    _grant(GroupCollectionPermission, group, media, collection=Collection.get_first_root_node())


def _grant(table: type, group: Group, permissions: Iterable[Permission], **place) -> None:
    """Write the rows of `table` that are missing for `group` and drop any other."""
    wanted = {permission.pk for permission in permissions}
    held = set(table.objects.filter(group=group, **place).values_list("permission", flat=True))
    table.objects.filter(group=group).exclude(permission__in=wanted).delete()
    table.objects.bulk_create([table(group=group, permission_id=pk, **place) for pk in sorted(wanted - held)])


def _write_review(publishers: list[Group]) -> None:
    """What writers submit is read by those who may publish, pages and partners alike."""
    Workflow.objects.filter(name=WAGTAIL_WORKFLOW, workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name=WAGTAIL_WORKFLOW, task_states=None).delete()
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task = GroupApprovalTask.objects.filter(name=WORKFLOW).first() or GroupApprovalTask.objects.create(name=WORKFLOW)
    if set(task.groups.all()) != set(publishers):
        task.groups.set(publishers)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    partner = ContentType.objects.get_for_model(Partner)
    WorkflowContentType.objects.get_or_create(content_type=partner, defaults={"workflow": workflow})
