"""The bare floors: a raw cursor and f-strings, nothing escaped, nobody's rights asked, the same bytes."""

from collections.abc import Callable
from datetime import date

from django.db import connection

ROWS = """
SELECT s.id, c.name, c.department, s.monday, s.place, a.state, d.first_name, d.last_name, k.id, s.version, a.doctor_id,
       c.opening_days
FROM rotas_slot s
JOIN directory_centre c ON c.id = s.centre_id
LEFT JOIN rotas_assignment a ON a.slot_id = s.id AND a.state <> 'cancelled'
LEFT JOIN directory_doctor d ON d.id = a.doctor_id
LEFT JOIN rotas_closure k ON k.centre_id = s.centre_id AND k.monday = s.monday
WHERE s.monday BETWEEN %s AND %s
ORDER BY c.opened_on, c.name, s.place, s.monday
"""
HELD = (
    '<td id="s{0}" class="sure" data-v="{7}" data-d="{8}"><a href="/intranet/rotation/{0}/" '
    'aria-label="{1}, {2}, place {3}\u00a0: Dr {4} {5}, confirmé"><b>{6}. {5}</b><i>✓ confirmé</i></a></td>'
)
FREE = (
    '<td id="s{0}" class="open" data-v="{4}"><a href="/intranet/rotation/{0}/" aria-label="{1}, {2}, place {3}\u00a0: '
    'à pourvoir"><b>+ À pourvoir</b></a></td>'
)
END = '<td class="end"><b>{}</b><span class="visually-hidden"> à pourvoir</span></td>'


def grid(page: bytes, weeks: dict[str, str], first: date, last: date) -> Callable[[], bytes]:
    """The same page built bare: its surroundings are kept from `page`, each cell is made anew."""
    start, end = page.index(b"<tbody>"), page.rindex(b"</tbody>")
    before, after = page[:start].decode(), page[end:].decode()

    def build() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(ROWS, [first, last])
            rows = cursor.fetchall()
        parts, standing, holes = [before], None, 0
        for slot, name, department, monday, place, state, first_name, last_name, _, version, doctor, days in rows:
            if standing != (name, place):
                standing = (name, place)
                head = f'<th scope="row">{name} <small>{department}</small><small class="days">{days}</small></th>'
                parts.append(f"{END.format(holes)}</tr><tr>{head}")
                holes = 0
            week = weeks[str(monday)]
            if state:
                parts.append(
                    HELD.format(slot, week, name, place, first_name, last_name, first_name[0], version, doctor)
                )
            else:
                holes += 1
                parts.append(FREE.format(slot, week, name, place, version))
        parts.append(after)
        return "".join(parts).encode()

    return build
