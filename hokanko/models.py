"""Index of the tables, so that Django finds them; nobody else imports it."""

from hokanko.audit.models import Evidence
from hokanko.backup.models import StoragePlace
from hokanko.cameras.models import Camera, CameraFrame, Sign, Site
from hokanko.casebook.models import Case, CaseStep
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.jobs.models import Job
from hokanko.ledger.models import Checkpoint, Entry, Opening
from hokanko.people.models import (
    Acknowledgement,
    Appointment,
    Card,
    Contractor,
    ContractorDocument,
    Oath,
    Organisation,
    Person,
    Terminal,
    Training,
    WorkOrder,
)
from hokanko.provision.models import Consent, Provision, ProvisionFile
from hokanko.public.models import Notice
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.rules.models import Adoption
from hokanko.vault.models import SealedObject
from hokanko.viewing.models import Viewing

__all__ = [
    "Acknowledgement",
    "Adoption",
    "Appointment",
    "Arrival",
    "Camera",
    "CameraFrame",
    "Card",
    "Case",
    "CaseStep",
    "Checkpoint",
    "Consent",
    "Contractor",
    "ContractorDocument",
    "Entry",
    "Erasure",
    "ErasureCase",
    "Evidence",
    "Footage",
    "Job",
    "Notice",
    "Oath",
    "Opening",
    "Organisation",
    "Person",
    "Provision",
    "ProvisionFile",
    "SealedObject",
    "Sign",
    "Site",
    "StoragePlace",
    "Terminal",
    "Training",
    "Viewing",
    "WorkOrder",
]
