"""Index of the tables, so that Django finds them; nobody else imports it."""

from hokanko.cameras.models import Camera
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.jobs.models import Job
from hokanko.ledger.models import Checkpoint, Entry, Opening
from hokanko.people.models import (
    Appointment,
    Card,
    Oath,
    Organisation,
    Person,
    Terminal,
    Training,
)
from hokanko.provision.models import Provision, ProvisionFile
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.rules.models import Adoption
from hokanko.vault.models import SealedObject
from hokanko.viewing.models import Viewing

__all__ = [
    "Adoption",
    "Appointment",
    "Arrival",
    "Camera",
    "Card",
    "Checkpoint",
    "Entry",
    "Erasure",
    "ErasureCase",
    "Footage",
    "Job",
    "Oath",
    "Opening",
    "Organisation",
    "Person",
    "Provision",
    "ProvisionFile",
    "SealedObject",
    "Terminal",
    "Training",
    "Viewing",
]
