"""Organisations, persons, the posts they hold, their cards, and the terminals they sit at."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac


class Organisation(models.Model):
    """A unit (所属), or the headquarters over units. Which kinds there are, its rulebook says."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, default="station", help_text="a kind of its rulebook")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")
    remote_since = models.DateTimeField(null=True, help_text="reached from outside; null: not")


class Person(AbstractBaseUser):
    """A registered person. The account alone gives no power: posts do (I9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    section = models.CharField(max_length=40, blank=True, help_text="係")
    telephone = models.CharField(max_length=20, blank=True, help_text="警電")
    contractor = models.ForeignKey(
        "hokanko.Contractor", models.PROTECT, null=True, related_name="people"
    )
    registered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    failed_logins = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    session_epoch = models.PositiveIntegerField(
        default=0, help_text="counts up when every open login of this person ends"
    )

    USERNAME_FIELD = "login"

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django reads it as an attribute
        return self.retired_at is None

    def get_session_auth_hash(self) -> str:
        """Django compares it at every request: another epoch, and the login is over."""
        message = f"{self.password}/{self.session_epoch}"
        return salted_hmac("hokanko.people.login", message, algorithm="sha256").hexdigest()


class SecondFactor(models.Model):
    """What an authenticator app shares with a person's login, proven by a first code."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="factor")
    secret = models.BinaryField(help_text="sealed")
    last_step = models.BigIntegerField(help_text="of the newest code taken: none counts twice")
    recovery = models.JSONField(default=list, help_text="digests of the one-time codes left")
    set_at = models.DateTimeField()


class Knock(models.Model):
    """Wrong passwords from one address (門前払い): how many lately, and whether it is shut."""

    place = models.CharField(max_length=64, unique=True, help_text="digest of the address")
    since = models.DateTimeField(help_text="when the count began")
    wrong = models.PositiveIntegerField(default=0)
    shut_until = models.DateTimeField(null=True)


class Appointment(models.Model):
    """A post held at an organisation from `since` until `until`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    org = models.ForeignKey(Organisation, models.PROTECT)
    post = models.CharField(max_length=40)
    appointed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "org", "post"],
                condition=models.Q(until=None),
                name="one_running_appointment",
            )
        ]


class Enclosed(models.Model):
    """A row that a scan or photograph of the signed paper may be filed with, sealed."""

    file = models.BinaryField(null=True, help_text="the signed paper, sealed")
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=60, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class Oath(Enclosed):
    """A confidentiality undertaking; it survives the post."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="oaths")
    signed_at = models.DateTimeField()
    form = models.CharField(max_length=16, default="oath", help_text="oath | work-rules")
    article = models.CharField(max_length=60, blank=True, help_text="就業規則 第○条, if it binds")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="edition sworn under")
    reminded_at = models.DateTimeField(null=True, help_text="at leaving: told that it goes on")


class Reminder(Enclosed):
    """That somebody who left a post was told that secrecy goes on, with the paper signed then."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    told_at = models.DateTimeField()


class Training(models.Model):
    """Education (教養) that a person has had."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="trainings")
    topic = models.CharField(max_length=80)
    content = models.CharField(max_length=200, blank=True, help_text="what was taught, and how")
    quizzed = models.BooleanField(default=False, help_text="answered the questions of the sheet")
    held_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    trainer = models.CharField(max_length=60, blank=True, help_text="who taught; never oneself")


class Acknowledgement(models.Model):
    """That a person has read the edition in force."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="acknowledgements")
    adoption = models.ForeignKey("hokanko.Adoption", models.PROTECT, related_name="+")
    read_at = models.DateTimeField()


class Contractor(models.Model):
    """An outside firm (受託者) that touches cameras or footage for an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey(Organisation, models.PROTECT, related_name="contractors")
    name = models.CharField(max_length=80)
    work = models.CharField(max_length=120, help_text="what it does: maintenance, installing …")
    since = models.DateField()
    until = models.DateField(null=True)


class ContractorDocument(Enclosed):
    """A paper of a contractor: the contract, the agreement of secrecy, the signed hand-out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, help_text="contract | secrecy | handout")
    signed_on = models.DateField()
    valid_until = models.DateField(null=True)
    complies = models.BooleanField(default=False, help_text="it makes our rules a condition")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class WorkOrder(models.Model):
    """Work that a contractor has been called for (保守の依頼)."""

    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="orders")
    what = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class Card(models.Model):
    """The 2D-code card of a wearing officer: a random, revocable number, no name in it."""

    code = models.CharField(max_length=40, primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="cards")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Terminal(Enclosed):
    """A management PC (管理用パソコン), known by a secret in its browser.

    Filed with it is the photograph of its security wire.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    org = models.ForeignKey(Organisation, models.PROTECT)
    name = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    wire_checked_on = models.DateField(help_text="day on which its security wire was seen")
    charger = models.CharField(max_length=60, blank=True, help_text="multi-charger beside it")
    code_digest = models.CharField(max_length=64, blank=True, help_text="one-time enrolment code")
    secret_digest = models.CharField(max_length=64, blank=True, db_index=True)
    enrolled_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
