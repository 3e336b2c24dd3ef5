"""What a notice page says: taken from the rulebook in force, so that it cannot promise another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hokanko.cameras.models import Camera, Site
from hokanko.formats.era import both
from hokanko.people.models import Organisation
from hokanko.public.models import Notice
from hokanko.rules.decide import rules_at
from hokanko.rules.spoken import spoken, words
from hokanko.rules.text import paragraphs

JOINT = ("statement", "items", "parties", "purpose", "responsible")
HOUSEHOLD = "home"  # its installer is a private person, whose name is nobody's business
PROJECT = "project.start"
KEPT_BACK = {
    "posts.manager_name",
    "posts.deputy_name",
    "posts.operator_names",
    "disposal.must_include",
    "storage.places",
}
SENTENCE = "防犯のため、次の事業者と共同で個人データを利用します。"


@dataclass(frozen=True, slots=True)
class Row:
    """One matter of the page."""

    label: Promise
    words: tuple[str, ...]


class Facts:
    """The rulebook of a site's organisation with everything settled."""

    def __init__(self, org: Organisation) -> None:
        rules = rules_at(org.pk)
        self.org, self.book, self.adopted = org, rules.book, rules.values
        self.values = self.book.effective(self.adopted)

    def texts(self, name: str) -> tuple[str, ...]:
        """A parameter as texts; nothing where it is not filled, or unknown to the book."""
        value = self.values.get(name)
        if value in (None, "", ()):
            return ()
        return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),)

    def is_on(self, name: str) -> bool:
        """Whether a choice is switched on."""
        return self.values.get(name) is True

    @property
    def purposes(self) -> tuple[str, ...]:
        """What the cameras are for, in words; some books name purposes by their letters."""
        named = {p.id: spoken(p) for p in self.book.purposes}
        listed = tuple(named.get(text, text) for text in self.texts("purpose.list"))
        return listed + (self.texts("purpose.watch") if self.is_on("face.enabled") else ())

    @property
    def who(self) -> str:
        """Who films; a household is not named."""
        if self.book.code == HOUSEHOLD:
            return gettext("この家の設置者")
        return next(iter(self.texts("org.name")), self.org.name)

    @property
    def title(self) -> str:
        """What the rules are called."""
        return words(self.book.title_ja, self.book.title_en)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that take part (実施所属): those of a headquarters, or the unit itself."""
        if self.org.kind == "hq":
            return tuple(self.org.units.order_by("code").values_list("name", flat=True))
        return (self.org.name,)

    @property
    def period(self) -> str:
        """How long the project lasts; "" where no day is set."""
        begins, months = self.texts(PROJECT), self.values.get("project.months")
        ends = self.texts("project.end")
        if not begins or not months:
            return ""
        shown = _day(self.values[PROJECT])
        if ends:
            last = _day(self.values["project.end"])
            return gettext("%(day)sから%(last)sまで") % {"day": shown, "last": last}
        return gettext("%(day)sから%(months)sか月間") % {"day": shown, "months": months}

    @property
    def retention(self) -> str:
        """How long recordings are kept."""
        days = self.values["retention.days"]
        words = {
            "exact": gettext("%(days)s日間（過ぎると自動で消去します）"),
            "upper": gettext("%(days)s日以内（必要がなくなれば消去します）"),
            "approx": gettext("おおむね%(days)s日間（過ぎると消去します）"),
        }
        return words[str(self.values["retention.mode"])] % {"days": days}


def joint_of(facts: Facts, statement: str) -> dict[str, object]:
    """The five matters of joint use as they would be published; empty where it is off."""
    if not facts.is_on("joint.enabled"):
        return {}
    return {
        "statement": statement.strip(),
        "items": list(facts.texts("joint.items")),
        "parties": list(facts.texts("joint.parties")),
        "purpose": list(facts.texts("purpose.watch") or facts.texts("purpose.list")),
        "responsible": next(iter(facts.texts("joint.responsible")), ""),
    }


def missing(facts: Facts, contact: str, joint: Mapping[str, object]) -> list[str]:
    """The matters the page would lack, by the names that the policies know."""
    there: dict[str, object] = {
        "who": facts.who,
        "content": facts.book.title_ja,
        "purpose": facts.purposes,
        "contact": contact.strip(),
    }
    if _is_project(facts):
        there |= {"units": facts.units, "period": facts.period, "rules": facts.book.title_ja}
    there |= {f"joint.{name}": value for name, value in joint.items()}
    return [name for name, value in there.items() if not value]


def is_stale(facts: Facts, notice: Notice) -> bool:
    """Whether joint use as agreed now differs from what was published."""
    said = str(notice.joint.get("statement", ""))
    return bool(joint_of(facts, said) != notice.joint)


def rows(site: Site, facts: Facts, notice: Notice) -> list[Row]:
    """The page, matter by matter, in the order in which a passer-by asks."""
    return [row for row in _rows(site, facts, notice) if any(row.words)]


def _rows(site: Site, facts: Facts, notice: Notice) -> list[Row]:
    face = facts.is_on("face.enabled")
    cameras = Camera.objects.filter(site=site, retired_at=None).count()
    project = _is_project(facts)
    return [
        Row(_("取得する者（設置者）"), (facts.who,)),
        Row(_("責任者の役職"), _posts(facts)),
        Row(_("場所"), _place(site, facts)),
        Row(_("カメラの台数"), (str(cameras),) if cameras else ()),
        Row(_("目的"), facts.purposes),
        Row(_("映像の内容"), (_content(facts, face),)),
        Row(_("顔認証"), (_face(face),) if "face.notice" in facts.values else ()),
        Row(_("音声"), (_sound(facts),)),
        Row(_("保存する期間"), (facts.retention,)),
        Row(_("実施所属"), facts.units if project else ()),
        Row(_("実施期間"), (facts.period,) if project else ()),
        Row(_("従う規程"), (words(facts.book.title_ja, facts.book.title_en),)),
        Row(_("苦情・開示等の請求"), (gettext("下の問い合わせ先で受け付け、記録して答えます。"),)),
        Row(_("問い合わせ先"), tuple(notice.contact.splitlines())),
    ]


def joint_rows(notice: Notice) -> list[Row]:
    """The five matters of joint use as published; none where there is no joint use."""
    told = {name: notice.joint.get(name) for name in JOINT}
    if not any(told.values()):
        return []
    labels = (_("共同利用する旨"), _("データの項目"), _("利用する者の範囲"), _("利用の目的"))
    shown = [*labels, _("責任を負う者（名称、住所、代表者）")]
    return [
        Row(label, tuple(value) if isinstance(value, list) else (str(value),))
        for label, value in zip(shown, told.values(), strict=True)
    ]


def outline(facts: Facts) -> list[tuple[bool, str]]:
    """The rules themselves, paragraph by paragraph: (is a heading, words).

    Who holds a post, and where recorders and media are kept, stays blank: that is not for thieves.
    """
    known = {row.name for row in facts.book.parameters}
    told = {**facts.adopted, **dict.fromkeys(known & KEPT_BACK)}
    if facts.book.code == HOUSEHOLD:
        told |= {"org.name": facts.who, "camera.places": None}
    found = paragraphs(facts.book, told)
    return [(each.text.startswith("#"), each.text.lstrip("# ")) for each in found]


def _day(value: object) -> str:
    """A date as the page's language writes it."""
    return str(value) if get_language() == "en" else both(value)  # type: ignore[arg-type]


