"""The registers (簿冊) that a rulebook may ask evidence in, and what an entry may be about."""

from __future__ import annotations

# code → what people call it in Japanese and English
REGISTERS: dict[str, tuple[str, str]] = {
    "daily": ("日常点検簿", "daily check"),
    "inspection": ("点検記録", "inspection record"),
    "medium": ("記録媒体台帳", "register of media"),
    "stock": ("棚卸し記録", "stock-take"),
    "disposal": ("記録媒体廃棄記録", "disposal of media"),
    "replacement": ("記録媒体交換記録", "replacement of media"),
    "takeout": ("持ち出し簿", "take-out register"),
    "print": ("印刷物台帳", "register of prints"),
    "entrant": ("立入許可者名簿", "list of persons permitted to enter"),
    "entry": ("立入記録", "entry log"),
    "key": ("鍵の管理簿", "key register"),
    "measure": ("措置の記録", "protective measures"),
    "removal": ("撤去記録", "removal record"),
    "review": ("見直し・確認の記録", "review record"),
    "vendor": ("業者説明の記録", "vendor's explanation"),
    "contract": ("委託契約の記録", "contracts"),
    "publication": ("公表の記録", "publication record"),
    "instruction": ("別途通知の記録", "separate notices"),
    "attestation": ("確認書", "attestation"),
    "evidence": ("その他の証拠", "other evidence"),
}

EACH = ("camera", "terminal", "medium", "place")  # a piece of evidence for every one of these
EVENTS = frozenset(
    "each-" + what
    for what in [
        "appointment",
        "camera",
        "checkout",
        "complaint",
        "contract",
        "dismissal",
        "disposal",
        "doubt",
        "edition",
        "incident",
        "inspection",
        "maintenance",
        "medium",
        "night-provision",
        "objection",
        "pause",
        "premises",
        "print",
        "provision",
        "recording",
        "removal",
        "request",
        "return",
        "takeout",
    ]
)
PROJECT_END = "project-end"
