"""Verbs of what stands on record before powers are used: the oath and the training."""

from __future__ import annotations

from datetime import date, datetime, time

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.people.attach import Scan, enclose
from hokanko.people.models import Oath, Person, Training
from hokanko.people.queries import thing_of_person
from hokanko.people.standing import topics_of
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adoption, parameter, require
from hokanko.rules.verb import verb


@verb("person.swear")
def swear(
    person: Person, *, form: str = "oath", article: str = "", scan: Scan | None = None, by: Actor
) -> Oath:
    """Take a person's confidentiality undertaking, or note the work rule that binds him.

    It survives every post. `form` is "oath" or "work-rules"; the latter names its `article`.
    `scan` is the signed paper. Raises Conflict for work rules that do not serve, and for a scan
    that is no paper.
    """
    permit = require(by, "person.swear", thing_of_person(person))
    wanted = parameter(person.org_id, "oath.required")
    if form == "work-rules" and (wanted != "yes-or-work-rules" or not article.strip()):
        raise Conflict(
            "就業規則で足りるのは、規程がそれを認め、どの条によるかを書いたときだけです。",
            "Work rules serve only where the rulebook allows them and the article is named.",
            mend_ja="誓約書を受けるか、就業規則の条を書いてください。",
            mend_en="Take an oath, or name the article.",
        )
    now = adoption(person.org_id)
    edition = now.fingerprint if now else ""
    oath = Oath.objects.create(
        person=person, signed_at=clock.now(), form=form, article=article, fingerprint=edition
    )
    if scan is not None:
        enclose(oath, scan)
        oath.save()
    permit.write(
        "oath.signed",
        facts={
            "person": str(person.pk),
            "form": form,
            "article": article,
            "edition": edition,
            "sha256": oath.file_sha256,
        },
    )
    return oath


@verb("person.train")
def train(
    person: Person,
    topic: str = "",
    *,
    content: str = "",
    quizzed: bool = False,
    held_on: date | None = None,
    valid_until: date | None = None,
    trainer: str = "",
    by: Actor,
) -> Training:
    """Record training that a person has had; `trainer` is who taught, else who records.

    No `topic` means all that the rulebook asks for. `quizzed` says that the questions of the
    rulebook's sheet were put and answered. Raises Conflict for a topic nobody named, for a day to
    come, and for one taught by himself.
    """
    himself = by.id == str(person.pk) or trainer.strip() == person.name
    permit = require(by, "person.train", thing_of_person(person), himself=himself)
    said = topic.strip() or "・".join(topics_of(person.org_id))
    day = held_on or clock.today()
    if not said:
        raise Conflict("何についての教育かを書いてください。", "Say what the training was about.")
    if day > clock.today() or (valid_until is not None and valid_until < day):
        raise Conflict(
            "受けた日が先の日か、有効期限が受けた日より前です。",
            "The day of training lies ahead, or its validity ends before it.",
        )
    training = Training.objects.create(
        person=person,
        topic=said,
        content=content.strip(),
        quizzed=quizzed,
        held_at=clock.now() if day == clock.today() else datetime.combine(day, time(), clock.TOKYO),
        valid_until=valid_until,
        trainer=trainer.strip() or by.name,
    )
    permit.write(
        "training.held",
        facts={
            "person": str(person.pk),
            "topic": said,
            "content": content.strip(),
            "on": str(day),
            "valid_until": str(valid_until) if valid_until else None,
            "quizzed": quizzed,
        },
    )
    return training
