"""The list of doctors: the RPPS is the person, whatever the file looks like."""

import random
from datetime import date, datetime

import pytest

from directory.models import Doctor
from tests.factories.directory import DoctorFactory, invented_rpps
from tests.tables import DATA, dump, rows_of, run, text_file, workbook

pytestmark = pytest.mark.django_db
SUMMARY = "created=940 updated=0 unchanged=9 rejected=10"
FIRST = invented_rpps(1)
SECOND = invented_rpps(2)
HEADINGS = ["Nom", "Prénom", "RPPS", "Mail", "Tél", "Statut", "Dpt", "Ville", "Adhésion", "Ne pratique pas", "Voiture"]


def one(tmp_path, *rows, headings=HEADINGS, options=()):
    """Import rows of a list."""
    return run("import_doctors", text_file(tmp_path / "m.csv", [headings, *rows]), *options)


def colas(**fields) -> dict:
    return {"rpps": FIRST, "last_name": "Colas", "first_name": "Grégoire"} | fields


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding_give_the_same(separator, encoding, tmp_path):
    rows = rows_of("medecins.csv")
    outcome = run("import_doctors", text_file(tmp_path / "m.csv", rows, separator=separator, encoding=encoding))
    assert (outcome.last, Doctor.objects.filter(last_name="Lefèvre").exists()) == (SUMMARY, True)


def test_columns_in_another_order_with_others_between_give_the_same(tmp_path):
    rows = rows_of("medecins.csv")
    run("import_doctors", DATA / "medecins.csv")
    first = dump(keys=False)
    run("undo_import")
    order = random.sample(range(len(rows[0])), len(rows[0]))
    mixed = [[*(row[i] for i in order), "sans objet"] for row in rows]
    assert run("import_doctors", text_file(tmp_path / "m.csv", [["Liste"], [], *mixed])).last == SUMMARY
    assert dump(keys=False) == first


def test_a_workbook_gives_the_same(tmp_path):
    rows = [["Collectif des médecins"], [], *rows_of("medecins.csv")]
    outcome = run("import_doctors", workbook(tmp_path / "m.xlsx", [["Lisez-moi"]], rows))
    assert outcome.last == SUMMARY
    assert outcome.refused[0] == "ligne 107"


def test_every_column_is_kept_as_it_is_shown(tmp_path):
    cells = ["Le\u00a0Gall", "Jean-Yves", f"{FIRST[:2]} {FIRST[2:]}", "JY.LeGall@Example.org", "+33 6.39.98.31.70"]
    one(tmp_path, [*cells, "Retraité(e) actif", "2a", "Ajaccio", "5/10/22", "sutures,  pose de DIU", "O"])
    row = Doctor.objects.values(*(f.attname for f in Doctor._meta.concrete_fields if f.attname != "id")).get()
    assert row == {
        "user_id": None, "last_name": "Le Gall", "first_name": "Jean-Yves", "sort_name": "le gall, jean yves",
        "rpps": FIRST, "email": "jy.legall@example.org", "phone": "06 39 98 31 70", "status": "retired",
        "department": "2A", "commune": "Ajaccio", "joined_on": date(2022, 10, 5), "pace": 3, "own_car": True,
        "acts_not_practised": "sutures, pose de DIU", "version": 1,
    }  # fmt: skip


def test_numbers_and_dates_of_a_workbook_are_read(tmp_path):
    rows = [HEADINGS, ["Colas", "Grégoire", int(FIRST), None, 639983170, "PH", 4, None, datetime(2022, 10, 5), None, 1]]
    run("import_doctors", workbook(tmp_path / "m.xlsx", rows))
    doctor = Doctor.objects.get()
    read = (doctor.rpps, doctor.phone, doctor.department, doctor.joined_on, doctor.own_car)
    assert read == (FIRST, "06 39 98 31 70", "04", date(2022, 10, 5), True)


