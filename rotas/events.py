"""What the rota announces, inside the transaction that does it; only upper storeys listen."""

from django.dispatch import Signal

assignment_changed = Signal()  # sent with `assignment`: made, moved, confirmed or cancelled
