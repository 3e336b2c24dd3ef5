"""Index of the tables, so that Django finds them; nobody else imports it."""

from hokanko.audit.models import Attestation, Evidence
from hokanko.backup.models import StoragePlace
from hokanko.cameras.models import (
    Camera,
    CameraFrame,
    Checkout,
    Examination,
    Hearing,
    Outage,
    PlannedOff,
    Sign,
    Silence,
    Site,
)
from hokanko.casebook.models import Case, CaseReport, CaseStep, Doubt
from hokanko.dock.models import Docking
from hokanko.footage.models import Footage
from hokanko.headquarters.models import ProjectReport
from hokanko.imports.models import Import, ImportFile
from hokanko.intake.models import Arrival
from hokanko.jobs.models import Job
from hokanko.ledger.models import Checkpoint, Entry, Opening
from hokanko.live.models import LiveWatch
from hokanko.people.models import (
    Acknowledgement,
    Appointment,
    Card,
    Contractor,
    ContractorDocument,
    Oath,
    Organisation,
    Person,
    Reminder,
    SecondFactor,
    Terminal,
    Training,
    WorkOrder,
)
from hokanko.provision.models import (
    Clip,
    Consent,
    MaskedStill,
    ProvidedMedium,
    Provision,
    ProvisionFile,
)
from hokanko.public.models import Notice, NoticeDraft
from hokanko.recorder.models import Watcher
from hokanko.retention.models import Erasure, ErasureCase
from hokanko.rules.models import Adoption
from hokanko.shifts.models import (
    Explanation,
    Passage,
    PremisesConsent,
    ShiftClose,
    StandingConsent,
)
from hokanko.vault.models import SealedObject
from hokanko.viewing.models import Viewing, ViewingTurn

__all__ = [
    "Acknowledgement",
    "Adoption",
    "Appointment",
    "Arrival",
    "Attestation",
    "Camera",
    "CameraFrame",
    "Card",
    "Case",
    "CaseReport",
    "CaseStep",
    "Checkout",
    "Checkpoint",
    "Clip",
    "Consent",
    "Contractor",
    "ContractorDocument",
    "Docking",
    "Doubt",
    "Entry",
    "Erasure",
    "ErasureCase",
    "Evidence",
    "Examination",
    "Explanation",
    "Footage",
    "Hearing",
    "Import",
    "ImportFile",
    "Job",
    "LiveWatch",
    "MaskedStill",
    "Notice",
    "NoticeDraft",
    "Oath",
    "Opening",
    "Organisation",
    "Outage",
    "Passage",
    "Person",
    "PlannedOff",
    "PremisesConsent",
    "ProjectReport",
    "ProvidedMedium",
    "Provision",
    "ProvisionFile",
    "Reminder",
    "SealedObject",
    "SecondFactor",
    "ShiftClose",
    "Sign",
    "Silence",
    "Site",
    "StandingConsent",
    "StoragePlace",
    "Terminal",
    "Training",
    "Viewing",
    "ViewingTurn",
    "Watcher",
    "WorkOrder",
]