HEADING_WORDS = [
    ["NOM DE FAMILLE", "Prenom", "N° RPPS", "Courriel", "Portable", "Situation", "Département", "Commune"],
    ["nom", "PRÉNOM", "numero rpps", "E-mail", "Mobile", "statut", "Dept", "ville"],
    ["Nom ", "Prénom(s)", "Numéro RPPS", "Adresse e-mail", "N° de téléphone", "STATUT", "dpt.", "Commune "],
    ["Noms", "prenom", "N°RPPS", "email", "Tél.", "Situation", "dep", "COMMUNE"],
]


@pytest.mark.parametrize("headings", HEADING_WORDS, ids=lambda words: words[0])
def test_headings_are_known_by_their_usual_words(headings, tmp_path):
    one(tmp_path, ["Colas", "Grégoire", FIRST, "a@b.fr", "0639983170", "libéral", "34", "Sète"], headings=headings)
    doctor = Doctor.objects.get()
    read = [doctor.last_name, doctor.email, doctor.phone, doctor.status, doctor.department, doctor.commune]
    assert read == ["Colas", "a@b.fr", "06 39 98 31 70", "self_employed", "34", "Sète"]


@pytest.mark.parametrize("heading", ["Date d’adhésion", "Adhésion", "Inscrit(e) le", "Membre depuis", "date_adhesion"])
def test_the_day_somebody_joined_has_many_names(heading, tmp_path):
    one(tmp_path, ["Colas", "Grégoire", FIRST, "1er août 2023"], headings=["Nom", "Prénom", "RPPS", heading])
    assert Doctor.objects.get().joined_on == date(2023, 8, 1)


