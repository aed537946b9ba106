"""Every address of the intranet. All are closed here, at once: a new one cannot be left open by oversight."""

from django.urls import path, re_path

from intranet.access import closed_by_default, unknown
from intranet.home.views import home
from intranet.imports.views import imports, one_import
from intranet.rota import slot_views, views

app_name = "intranet"
urlpatterns = closed_by_default(
    [
        path("", home, name="home"),
        path("rotation/", views.rota, name="rota"),
        path("rotation/liste/", views.rota_list, name="rota_list"),
        path("rotation/<int:slot>/", slot_views.slot, name="slot"),
        path("gestes/<int:gesture>/annuler/", slot_views.undo, name="undo"),
        path("imports/", imports, name="imports"),
        path("imports/<int:run>/", one_import, name="import"),
        re_path(r"^(?P<address>.+/)$", unknown, name="unknown"),
    ]
)
