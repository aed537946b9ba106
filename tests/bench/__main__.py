"""`make bench`: prints the table of ratios and keeps it in `$DATA_DIR/bench.json`."""

import json
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"


def main() -> None:
    """Build a scratch database, time each case, drop it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        figures = _measure()
    finally:
        runner.teardown_databases(databases)
    path = Path(os.environ.get("BENCH_DIR", "var")) / "bench.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({figure.name: figure.as_json() for figure in figures}, indent=2))
    print(f"{connection.vendor}, rapports au plancher → {path}")


def _measure() -> list:
    from tests.bench import cases, combobox, saving
    from tests.bench.harness import HEADING

    year = cases.prepare()
    print(HEADING)
    figures = []
    for group in (lambda: cases.grids(year), cases.pages, saving.cell_save, combobox.now, combobox.large):
        for figure in group():
            figures.append(figure)
            print(figure.line(), flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
