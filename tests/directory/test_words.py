"""The words that doctors are searched by: kept beside the names whoever writes these, read whatever is typed."""

import pytest

from directory import book, name_search, names
from directory.models import Doctor, DoctorWord
from directory.models.book import ChangeSet
from directory.vocabulary import VOCABULARY, is_near, slips_allowed
from tests.factories.directory import DoctorFactory
from tests.tables import DATA, run

PEOPLE = [
    ("Allain", "Rémi"),
    ("Allard", "Zoé"),
    ("de La Tour", "Éloïse"),
    ("D’Œuvre", "Noé"),
    ("Le Gall", "Anne"),
    ("Lebrun-Petit", "Jean-Pierre"),
    ("Lebrun", "Marc"),
    ("Martin", "Martin"),
    ("N’Guyen", "Li"),
]
# What is typed, and the surnames that it finds by exact words.
FOUND = {
    "allain": ["Allain"],
    "ALLAIN Rémi": ["Allain"],
    "remi allain": ["Allain"],
    "r. allain": ["Allain"],
    "Dr R. Allain": ["Allain"],
    "docteur all": ["Allain", "Allard"],
    "all z": ["Allard"],
    "tour eloise": ["de La Tour"],
    "de la tour": ["de La Tour"],
    "delatour": ["de La Tour"],
    "D'OEUVRE": ["D’Œuvre"],
    "doeuvre": ["D’Œuvre"],
    "œuvre": ["D’Œuvre"],
    "legall": ["Le Gall"],
    "gall a": ["Le Gall"],
    "lebrun": ["Lebrun", "Lebrun-Petit"],
    "petit lebrun": ["Lebrun-Petit"],
    "lebrun-petit jp": [],
    "j p lebrun": ["Lebrun-Petit"],
    "jean pierre": ["Lebrun-Petit"],
    "jeanpierre": ["Lebrun-Petit"],
    "m lebrun": ["Lebrun", "Lebrun-Petit"],
    "nguyen": ["N’Guyen"],
    "martin martin": ["Martin"],
    "martin martin martin": [],
    "a allain": [],
    "brun": [],
    "dr": [],
    "m": ["Lebrun", "Martin"],
    "l'": ["de La Tour", "Le Gall", "Lebrun", "Lebrun-Petit", "N’Guyen"],
}
# What is typed for a word, and whether it is near enough.
NEAR = [
    ("martn", "martin", True),
    ("marttin", "martin", True),
    ("mardin", "martin", True),
    ("matrin", "martin", True),
    ("amrtin", "martin", True),
    ("nartin", "martin", True),
    ("marit", "martin", True),
    ("dpuo", "dupont", True),
    ("dpou", "dupont", False),
    ("dpupo", "dupont", True),
    ("mrtn", "martin", False),
    ("roi", "roy", False),
    ("lefebvre", "lefevre", True),
    ("charpantie", "charpentier", True),
    ("charpnatier", "charpentier", True),
    ("chrpantei", "charpentier", False),
]


@pytest.fixture
def people(db):
    return [DoctorFactory(last_name=last, first_name=first) for last, first in PEOPLE]


def surnames(asked):
    return list(asked.among(Doctor.objects.in_reading_order()).values_list("last_name", flat=True))


def words(**of):
    return sorted(DoctorWord.objects.filter(**of).values_list("word", flat=True))


def missing():
    """The doctors whose words are not those of their name."""
    return [one for one in Doctor.objects.all() if words(doctor=one) != sorted(one.words_of_name())]


@pytest.mark.parametrize(("typed", "found"), FOUND.items())
def test_each_typed_word_begins_a_word_of_the_name(typed, found, people):
    assert sorted(surnames(name_search.read(typed)), key=str.lower) == sorted(found, key=str.lower)


@pytest.mark.parametrize("typed", FOUND)
def test_python_judges_as_sql_does(typed, people):
    asked = name_search.read(typed)
    met = [one.last_name for one in people if asked.is_met(names.words_of_key(one.sort_name))]
    assert sorted(met) == sorted(surnames(asked))


@pytest.mark.parametrize("typed", ["%", "_", "*", "***", "\\", "'", "\0", "\ud800", "Дмитрий", "王"])
def test_what_holds_no_letter_finds_nobody(typed, people):
    assert (name_search.read(typed).nobody, surnames(name_search.read(typed))) == (True, [])


@pytest.mark.parametrize(
    "typed", ["allai%", "allain\0", "\ud800allain", "allain{", "(allain)", "allain'--", "%allain_"]
)
def test_signs_are_nothing(typed, people):
    assert surnames(name_search.read(typed)) == ["Allain"]


