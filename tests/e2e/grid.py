"""Drives the editable grid as a person with a keyboard would, for the tests of it."""

import re

from playwright.sync_api import Page, expect

ADDRESS = "/intranet/rotation/"
TABLE = """() => {
  const table = document.querySelector("table.rota").cloneNode(true);
  for (const node of [table, ...table.querySelectorAll("*")]) {
    for (const name of ["role", "tabindex", "data-ready", "aria-selected"]) node.removeAttribute(name);
    node.classList.remove("saved");
  }
  const parts = [table, document.getElementById("ahead"), document.getElementById("until")];
  return parts.flatMap((part) => part.outerHTML.replace(/>\\s+</g, "><").split(/(?=<t[dh])/));
}"""
SETTLED = re.compile("^Tout est enregistré")


class Grid:
    """A page of the rota with its script at work."""

    def __init__(self, page: Page, address: str = ADDRESS) -> None:
        self.page = page
        page.goto(address)
        page.wait_for_selector("table.rota[data-ready]", state="attached")

    def at(self, slot) -> "Grid":
        """Put focus in the cell of a place."""
        self.page.locator(f"#s{slot.pk}").click()
        return self

    def press(self, *keys: str) -> "Grid":
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Grid":
        """Type a text."""
        self.page.keyboard.type(text)
        return self

    @property
    def focused(self) -> str:
        """The id of what has focus."""
        return self.page.evaluate("document.activeElement.id")

    def saved(self) -> "Grid":
        """Wait until nothing is left to be saved."""
        expect(self.page.locator("#editor")).to_be_hidden()
        expect(self.page.locator("#saved span")).to_have_text(SETTLED)
        return self

    def told(self, sentence: str) -> "Grid":
        """Wait until the grid has said this, politely."""
        expect(self.page.locator("#live")).to_have_text(sentence)
        return self

    def shows(self, slot, text: str) -> "Grid":
        """Wait until the cell of a place shows this."""
        expect(self.page.locator(f"#s{slot.pk}")).to_have_text(text)
        return self

    def refused(self, *statuses: int) -> "Grid":
        """The browser notes these refusals of the server in its console."""
        words = {
            401: "Unauthorized",
            403: "Forbidden",
            409: "Conflict",
            422: "Unprocessable Entity",
            500: "Internal Server Error",
        }
        start = "Failed to load resource: the server responded with a status of"
        self.page.expected_faults += [f"{start} {status} ({words[status]})" for status in statuses]
        return self

    def reload(self) -> "Grid":
        """Load the page again."""
        self.page.reload()
        self.page.wait_for_selector("table.rota[data-ready]", state="attached")
        return self

    def equals_a_fresh_page(self) -> None:
        """The table and the figures above it are those of the page when it is loaded again."""
        self.saved()
        now = self.page.evaluate(TABLE)
        self.reload()
        fresh = self.page.evaluate(TABLE)
        assert [pair for pair in zip(now, fresh, strict=True) if pair[0] != pair[1]] == []
