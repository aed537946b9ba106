"""Keeps patients out of Relais: says when a free text looks as if it spoke of one, so that it is refused, not stored.

Sources: the NIR and the INS built on it (INSEE: 13 characters and a key, 97 − number mod 97, `2A` read as 19 and `2B`
as 18), patients' mailboxes of MSSanté (`@patient.mssante.fr`, which holds the INS).
"""

import re

REASON = "ce texte ressemble à des données de patient"

_SPACE = r"[ .\-\u00a0\u202f\u2009]"
_LONG_NUMBER = re.compile(rf"(?<![0-9A-Za-z])\d(?:{_SPACE}{{0,2}}[0-9AaBb]){{12,}}(?![0-9A-Za-z])")
_NIR = re.compile(r"[123478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}(?:\d{2})?")
_NUMBERED = (13, 15)
_DAY = r"(?:\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2,4}|\d{1,2}(?:er)? \w{3,9}\.? \d{2,4}|\d{4}-\d{2}-\d{2}|(?:en )?\d{4})"
_BIRTH = re.compile(
    rf"\b(?:(?:né|née|né\(e\)|né·e|n\.)\s+(?:le\s+)?|(?:nee?|ne\(e\))\s+le\s+)(?:\w+di\s+|dimanche\s+)?{_DAY}"
    rf"|\b(?:ddn|date de naissance|naissance)\b\W*(?:le\s+)?{_DAY}",
    re.IGNORECASE,
)
_CIVIL = r"(?:M\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle|l['’]enfant|le petit|la petite)"
_NAMED = r"[A-ZÀ-ÖØ-Þ][\w'’\-]*\.?"
_PATIENT = re.compile(
    rf"(?i:\bpatient(?:e|\(e\)|·e)?)\s*(?::|,|=|n°|(?i:nommée?|dénommée?|suivante?))?\s*(?:{_CIVIL}\s*)?{_NAMED}"
    r"|(?i:\bpatient(?:e|\(e\))?\s*(?:,|de|âgée?\s+de|d['’]environ)?\s*\d{1,3}\s*(?:ans|mois)\b)"
    rf"|(?:{_CIVIL}\s*)?{_NAMED}\s*(?:[,(]|(?i:est))\s*(?i:(?:un |une |ma |mon |notre |la |le )?patient(?:e|\(e\))?\b)"
    r"|(?i:\b(?:dossier|ordonnance|résultats?|bilan|rendez-vous|rdv)\s+(?:de\s+la|du|d['’]une?)\s+patiente?\b)"
    r"|(?i:\b(?:la|le|une?|ma|mon|notre|cette|ce)\s+patiente?\s+(?:du|de|de la|qui|a|est|vient|souffre|suivie?)\b)"
)
_CARE = (
    r"suivie? (?:pour|par)|traitée? (?:pour|par)|sous (?:traitement|insuline|anticoagulants?|morphine)|diabét|"
    r"hypertendu|enceinte|cancer|tumeur|chimio|dialys|épilep|dépress|démen|alzheimer|asthm|infarctus|avc\b|fractur|hospitalis|"
    r"opérée?\b|allergique|ordonnance|pansement|vaccin|prise de sang|bilan sanguin|biopsie|arrêt de travail|ald\b|"
    r"consult|rendez-vous|rdv|renouvel|symptôm|fièvre|douleur|séropositi|vih\b|ivg\b|suicid"
)
_CASE = re.compile(rf"{_CIVIL}\s*{_NAMED}.{{0,80}}(?i:{_CARE})|(?i:{_CARE}).{{0,40}}\b{_CIVIL}\s*{_NAMED}")
_MAILBOX = re.compile(r"@patient\.mssante\.fr", re.IGNORECASE)


def found(text: str) -> bool:
    """True when `text` looks as if it spoke of a patient: their number, birth, name with a word of care, mailbox."""
    return bool(
        _MAILBOX.search(text)
        or any(_is_nir(match.group()) for match in _LONG_NUMBER.finditer(text))
        or _BIRTH.search(text)
        or _PATIENT.search(text)
        or _CASE.search(text)
    )


def _is_nir(typed: str) -> bool:
    """True for 13 or 15 characters shaped like a NIR, whatever the key, or whose key is right, whatever the shape.

    A wrong key is most often a slip in a real number: both are refused.
    """
    number = re.sub(_SPACE, "", typed).upper()
    if len(number) not in _NUMBERED or number[0] not in "123478":
        return False
    return bool(_NIR.fullmatch(number)) or (len(number) == _NUMBERED[1] and _key_is_right(number))


def _key_is_right(number: str) -> bool:
    """97 − (the 13 first digits mod 97) = the two last."""
    digits = number.replace("2A", "19", 1).replace("2B", "18", 1)
    return digits.isdigit() and 97 - int(digits[:13]) % 97 == int(digits[13:])
