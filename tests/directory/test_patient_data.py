"""Patients stay out of Relais: their traces are seen, ordinary notes pass."""

import random

import pytest

from directory.patient_data import found

PATIENTS = [
    "1 85 05 78 006 084 91",
    "185057800608491",
    "1850578006084",
    "2 69 05 49 588 157 80",
    "1 84 12 2A 451 089 24",
    "INS : 285037511611622",
    "NIR 185057800608499",
    "Mme Martin née le 12/03/1950 revient mardi",
    "né le 3 mars 1948",
    "née en 1952, suivie à Guéret",
    "DDN 12/03/1950",
    "DDN: 01-02-1961",
    "date de naissance : 12 mai 1947",
    "né(e) le 12.03.1950",
    "nee le 12/03/50",
    "patient Dupont à rappeler",
    "Patiente : Mme Martin",
    "le patient Jean Dupont",
    "la patiente de 82 ans",
    "patient de 45 ans diabétique",
    "M. Durand, patient du Dr Colas",
    "Mme Lefèvre (patiente) rappeler",
    "Mme Martin diabétique, à revoir",
    "Monsieur Petit sous insuline",
    "ordonnance de Mme Martin à refaire",
    "renouvellement pour M. Dubois",
    "M. Dubois hospitalisé lundi",
    "Mme Roux enceinte de 5 mois",
    "écrire à 185057800608491@patient.mssante.fr",
    "jean.dupont@patient.mssante.fr",
    "RDV de M. Blanc le mardi à 14 h",
    "Madame Girard consulte pour douleur",
    "l'enfant Lucas a de la fièvre",
    "dossier du patient à transmettre",
    "le patient de la chambre 4",
    "résultats de la patiente à voir",
    "Patient: DUPONT Jean",
    "patient M. D.",
    "M. K. suivi pour dépression",
    "bilan sanguin de Mme Oury",
    "Mme Petit : pansement à refaire",
    "M. Roche, AVC en mars",
    "Vaccin pour Mlle Adam",
    "patient né le 01/01/2000",
    "patiente nommée Sophie Klein",
    "Mlle Bernard, arrêt de travail à prolonger",
    "cancer de M. Noël",
    "Mme Perrin suivie par le Dr Colas",
    "mon patient Albert",
    "2550475116042 12",
]
ORDINARY = [
    "arrive dimanche soir",
    "vient en train",
    "avec son chien",
    "logement : 2e étage, code à demander",
    "soyez patient, le portail est lent",
    "les patients sont nombreux le lundi",
    "environ 20 patients par jour",
    "salle d'attente des patients à repeindre",
    "06 39 98 31 70 ou 05 55 12 34 56",
    "RPPS 10291417771",
    "IBAN FR76 3000 6000 0112 3456 7890 189",
    "train de 14 h 12, arrivée 18 h 40",
    "Mme Martin prête la voiture",
    "M. Dubois, propriétaire du gîte, 05 55 11 22 33",
    "ne vient pas le lundi",
    "présent du 12/03/2026 au 15/03/2026",
    "SIRET 123 456 789 00012",
    "centre ouvert en 2024",
    "Fermeture annuelle",
    "logiciel patient en panne",
    "ne pratique pas l'échographie",
    "Dr Colas et Dr Martin en binôme",
    "prévoir clé du 12 bis",
    "né pour conduire",
    "pose de DIU",
    "gynécologie, pédiatrie",
    "Mme Roy l'attend à la gare",
    "+33 6 39 98 31 70 / +33 5 55 12 34 56",
    "arrive le 3 mars 2026",
    "0033639983170",
]


@pytest.mark.parametrize("text", PATIENTS)
def test_a_trace_of_a_patient_is_seen(text):
    assert found(text) is True


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_note_passes(text):
    assert found(text) is False


def invented_nir() -> str:
    """13 characters as INSEE gives them, and their key."""
    born = f"{random.choice('12')}{random.randrange(100):02d}{random.randrange(1, 13):02d}"
    place = random.choice([f"{random.randrange(1, 96):02d}", "2A", "2B"])
    body = f"{born}{place}{random.randrange(1, 991):03d}{random.randrange(1, 1000):03d}"
    return f"{body}{97 - int(body.replace('2A', '19').replace('2B', '18')) % 97:02d}"


def test_every_social_security_number_is_seen_with_or_without_its_key_and_spaces():
    for number in [invented_nir() for _ in range(300)]:
        spaced = " ".join([number[0], number[1:3], number[3:5], number[5:7], number[7:10], number[10:13], number[13:]])
        assert [found(number), found(number[:13]), found(f"voir {spaced}."), found(f"n°{number},")] == [True] * 4


def test_a_slip_in_the_key_hides_nothing():
    number = invented_nir()
    assert found(number[:13] + f"{(int(number[13:]) + 1) % 100:02d}") is True
