"""Who gets into the CMS and what they may do there: as the matrix of rights says, and nobody is a superuser."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, GroupPagePermission, Workflow

from directory import rights
from directory.models import User
from directory.models.people import Role
from tests.factories.website import make_news
from website.editors import write_groups
from website.models import NewsIndexPage, NewsPage, Partner

pytestmark = pytest.mark.django_db

EDITORS = {"communication", "writer", "administration", "direction"}


@pytest.mark.parametrize("role", Role.values)
def test_only_the_editors_roles_get_in(signed_in, home, role):
    status = signed_in(role).get("/cms/").status_code
    assert (status == 200) == (role in EDITORS)
    assert ("L" in rights.matrix()["page_draft"].get(role, {})) == (role in EDITORS)


def test_a_visitor_is_sent_to_the_sign_in(client, home):
    assert client.get("/cms/")["Location"] == "/connexion/?next=/cms/"
    assert client.get("/cms/login/")["Location"] == "/connexion/"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(
    ("action", "letter"), [("add", "C"), ("change", "E"), ("publish", "P"), ("lock", "A"), ("bulk_delete", "A")]
)
def test_pages_are_as_the_matrix_says(signed_in, home, role, action, letter):
    signed_in(role)
    tester = home.permissions_for_user(User.objects.get())
    assert (action in tester.permissions) == (letter in rights.matrix()["page_draft"].get(role, {}))


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(
    ("codename", "thing", "letter"),
    [
        ("website.add_partner", "partner", "C"),
        ("website.change_partner", "partner", "E"),
        ("website.delete_partner", "partner", "A"),
        ("website.publish_partner", "partner", "P"),
        ("wagtailredirects.change_redirect", "cms_settings", "E"),
        ("wagtailcore.change_site", "cms_settings", "E"),
    ],
)
def test_partners_and_settings_are_as_the_matrix_says(signed_in, home, role, codename, thing, letter):
    signed_in(role)
    assert User.objects.get().has_perm(codename) == (letter in rights.matrix()[thing].get(role, {}))


@pytest.mark.parametrize(("role", "status"), [("communication", 200), ("writer", 200), ("direction", 302)])
def test_who_may_add_pictures(signed_in, home, role, status):
    assert signed_in(role).get("/cms/images/multiple/add/").status_code == status


def form(action: str) -> dict:
    """What the editor of a piece of news posts."""
    return {
        "title": "Neuve",
        "slug": "neuve",
        "published_on": "2026-03-02",
        "tag": "life",
        "intro": "Une phrase.",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        action: "1",
    }


def create(client, action: str) -> NewsPage:
    """A piece of news made in the editor, ended by one of its buttons."""
    index = NewsIndexPage.objects.get()
    response = client.post(f"/cms/pages/add/website/newspage/{index.pk}/", form(action))
    assert response.status_code == 302
    return NewsPage.objects.get(slug="neuve")


def test_communication_publishes_alone(signed_in, home):
    assert create(signed_in("communication"), "action-publish").live is True


def test_a_writer_who_asks_to_publish_gets_a_draft(signed_in, home):
    page = create(signed_in("writer"), "action-publish")
    assert (page.live, page.workflow_in_progress) == (False, False)


def test_a_writer_submits_and_communication_approves(signed_in, home):
    page = create(signed_in("writer"), "action-submit")
    assert (page.live, page.workflow_in_progress) == (False, True)
    task = page.current_workflow_task_state
    approve = f"/cms/pages/workflow/action/{page.pk}/approve/{task.pk}/"
    assert signed_in("communication").post(approve, {"comment": ""}).status_code in {200, 302}
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (True, False)


def test_a_writer_withdraws_nothing(signed_in, home):
    page = make_news(1)
    signed_in("writer").post(f"/cms/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert page.live is True


def test_a_writer_s_partner_is_a_draft(signed_in, home):
    fields = {"name": "Neuf", "kind": "state", "since": "2026-03-02", "order": "0", "action-publish": "1"}
    signed_in("writer").post("/cms/snippets/website/partner/add/", fields)
    assert [partner.live for partner in Partner.objects.all()] == [False]


@pytest.mark.parametrize("address", ["users/", "users/1/", "groups/", "groups/new/", "password_reset/", "failwhale/"])
def test_wagtail_s_screens_for_people_are_off(signed_in, home, address):
    assert signed_in("communication").get(f"/cms/{address}").status_code == 404


def test_wagtail_s_own_sign_in_is_off(client, home):
    assert client.get("/_util/login/").status_code == 404


def test_the_groups_are_those_of_the_roles_and_are_written_once(home):
    before = sorted(GroupPagePermission.objects.values_list("pk", flat=True))
    write_groups()
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(Role.labels)
    assert sorted(GroupPagePermission.objects.values_list("pk", flat=True)) == before


def test_the_review_is_done_by_those_who_publish(home):
    assert [workflow.name for workflow in Workflow.objects.filter(active=True)] == ["Relecture"]
    task = GroupApprovalTask.objects.get()
    assert sorted(task.groups.values_list("name", flat=True)) == ["Communication", "Direction"]


def test_a_right_given_by_hand_to_a_group_does_not_stay(home):
    group = Group.objects.get(name="Rédaction")
    right = GroupPagePermission.objects.filter(group__name="Communication", permission__codename="publish_page").get()
    GroupPagePermission.objects.create(group=group, page=right.page, permission=right.permission)
    write_groups()
    held = group.page_permissions.values_list("permission__codename", flat=True)
    assert sorted(held) == ["add_page", "change_page"]
