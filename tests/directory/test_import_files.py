"""A file that is no table gives one line and exit code 1; one that is, is read whatever its clothes."""

import io
import subprocess
import sys
import zipfile

import pytest

from directory.imports import centres, texts, workbooks
from directory.models import ChangeSet, Doctor
from tests.tables import DATA, run, text_file, workbook

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
HEADINGS = ["Nom", "Prénom", "N° RPPS"]
BROKEN = {
    "empty": (b"", "le fichier est vide."),
    "blank": (b"\r\n ;; \r\n\t\r\n", "le fichier est vide."),
    "picture": (PNG, "ce n’est pas un tableau (.csv ou .xlsx)."),
    "binary": (bytes(range(256)) * 40, "ce n’est pas un tableau (.csv ou .xlsx)."),
    "not a zip": (b"PK\x03\x04 and no more", "ce n’est pas un classeur Excel lisible (.xlsx)."),
    "old or locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "ancien format .xls, ou fichier protégé par un mot de passe\u00a0: enregistrez-le en .xlsx sans mot de passe.",
    ),
    "no headings": (
        b"bonjour;tout\r\nle;monde\r\n",
        "aucune ligne d’en-tête reconnue\u202f; colonnes attendues\u00a0: Nom, Prénom, N° RPPS.",
    ),
    "one heading missing": (b"NOM;prenom;Mail\r\nA;B;c@d.fr\r\n", "colonnes manquantes\u00a0: N° RPPS."),
    "two headings missing": (b"RPPS\tMail\r\n1\tb@c.fr\r\n", "colonnes manquantes\u00a0: Nom, Prénom."),
    "a page of HTML": (
        b"<html><body><table><tr><td>Nom</td></tr></table></body></html>",
        "aucune ligne d’en-tête reconnue\u202f; colonnes attendues\u00a0: Nom, Prénom, N° RPPS.",
    ),
}


def a_zip(**entries: bytes) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return box.getvalue()


def refused(path) -> str:
    """The one line that the command prints, without the file's name."""
    outcome = run("import_doctors", path)
    assert (outcome.code, outcome.out, len(outcome.err)) == (1, [], 1)
    assert ChangeSet.objects.count() == 0
    return outcome.err[0].partition("\u00a0: ")[2]


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_broken_file_gives_one_line(name, ending, tmp_path):
    content, why = BROKEN[name]
    (tmp_path / f"f{ending}").write_bytes(content)
    assert refused(tmp_path / f"f{ending}").removeprefix("f") == why


def test_a_missing_file_and_a_folder_give_one_line(tmp_path):
    assert refused(tmp_path / "absent.csv") == "fichier introuvable."
    assert refused(tmp_path) == "ce n’est pas un fichier."


def test_a_workbook_cut_short_gives_one_line(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", [HEADINGS]).read_bytes()
    for size in (60, len(whole) // 2, len(whole) - 30):
        (tmp_path / "cut.xlsx").write_bytes(whole[:size])
        assert refused(tmp_path / "cut.xlsx") == "ce n’est pas un classeur Excel lisible (.xlsx)."


def test_a_zip_that_is_no_workbook_gives_one_line(tmp_path):
    for content in (a_zip(hello=b"world"), a_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")):
        (tmp_path / "f.xlsx").write_bytes(content)
        assert refused(tmp_path / "f.xlsx") == "ce n’est pas un classeur Excel lisible (.xlsx)."


def test_a_workbook_that_unpacks_too_big_is_not_unpacked(tmp_path):
    bomb = a_zip(**{"xl__worksheets__sheet1.xml": b" " * 160_000_000})
    (tmp_path / "f.xlsx").write_bytes(bomb)
    assert refused(tmp_path / "f.xlsx") == "classeur trop gros une fois décompressé (150 Mo au plus)."


def test_a_workbook_that_merges_the_whole_sheet_is_refused(tmp_path):
    book = workbook(tmp_path / "f.xlsx", [HEADINGS], merged=("A2:C2",)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    entries[sheet] = entries[sheet].replace(b'ref="A2:C2"', b'ref="A2:XFD1048576"')
    (tmp_path / "f.xlsx").write_bytes(a_zip(**entries))
    assert refused(tmp_path / "f.xlsx") == "classeur illisible\u00a0: trop de cellules fusionnées."


def test_a_hidden_sheet_is_read_only_when_no_other_holds_a_list(tmp_path):
    old, new = (
        [HEADINGS, [name, "Anne", rpps]] for name, rpps in (("Ancienne", "10291417771"), ("Neuve", "10391500088"))
    )
    run("import_doctors", workbook(tmp_path / "both.xlsx", old, new, hidden=0))
    assert list(Doctor.objects.values_list("last_name", flat=True)) == ["Neuve"]
    run("import_doctors", workbook(tmp_path / "alone.xlsx", old, [["Notice"]], hidden=0))
    assert set(Doctor.objects.values_list("last_name", flat=True)) == {"Neuve", "Ancienne"}


def test_an_empty_workbook_gives_one_line(tmp_path):
    assert refused(workbook(tmp_path / "f.xlsx", [])) == "le fichier est vide."


def test_a_file_with_headings_only_is_read(tmp_path):
    outcome = run("import_doctors", text_file(tmp_path / "f.csv", [HEADINGS]))
    assert (outcome.code, outcome.out) == (0, ["created=0 updated=0 unchanged=0 rejected=0"])


def test_a_shell_sees_one_line_and_exit_code_1(tmp_path):
    (tmp_path / "photo.xlsx").write_bytes(PNG)
    command = [sys.executable, "manage.py", "import_doctors", str(tmp_path / "photo.xlsx")]
    done = subprocess.run(command, cwd=DATA.parent.parent, capture_output=True, text=True, timeout=120, check=False)
    said = "CommandError: photo.xlsx\u00a0: ce n’est pas un tableau (.csv ou .xlsx).\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_file_without_end_is_refused_before_it_fills_the_machine(ending, tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "MAX_ROWS", 3)
    monkeypatch.setattr(workbooks, "MAX_ROWS", 3)
    rows = [HEADINGS, *[["Roy", "Luc", "1"]] * 4]
    path = tmp_path / f"f{ending}"
    said = refused(workbook(path, rows) if ending == ".xlsx" else text_file(path, rows))
    assert (
        said
        == {
            ".csv": "fichier trop long\u00a0: 3 lignes au plus.",
            ".xlsx": "classeur trop grand\u00a0: 3 lignes et 5\u202f000\u202f000 cellules au plus.",
        }[ending]
    )


def test_a_list_of_centres_is_no_list_of_thousands(tmp_path, monkeypatch):
    monkeypatch.setattr(centres, "MOST", 2)
    rows = [["Centre", "Département", "Ouverture"], *[["Ajain", "23", "31/10/2022"]] * 3]
    outcome = run("import_centres", text_file(tmp_path / "c.csv", rows))
    assert outcome.err == ["c.csv\u00a0: plus de 2 lignes\u00a0: ce n’est pas la liste des centres."]
