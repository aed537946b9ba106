"""What the house knows of people, places, changes and messages."""

from directory.models.book import Change, ChangeSet
from directory.models.carnet import CentreLink, EmergencyLine, Practice, Professional, Structure
from directory.models.centres import Capacity, Centre
from directory.models.doctors import Doctor, DoctorWord
from directory.models.imports import ImportFile, ImportLine, ImportRun
from directory.models.messages import OutgoingMessage
from directory.models.people import Membership, User
from directory.models.public import PublicStamp
from directory.models.tasks import Task

__all__ = [
    "Capacity",
    "Centre",
    "CentreLink",
    "Change",
    "ChangeSet",
    "Doctor",
    "DoctorWord",
    "EmergencyLine",
    "ImportFile",
    "ImportLine",
    "ImportRun",
    "Membership",
    "OutgoingMessage",
    "Practice",
    "Professional",
    "PublicStamp",
    "Structure",
    "Task",
    "User",
]