def _is_project(facts: Facts) -> bool:
    """Whether the document is one of a project with a beginning and an end."""
    return PROJECT in facts.values and facts.book.parameter(PROJECT).applies


def _place(site: Site, facts: Facts) -> tuple[str, ...]:
    """Where the cameras are; not of a household, nor where the page is of the whole body."""
    if facts.book.code == HOUSEHOLD or site.name == facts.org.name:
        return ()
    return (site.name, site.address)


def _posts(facts: Facts) -> tuple[str, ...]:
    posts = facts.texts("complaint.owner")
    if get_language() != "en":
        return posts
    return tuple(facts.book.post(post).en for post in posts)


def _content(facts: Facts, face: bool) -> str:  # noqa: FBT001 it is what the sentence is about
    if not facts.texts("sign.places"):
        return gettext("防犯カメラの映像")
    if face:
        return gettext("カメラに写った人の姿と、そこから作る顔のデータ")
    return gettext("カメラに写った人の姿")


def _face(face: bool) -> str:  # noqa: FBT001 as above
    if face:
        return gettext("顔認証を使っています。顔のデータは、上の目的だけに使います。")
    return gettext("使っていません。")


def _sound(facts: Facts) -> str:
    on = facts.is_on("capture.audio")
    return gettext("記録しています。") if on else gettext("記録していません。")
