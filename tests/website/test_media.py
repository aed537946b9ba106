"""Uploaded files: served by ourselves, fenced in, and nothing but them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.website import make_picture
from website.models import Picture, PublicDocument

pytestmark = pytest.mark.django_db


def test_a_picture_is_served_fenced_in(client, home, media_root):
    response = client.get(make_picture().file.url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "public, max-age=604800",
    }.items() <= dict(response.items()).items()
    response.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("secret.txt", 404),
        ("documents/x.pdf", 404),
        ("../secret.txt", 404),
        ("images/../../secret.txt", 400),
        ("images/", 404),
    ],
)
def test_nothing_else_is_served(client, home, media_root, path, status):
    (media_root / "secret.txt").write_text("secret")
    assert client.get(f"/media/{path}").status_code == status


def test_a_document_is_downloaded_never_shown(client, home, media_root):
    page = PublicDocument.objects.create(title="Piège", file=ContentFile(b"<script>", name="piege.html"))
    response = client.get(page.url)
    assert (response.status_code, response["Content-Disposition"].split(";")[0]) == (200, "attachment")
    assert (response["X-Content-Type-Options"], "default-src 'none'" in response["Content-Security-Policy"]) == (
        "nosniff",
        True,
    )
    response.close()


def test_drawings_that_may_hold_scripts_are_refused(signed_in, home, media_root):
    svg = SimpleUploadedFile("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', content_type="image/svg+xml")
    response = signed_in("communication").post(
        "/cms/images/multiple/add/", {"title": "Piège", "files[]": svg}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert (response.json()["success"], Picture.objects.count()) == (False, 0)


@pytest.mark.parametrize(("consent", "status"), [("given", 200), ("nobody", 200), ("waiting", 404)])
def test_a_document_waits_for_the_agreement_of_who_is_in_it(client, home, media_root, consent, status):
    page = PublicDocument.objects.create(title="Plan", file=ContentFile(b"x", name="plan.txt"), consent=consent)
    response = client.get(page.url)
    response.close()
    assert response.status_code == status