@pytest.mark.parametrize("typed", ["a_lain", "%lain", "all*n"])
def test_signs_stand_for_no_letter(typed, people):
    assert surnames(name_search.read(typed)) == []


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_typed_is_everybody(typed, people):
    assert len(surnames(name_search.read(typed))) == len(people)


@pytest.mark.parametrize("typed", ["a" * 10_000, "a " * 5_000, "ﷺ" * 10_000, "a b c d e f g h i j k l m n"])
def test_an_endless_text_is_cut(typed, people):
    asked = name_search.read(typed)
    assert (len(asked.words) <= name_search.TYPED_WORDS, surnames(asked)) == (True, [])


@pytest.mark.parametrize(("typed", "word", "near"), NEAR)
def test_one_slip_is_forgiven_from_four_letters_on_and_two_from_eight(typed, word, near):
    assert is_near(typed, word) is near


def test_short_words_forgive_nothing():
    assert [slips_allowed("a" * length) for length in (1, 3, 4, 7, 8, 20)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize("typed", ["alain", "allian", "remu allain", "allainn", "llain"])
def test_slips_find_the_name_that_was_meant(typed, people):
    asked = name_search.read(typed)
    assert (surnames(asked), surnames(asked.with_slips())) == ([], ["Allain"])


def test_slips_of_a_beginning_find_what_begins_so(people):
    assert surnames(name_search.read("eloiz tour").with_slips()) == ["de La Tour"]


def test_whole_words_hide_longer_ones(people):
    DoctorFactory(last_name="Allainmat")
    assert surnames(name_search.read("alain").with_slips()) == ["Allain"]


def test_the_vocabulary_follows_the_table_with_one_query(people, django_assert_num_queries):
    assert VOCABULARY.near(["zidone"]) == {"zidone": []}
    DoctorFactory(last_name="Zidane")
    with django_assert_num_queries(1):
        assert VOCABULARY.near(["zidone"]) == {"zidone": ["zidane"]}
    Doctor.objects.filter(last_name="Zidane").delete()
    assert surnames(name_search.read("zidone").with_slips()) == []


def test_a_row_that_came_late_is_seen_by_the_next_whole_reading(people, monkeypatch):
    VOCABULARY.near(["zidone"])
    DoctorWord.objects.filter(word="allain").update(word="zidane")
    assert VOCABULARY.near(["zidone"]) == {"zidone": []}
    monkeypatch.setattr("directory.vocabulary.WHOLE_READ_EVERY", -1)
    assert VOCABULARY.near(["zidone"]) == {"zidone": ["zidane"]}


def test_words_follow_a_doctor_who_is_saved(db):
    doctor = DoctorFactory(last_name="Petit", first_name="Luc")
    doctor.last_name = "Roy"
    doctor.save(update_fields=["email"])
    assert words() == ["luc", "petit"]
    doctor.save()
    assert (words(), Doctor.objects.get().sort_name) == (["luc", "roy"], "roy, luc")
    doctor.delete()
    assert words() == []


def test_words_that_stand_are_not_written_again(db):
    doctor = DoctorFactory()
    before = list(DoctorWord.objects.values_list("pk", flat=True))
    doctor.save()
    assert list(DoctorWord.objects.values_list("pk", flat=True)) == before


def test_words_follow_those_written_in_bulk(db):
    one, other = Doctor.objects.bulk_create(DoctorFactory.build_batch(2))
    assert missing() == []
    Doctor.objects.filter(pk=one.pk).update(last_name="Ôtre", first_name="Luc")
    other.last_name = "Dûr"
    Doctor.objects.bulk_update([other], ["last_name"])
    assert missing() == []
    assert sorted(Doctor.objects.values_list("sort_name", flat=True))[-1] == "otre, luc"


def test_words_follow_an_import_and_its_undo(db):
    run("import_doctors", DATA / "medecins.csv")
    assert (missing(), DoctorWord.objects.count() >= 2 * Doctor.objects.count()) == ([], True)
    book.undo(ChangeSet.objects.get(), by=None)
    assert (Doctor.objects.count(), words()) == (0, [])


def test_a_name_brought_back_by_an_undo_is_found_again(db):
    doctor = DoctorFactory(last_name="Petit", first_name="Luc")
    entry = book.open_entry(by=None, verb="test")
    before = book.snapshot(doctor)
    doctor.last_name = "Roy"
    doctor.save()
    entry.changed(doctor, before)
    book.undo(entry.close(), by=None)
    assert words() == ["luc", "petit"]
