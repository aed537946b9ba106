"""Times one save of a cell, a hole filled with a doctor who will get a mail, over one committed UPDATE.

Both come through the same door: one WSGI POST through all the middleware, with a forgery token. The floor is a bare
view that changes one row and answers the same bytes, ready; it asks for no session and nobody's rights.
"""

from io import BytesIO
from itertools import count
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from directory import weeks
from directory.models import Centre
from directory.models.people import Role
from rotas.models import Slot
from rotas.slots import make_coming_slots
from tests.bench import urls
from tests.bench.door import Door
from tests.bench.harness import Figure, compare
from tests.factories.directory import DoctorFactory, MembershipFactory

TOKEN = "a" * 32


class Pen(Door):
    """A door that takes POSTs of a page's script."""

    def __init__(self, user=None) -> None:
        super().__init__(user)
        self.cookie = "; ".join(filter(None, [self.cookie, f"{settings.CSRF_COOKIE_NAME}={TOKEN}"]))

    def post(self, path: str, **fields: str) -> bytes:
        """The body of a POST that must answer 200."""
        body = urlencode(fields).encode()
        sent = {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "HTTP_X_CSRFTOKEN": TOKEN,
            "HTTP_HX_REQUEST": "true",
        }
        return self.get(path, **sent)


def cell_save() -> list[Figure]:
    """The places of twenty centres for two years ahead; each save fills the next week of one of them."""
    for centre in Centre.objects.all():
        make_coming_slots(centre)
    last = Centre.objects.order_by("pk").last()
    holes = iter(Slot.objects.filter(centre=last, place=1, monday__gt=weeks.today()).open().order_by("monday")[:80])
    doctor = DoctorFactory(first_name="Anne-Marie", last_name="Montagnac")
    staff, stranger = Pen(MembershipFactory(role=Role.LOGISTICS).user), Pen()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def save() -> bytes:
        slot = next(holes)
        return staff.post(f"/intranet/rotation/{slot.pk}/", geste="confirmer", version=slot.version, doctor=doctor.pk)

    urls.BARE["body"] = save()
    versions = count(2)
    return [compare("cell_save", save, lambda: stranger.post("/ecriture-nue/", version=next(versions)), pairs=60)]
