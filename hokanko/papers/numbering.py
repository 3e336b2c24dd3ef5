"""Automatic numbering in a Word document whose numbers come out as the rules print them."""

from __future__ import annotations

import re

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

KATAKANA = "アイウエオカキクケコ"
WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
CHARACTER_TWIPS = 210  # one full-width character of 10.5 pt, in twentieths of a point
FORMATS = (  # label, w:numFmt (ECMA-376 part 1, 17.18.59), what stands around the number
    (re.compile(r"\((\d+)\)"), "decimal", "(%1)"),
    (re.compile(r"([⑴-⒇])"), "decimalEnclosedParen", "%1"),
    (re.compile(r"([①-⑳])"), "decimalEnclosedCircle", "%1"),
    (re.compile(f"([{KATAKANA}])"), "aiueoFullWidth", "%1"),
    (re.compile(r"([0-9]+)"), "decimal", "%1"),
    (re.compile(r"([０-９]+)"), "decimalFullWidth", "%1"),
)


class Numbering:
    """Gives paragraphs their labels as list numbers, continuing while they count on by one."""

    def __init__(self, word: Word) -> None:
        self._root: BaseOxmlElement = word.part.numbering_part.element
        self._abstract: dict[tuple[str, str, int], int] = {}
        self._running: dict[tuple[str, str, int], tuple[int, int]] = {}

    def restart(self) -> None:
        """Nothing after a heading continues what stood before it."""
        self._running.clear()

    def number(self, paragraph: Paragraph, label: str, depth: int) -> None:
        """Make `label`, such as (1), ア, ① or ●, the paragraph's own number at this depth."""
        shape, text, count = _read(label)
        key = (shape, text, depth)
        last, running = self._running.get(key, (0, 0))
        if running and (shape == "bullet" or count == last + 1):
            instance = running
        else:
            instance = self._instance(key, count)
        self._running[key] = (count, instance)
        for inner in [each for each in self._running if each[2] > depth]:
            del self._running[inner]
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = instance

    def _instance(self, key: tuple[str, str, int], start: int) -> int:
        """A list of this kind that begins at `start`."""
        if key not in self._abstract:
            self._abstract[key] = self._define(*key)
        used = [int(each.get(qn("w:numId"))) for each in self._root.findall(qn("w:num"))]
        instance = max(used, default=0) + 1
        made = _child(self._root, "w:num", numId=instance)
        _child(made, "w:abstractNumId", val=self._abstract[key])
        _child(_child(made, "w:lvlOverride", ilvl=0), "w:startOverride", val=start)
        return instance

    def _define(self, shape: str, text: str, depth: int) -> int:
        """A kind of list; these stand before all lists in the part."""
        kinds = self._root.findall(qn("w:abstractNum"))
        ours = max((int(each.get(qn("w:abstractNumId"))) for each in kinds), default=-1) + 1
        made = OxmlElement("w:abstractNum")
        made.set(qn("w:abstractNumId"), str(ours))
        self._root.insert(len(kinds), made)
        level = _child(made, "w:lvl", ilvl=0)
        _child(level, "w:start", val=1)
        _child(level, "w:numFmt", val=shape)
        _child(level, "w:lvlText", val=text)
        _child(level, "w:lvlJc", val="left")
        left, hanging = (depth + 2) * CHARACTER_TWIPS, 2 * CHARACTER_TWIPS
        _child(_child(level, "w:pPr"), "w:ind", left=left, hanging=hanging)
        return ours


def _read(label: str) -> tuple[str, str, int]:
    """The list format of a label, the text around its number, and the number."""
    for pattern, shape, text in FORMATS:
        if found := pattern.fullmatch(label):
            return shape, text, _count(found[1])
    return "bullet", label, 1


def _count(number: str) -> int:
    for first, size in (("①", 20), ("⑴", 20)):
        if 0 <= ord(number[0]) - ord(first) < size:
            return ord(number[0]) - ord(first) + 1
    if number in KATAKANA:
        return KATAKANA.index(number) + 1
    return int(number.translate(WIDE_DIGITS))


def _child(parent: BaseOxmlElement, name: str, **values: object) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(name)
    for attribute, value in values.items():
        made.set(qn(f"w:{attribute}"), str(value))
    parent.append(made)
    return made
