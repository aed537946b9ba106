"""Every address of the intranet. All are closed here, at once: a new one cannot be left open by oversight."""

from django.urls import path, re_path

from intranet.access import closed_by_default, unknown
from intranet.accounts.views import session
from intranet.carnet import entry_views
from intranet.carnet import views as carnet_views
from intranet.home.task_views import task
from intranet.home.views import home
from intranet.imports.views import imports, one_import
from intranet.rota import (
    export_views,
    fill_views,
    message_views,
    slot_views,
    telling_views,
    undo_views,
    views,
)

app_name = "intranet"
urlpatterns = closed_by_default(
    [
        path("", home, name="home"),
        path("session/", session, name="session"),
        path("rotation/", views.rota, name="rota"),
        path("rotation/liste/", views.rota_list, name="rota_list"),
        path("rotation/prevenir/", telling_views.telling, name="telling"),
        path("rotation/prevenir/<int:gesture>/", telling_views.told, name="told"),
        path("rotation/message/", message_views.group_message, name="group_message"),
        path("rotation/export.xlsx", export_views.rota_export, name="rota_export"),
        path("rotation/<int:slot>/", slot_views.slot, name="slot"),
        path("rotation/<int:slot>/histoire/", slot_views.story, name="story"),
        path("rotation/remplir/", fill_views.fill, name="fill"),
        path("rotation/defaire/", undo_views.undo_last, name="undo_last"),
        path("rotation/refaire/", undo_views.redo_last, name="redo_last"),
        path("gestes/<int:gesture>/annuler/", undo_views.undo, name="undo"),
        path("a-faire/<int:task>/", task, name="task"),
        path("imports/", imports, name="imports"),
        path("imports/<int:run>/", one_import, name="import"),
        path("carnet/", carnet_views.carnet, name="carnet"),
        path("carnet/nouvelle-fiche/", carnet_views.create, name="carnet_create"),
        path("carnet/urgences/<int:centre>/", carnet_views.emergency, name="carnet_emergency"),
        path("carnet/gestes/<int:gesture>/annuler/", entry_views.undo, name="carnet_undo"),
        path("carnet/<int:practice>/", entry_views.entry, name="carnet_entry"),
        path("carnet/<int:practice>/distance/<int:centre>/", entry_views.distance, name="carnet_distance"),
        path("carnet/<int:practice>/<slug:group>/", entry_views.group, name="carnet_group"),
        re_path(r"^(?P<address>.+/)$", unknown, name="unknown"),
    ]
)
