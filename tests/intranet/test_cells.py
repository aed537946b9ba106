"""One cell of the grid: what is seen, what is said, what is escaped."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intranet.rota import cells
from rotas.states import State

MONDAY = date(2026, 3, 16)
AT = datetime(2026, 3, 16, 9, tzinfo=ZoneInfo("Europe/Paris"))
WHERE = "S12, du 16 au 22 mars, Ajain, place 1"


def row(state=None, first="Jean-Paul", last="Gallet", days=(0, 6), hours=None, note="", need="required", missed=False):
    """A row of `rotas.queries.places`."""
    start, end = (MONDAY + timedelta(days=day) for day in days)
    expires = hours and AT + timedelta(hours=hours)
    return (7, 1, MONDAY, 1, need, missed, state, 3, first, last, start, end, expires, note, 12)


def shown(one, *others, closed=False, past=False, names=True):
    return cells.face(one, list(others), closed, past, AT, names=names)


def test_a_confirmed_doctor_is_seen_short_and_said_in_full():
    face = shown(row("confirmed"))
    assert (face.seen, face.said) == ("<b>J.-P. Gallet</b><i>✓ confirmé</i>", "Dr Jean-Paul Gallet, confirmé")


def test_the_cell_says_week_centre_place_doctor_and_state():
    assert cells.td(7, shown(row("confirmed")), WHERE, "/intranet/rotation/7/") == (
        '<td id="s7" class="sure"><a href="/intranet/rotation/7/" '
        'aria-label="S12, du 16 au 22 mars, Ajain, place 1\u00a0: Dr Jean-Paul Gallet, confirmé">'
        "<b>J.-P. Gallet</b><i>✓ confirmé</i></a></td>"
    )


def test_an_editor_s_cell_carries_the_version_and_who_holds_it_alone():
    alone, two = cells.marks(row("confirmed"), []), cells.marks(row("confirmed"), [row("option")])
    assert (alone, two, cells.marks(row(), [])) == (' data-v="3" data-d="12"', ' data-v="3"', ' data-v="3"')


def test_a_week_that_a_holiday_shortens_says_its_days():
    face = cells.face(row("confirmed"), [], False, False, AT, names=True, days=4)
    assert (face.seen, face.said) == (
        "<b>J.-P. Gallet</b><i>✓ confirmé</i><small>4\u00a0jours</small>",
        "Dr Jean-Paul Gallet, confirmé, semaine de 4\u00a0jours",
    )


def test_a_closed_week_says_nothing_of_days():
    assert cells.face(row(), [], True, False, AT, names=True, days=4).said == "fermé"


def test_without_a_link_the_same_is_said_to_those_who_do_not_see():
    assert cells.td(7, shown(row()), WHERE, "") == (
        '<td id="s7" class="open"><span class="visually-hidden">S12, du 16 au 22 mars, Ajain, place 1\u00a0: '
        'à pourvoir</span><span aria-hidden="true"><b>+\u00a0À pourvoir</b></span></td>'
    )


@pytest.mark.parametrize(("hours", "left"), [(70, "3\u00a0j"), (1, "1\u00a0j"), (-1, "échu")])
def test_a_proposal_says_how_long_it_stands(hours, left):
    assert shown(row("option", hours=hours)).seen == f"<b>J.-P. Gallet</b><i>? proposé ·\u00a0{left}</i>"


def test_some_days_and_a_note_are_marked():
    face = shown(row("confirmed", days=(0, 2), note="en train"))
    assert face.seen == "<b>J.-P. Gallet</b><i>✓ confirmé · lun.–mer. · note</i>"
    assert face.said == "Dr Jean-Paul Gallet, confirmé, du lundi au mercredi, avec une note"


def test_two_halves_of_a_week_are_in_one_cell_first_half_first():
    face = shown(row("option", "Zoé", "Roy", days=(3, 6)), row("confirmed", "Ali", "Bey", days=(0, 2)))
    assert (face.state, face.said) == (
        State.CONFIRMED,
        "Dr Ali Bey, confirmé, du lundi au mercredi et Dr Zoé Roy, proposé, du jeudi au dimanche",
    )


def test_names_are_escaped_wherever_they_are():
    face = shown(row("confirmed", "<b>Ève", 'D"<script>'))
    assert (face.seen, face.said) == (
        "<b>&lt;. D&quot;&lt;script&gt;</b><i>✓ confirmé</i>",
        "Dr &lt;b&gt;Ève D&quot;&lt;script&gt;, confirmé",
    )


def test_without_names_a_row_needs_none():
    face = cells.face(row("option")[:8], [], False, False, AT, names=False)
    assert (face.seen, face.said) == ("<b>?\u00a0Proposé</b>", "proposé")


@pytest.mark.parametrize(
    ("first", "last", "short"),
    [("Marie", "Curie", "M. Curie"), ("", "Curie", "Curie"), ("Anne Lise", "de La Tour", "A. L. de La Tour")],
)
def test_short_names(first, last, short):
    assert cells.short_name(first, last) == short


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        (date(2026, 3, 16), "S12, du 16 au 22 mars"),
        (date(2026, 12, 28), "S53, du 28 décembre 2026 au 3 janvier 2027"),
        (date(2026, 7, 27), "S31, du 27 juillet au 2 août"),
    ],
)
def test_weeks_are_said_in_words(monday, said):
    assert cells.week_said(monday) == said


def test_the_legend_has_each_state_with_its_own_class_and_word():
    assert [word for _, _, word in cells.legend()] == [
        "à pourvoir",
        "proposé",
        "confirmé",
        "fermé",
        "souhaitée",
        "non renseigné",
        "manquée",
    ]
    assert len({css for css, _, _ in cells.legend()}) == 7
