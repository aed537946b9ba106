"""What the directory announces, inside the transaction that does it; only upper storeys listen."""

from django.dispatch import Signal

capacity_changed = Signal()  # sent with `centre`: its number of places, from some week on, is another