REFUSED = {
    "its key is wrong": ({2: FIRST[:-1] + str((int(FIRST[-1]) + 1) % 10)}, "ce n’est pas un numéro RPPS"),
    "it is too short": ({2: FIRST[:-1]}, "ce n’est pas un numéro RPPS"),
    "it is a social security number": ({2: "185057800608491"}, "ce n’est pas un numéro RPPS"),
    "it has no RPPS": ({2: " "}, "le numéro RPPS manque"),
    "its address is none": ({3: "gregoire.colas chez example.org"}, "ce n’est pas une adresse e-mail"),
    "its day does not exist": ({8: "31/02/2024"}, "cette date n’existe pas"),
    "its month does not exist": ({8: "05/13/2024"}, "cette date n’existe pas"),
    "its date is none": ({8: "au printemps"}, "ce n’est pas une date"),
    "nobody is named": ({0: ""}, "le nom manque"),
    "a name is a broken formula": ({1: "#REF!"}, "erreur de formule"),
    "a name is endless": ({0: "a" * 81}, "nom trop long (80 caractères au plus)"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_row_is_refused_when(name, tmp_path):
    changed, why = REFUSED[name]
    row = ["Colas", "Grégoire", FIRST, "a@b.fr", "", "", "", "", "", "", ""]
    outcome = one(tmp_path, [changed.get(i, cell) for i, cell in enumerate(row)])
    assert (outcome.last, outcome.refused) == ("created=0 updated=0 unchanged=0 rejected=1", ["ligne 2"])
    assert why in outcome.out[0]
    assert "185057800608491" not in outcome.out[0]


KEPT_ANYWAY = [(4, "voir le secrétariat"), (4, "99"), (5, "autre"), (6, "20"), (6, "?"), (10, "peut-être"), (8, "-")]


@pytest.mark.parametrize(("column", "cell"), KEPT_ANYWAY)
def test_a_row_is_never_refused_for_its_phone_status_department_or_car(column, cell, tmp_path):
    row = ["Colas", "Grégoire", FIRST, *[""] * 8]
    row[column] = cell
    assert one(tmp_path, row).last == "created=1 updated=0 unchanged=0 rejected=0"


def test_a_later_row_of_the_same_rpps_only_fills_blanks(tmp_path):
    rows = [
        ["Colas", "Grégoire", FIRST, "a@b.fr"],
        ["COLAS", "Gregoire", FIRST, "c@d.fr", "06 39 98 31 70"],
        ["Colas", "Grégoire", FIRST, "e@f.fr"],
    ]
    assert one(tmp_path, *rows).last == "created=1 updated=1 unchanged=1 rejected=0"
    assert Doctor.objects.values_list("email", "phone").get() == ("a@b.fr", "06 39 98 31 70")


def test_a_file_fills_the_blanks_of_relais_and_says_what_differs(tmp_path):
    doctor = DoctorFactory(**colas(email="a@b.fr", phone="", commune="Sète", department=""))
    outcome = one(tmp_path, ["COLAS", "gregoire", FIRST, "A@B.FR", "06 39 98 31 70", "", "", "Agde"])
    doctor.refresh_from_db()
    assert (doctor.phone, doctor.commune, doctor.last_name) == ("06 39 98 31 70", "Sète", "Colas")
    assert outcome.out == [
        "différent\u00a0: ligne 2\u00a0: commune\u00a0: «\u00a0Agde\u00a0» dans le fichier, "
        "«\u00a0Sète\u00a0» dans Relais",
        "différents=1 (non appliqués, voir --apply-differences)",
        "created=0 updated=1 unchanged=0 rejected=0",
    ]


def test_differences_are_applied_on_demand_and_undone_with_the_rest(tmp_path):
    doctor = DoctorFactory(**colas(commune="Sète"))
    before = dump()
    row = ["Colas", "Grégoire", FIRST, "", "", "", "", "Agde"]
    outcome = one(tmp_path, row, options=["--apply-differences"])
    doctor.refresh_from_db()
    assert (doctor.commune, doctor.version, outcome.last) == ("Agde", 2, "created=0 updated=1 unchanged=0 rejected=0")
    run("undo_import")
    assert dump() == before


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    first = f'Nom,Prénom,RPPS,Notes\r\n"Colas","Grégoire",{FIRST},"deux\r\nlignes, et ""une"" autre"\r\n\r\n'
    (tmp_path / "m.csv").write_text(first + "Petit,Anne,1,\r\nRoy,Jean", newline="")
    outcome = run("import_doctors", tmp_path / "m.csv")
    assert (outcome.refused, outcome.last) == (["ligne 5", "ligne 6"], "created=1 updated=0 unchanged=0 rejected=2")


def test_a_quote_that_never_closes_does_not_swallow_the_file(tmp_path):
    rows = [f'"Colas;Grégoire;{FIRST}', *(f"Petit;Anne;{invented_rpps(n)}" for n in range(100, 200))]
    (tmp_path / "m.csv").write_text("\n".join(["Nom;Prénom;RPPS", *rows]))
    assert run("import_doctors", tmp_path / "m.csv").last == "created=101 updated=0 unchanged=0 rejected=0"


def test_a_row_shifted_by_a_separator_is_refused(tmp_path):
    (tmp_path / "m.csv").write_text(
        f"Nom;Prénom;RPPS;Ville\nColas;Grégoire;{FIRST};Sète;34\nRoy;Anne;{SECOND};Agde;;\n"
    )
    outcome = run("import_doctors", tmp_path / "m.csv")
    assert outcome.out == [
        "ligne 2\u00a0: la ligne a plus de cellules que l’en-tête",
        "created=1 updated=0 unchanged=0 rejected=1",
    ]


def test_what_looks_like_a_patient_is_not_kept_and_not_printed(tmp_path):
    outcome = one(tmp_path, ["Colas", "Grégoire", FIRST, *[""] * 6, "patiente Mme Roux née le 12/03/1950"])
    assert Doctor.objects.get().acts_not_practised == ""
    assert outcome.out == [
        "remarque\u00a0: ligne 2\u00a0: «\u00a0ne pratique pas\u00a0» non gardé\u00a0: "
        "ce texte ressemble à des données de patient",
        "created=1 updated=0 unchanged=0 rejected=0",
    ]
