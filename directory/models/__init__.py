"""What the house knows of people, places, changes and messages."""

from directory.models.book import Change, ChangeSet
from directory.models.carnet import CentreLink, EmergencyLine, Practice, Professional, Structure
from directory.models.centres import Capacity, Centre
from directory.models.doctors import Doctor
from directory.models.messages import OutgoingMessage
from directory.models.people import Membership, User
from directory.models.public import PublicStamp

__all__ = [
    "Capacity",
    "Centre",
    "CentreLink",
    "Change",
    "ChangeSet",
    "Doctor",
    "EmergencyLine",
    "Membership",
    "OutgoingMessage",
    "Practice",
    "Professional",
    "PublicStamp",
    "Structure",
    "User",
]
