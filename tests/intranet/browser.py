"""A page of the grid as a browser holds it: answers go into it as htmx puts them; it is compared with a fresh one."""

import copy
import json

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse

GRID = "/intranet/rotation/"
HTMX = {"HX-Request": "true"}


class Page:
    """The grid at `address`, read by `client` and changed by the answers to what it sends."""

    def __init__(self, client, address: str = GRID) -> None:
        self.client, self.address = client, address
        self.tree = self._fresh()
        self.told: list[dict] = []

    def _fresh(self) -> BeautifulSoup:
        return BeautifulSoup(self.client.get(self.address).content, "html.parser")

    def version(self, slot) -> str:
        """The version of a cell as the page shows it."""
        return self.tree.find(id=f"s{slot.pk}")["data-v"]

    def save(self, slot, gesture: str, **fields) -> HttpResponse:
        """One gesture on a cell, with the version that the page holds."""
        fields = {"geste": gesture, "version": self.version(slot), **fields}
        return self.send(f"{GRID}{slot.pk}/", fields, target=f"s{slot.pk}")

    def send(self, path: str, fields: dict | None = None, *, target: str = "verdict") -> HttpResponse:
        """A request of the grid's script; its answer is swapped in where it says."""
        answer = self.client.post(path, fields or {}, headers={**HTMX, "HX-Target": target})
        assert "HX-Refresh" not in answer.headers
        self._swap(answer, answer.headers.get("HX-Retarget", f"#{target}").removeprefix("#"))
        self._count()
        return answer

    def _swap(self, answer: HttpResponse, target: str) -> None:
        """As htmx: what names its own place goes there, the rest replaces the target, unless it stays as it is."""
        body = BeautifulSoup(answer.content, "html.parser")
        for fragment in body.find_all(attrs={"hx-swap-oob": "true"}):
            del fragment["hx-swap-oob"]
            self._replace(fragment["id"], fragment.extract())
        if answer.status_code == 200 and answer.headers.get("HX-Reswap") != "none":
            self._replace(target, body.find(id=target))
        told = json.loads(answer.headers.get("HX-Trigger", "{}"))
        self.told.append(told.get("grid:saved", {}))

    def _replace(self, name: str, new: Tag) -> None:
        """Only what the page shows is replaced: a cell of another week goes nowhere."""
        old = self.tree.find(id=name)
        if old is not None:
            old.replace_with(new)

    def _count(self) -> None:
        """The ends of lines and columns, as the grid's script counts them anew after each swap."""
        table = self.tree.find("table", class_="rota")
        columns: dict[int, int] = {}
        for line in table.select("tbody tr"):
            cells = line.find_all("td", recursive=False)[:-1]
            holes = [i for i, cell in enumerate(cells) if "open" in cell["class"]]
            line.select_one("td.end b").string = str(len(holes))
            for i in holes:
                columns[i] = columns.get(i, 0) + 1
        *ends, corner = table.select("tfoot td.end b")
        for i, end in enumerate(ends):
            end.string = str(columns.get(i, 0))
        corner.string = str(sum(columns.values()))

    @property
    def stands_as_fresh(self) -> bool:
        """True when the grid and its figures are those of the page that a reload would give."""
        return _shown(self.tree) == _shown(self._fresh())


def _shown(tree: BeautifulSoup) -> list[str]:
    """The table and the two figures, without the blanks between tags."""
    parts = [tree.find(id="ahead"), tree.find(id="until"), tree.find("table", class_="rota")]
    return [" ".join(str(copy.copy(part)).split()).replace("> <", "><") for part in parts]
