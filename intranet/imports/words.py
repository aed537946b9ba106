"""Says in French what an import would do, does or did: figures, buttons, states."""

from directory import french
from directory.imports.kinds import KINDS
from directory.models import ImportRun
from directory.models.imports import RunState

UNDONE = "annulé"
CSS = {
    RunState.READY: "option",
    RunState.DONE: "sure",
    RunState.UNREADABLE: "open",
}


def title(run: ImportRun) -> str:
    """« Rotation des médecins 2026 », « Médecins »."""
    kind = KINDS.get(run.kind)
    label = kind.label if kind else run.kind
    return f"{label} {run.year}" if run.year else label


def state(run: ImportRun) -> tuple[str, str]:
    """Where the import stands, with the class of its chip."""
    return (UNDONE, "shut") if run.undone else (run.get_state_display(), CSS.get(run.state, "unknown"))


def amount(run: ImportRun) -> str:
    """« 709 affectations, 2 mises à jour et 11 fermetures »; empty when nothing is created or changed."""
    figures = run.report
    kind = KINDS[run.kind]
    parts = []
    if figures.get("created"):
        count = figures["created"]
        parts.append(f"{french.thousands(count)} {french.plural(count, kind.one, kind.many)}")
    if figures.get("updated"):
        count = figures["updated"]
        parts.append(f"{french.thousands(count)} {french.plural(count, 'mise', 'mises')} à jour")
    parts += [_plural(count, word) for word, count in figures.get("also", {}).items() if count]
    return " et ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def confirm(run: ImportRun) -> str:
    """The button that confirms: its verb and the exact count; empty when there is nothing to do."""
    what = amount(run)
    return f"Importer {what}" if what else ""


def tiles(run: ImportRun) -> list[tuple[str, str]]:
    """The figures of the report, those of the commands' last line first."""
    figures = run.report
    named = (
        ("Créations", "created"),
        ("Mises à jour", "updated"),
        ("Déjà dans Relais", "unchanged"),
        ("Différences", "different"),
        ("Refus", "rejected"),
    )
    found = [(label, french.thousands(figures.get(key, 0))) for label, key in named]
    return found + [(word.capitalize(), french.thousands(n)) for word, n in figures.get("also", {}).items()]


def status(run: ImportRun) -> str:
    """What is told once to who cannot see the page."""
    if run.undone:
        return "L’import est annulé."
    return {
        RunState.READING: "Lecture du fichier en cours.",
        RunState.WRITING: "Import en cours.",
        RunState.UNDOING: "Annulation en cours.",
        RunState.READY: f"L’aperçu est prêt : {amount(run) or 'rien à importer'}, {refusals(run)}.",
        RunState.DONE: f"L’import est fait : {amount(run)}, {refusals(run)}.",
        RunState.UNREADABLE: "Le fichier est refusé.",
    }[RunState(run.state)]


def refusals(run: ImportRun) -> str:
    """« 6 refus », « aucun refus »."""
    count = run.report.get("rejected", 0)
    return f"{french.thousands(count)} refus" if count else "aucun refus"


def _plural(count: int, word: str) -> str:
    """« 1 fermeture » for `fermetures`."""
    return f"{french.thousands(count)} {french.plural(count, word.removesuffix('s'), word)}"
