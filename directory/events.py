"""What the directory announces, inside the transaction that does it; only upper storeys listen."""

from django.dispatch import Signal

# Sent with `centre`: its number of places, from some week on, is another; and with `entry`, the gesture that is being
# written in the book of changes, when what follows from it should be undone with it.
capacity_changed = Signal()
