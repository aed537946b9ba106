"""« Télécharger (XLSX) »: what the rota's page shows, as a file. A POST, since the book of changes keeps a trace."""

from datetime import date

from django.http import FileResponse, HttpRequest
from django.utils import timezone

from directory import book, weeks
from intranet.access import requires
from intranet.rota import export, shown
from rotas.permissions import can_see_names

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# The matrix gives nobody an X on the rota: who may read a page may take it away, with what they may read of it.
@requires("coverage", write="L")
def rota_export(request: HttpRequest) -> FileResponse:
    """The workbook of the weeks, centres and state that the address asks."""
    seen, names = shown.shown_by(request.user, request.GET), can_see_names(request.user)
    file, count = export.workbook(seen, names=names)
    what = f"{seen.title}{', ' + seen.state if seen.state else ''}, {count} places, {'avec' if names else 'sans'} noms"
    book.record(by=request.user, verb="export.rota", reason=what)
    return FileResponse(file, as_attachment=True, filename=_name(timezone.localdate()), content_type=TYPE)


def _name(today: date) -> str:
    """`rotation-2026-11-23-S48.xlsx`."""
    return f"rotation-{today.isoformat()}-{weeks.label(weeks.monday_of(today)).split()[0]}.xlsx"
