"""What the directory announces, inside the transaction that does it; only upper storeys listen."""

from django.dispatch import Signal

# Sent with `centre`: its number of places, from some week on, is another; and with `entry`, the gesture that is being
# written in the book of changes, when what follows from it should be undone with it. The sender bumps the public stamp.
capacity_changed = Signal()

# Sent with `centres`: the ids of those that the undo of their making is about to delete, with the reasons to keep them
# still in place. What nobody wrote about them goes now; what somebody wrote stays, and the undo is refused.
centre_removed = Signal()
