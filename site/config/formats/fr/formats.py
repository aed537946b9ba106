"""French formats where Django's own differ from the charity's writing: thousands by a narrow no-break space."""

THOUSAND_SEPARATOR = "\u202f"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d"]
