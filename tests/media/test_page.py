"""A page of an uploaded PDF becomes a picture in the jail; what is hostile is refused in words."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from hokanko.errors import Unsound
from hokanko.media import redraw
from hokanko.media.jail import Limits
from hokanko.papers.press import FONTS


def paper(*pages: str, box: str = "0 0 400 200", trailer: str = "", fonts: str = "") -> bytes:
    """A PDF with pages of these drawing operators."""
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(len(pages)))
    parts = ["<< /Type /Catalog /Pages 2 0 R >>"]
    parts.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    for i, drawn in enumerate(pages):
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {4 + 2 * i} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>"
        )
        parts.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n".encode()
    start, size = len(body), len(parts) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    body += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    ends = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return bytes(body) + ends.encode()


LETTERS = (FONTS / "BIZUDPGothic-Regular.ttf").read_bytes()
RED = "1 0 0 rg 0 0 200 200 re f"  # the left half
BLUE = "0 0 1 rg 0 0 400 100 re f"  # the lower half
LOCKED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >>"
)


def drawn(content: bytes, number: int = 1, widest: int = 200) -> Image.Image:
    picture = Image.open(io.BytesIO(redraw.page(content, number, widest).body))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def test_the_chosen_page_is_drawn_as_wide_as_asked() -> None:
    both = paper(RED, BLUE)
    first, second = drawn(both), drawn(both, 2)
    assert first.size == second.size == (200, 100)
    assert (first.getpixel((20, 20)), first.getpixel((180, 20))) == ((255, 0, 0), (255, 255, 255))
    assert (second.getpixel((20, 20)), second.getpixel((20, 80))) == ((255, 255, 255), (0, 0, 255))


def unbrought(order: str, encoding: str) -> str:
    """A font of that country's letters, named and not brought along."""
    told = f"/CIDSystemInfo << /Registry (Adobe) /Ordering ({order}) /Supplement 2 >>"
    about = "/FontDescriptor << /Type /FontDescriptor /FontName /Gothic /Flags 4 /StemV 100 >>"
    letters = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Gothic {told} {about} >>"
    name = f"/Type /Font /Subtype /Type0 /BaseFont /Gothic /Encoding /{encoding}"
    return f"/F << {name} /DescendantFonts [{letters}] >>"


def writing(words: str) -> str:
    return f"BT /F 60 Tf 20 100 Td <{words.encode('utf-16-be').hex()}> Tj ET"


def has_ink(content: bytes, font: bytes = b"") -> bool:
    picture = Image.open(io.BytesIO(redraw.page(content, 1, 200, font=font).body))
    return any(picture.convert("L").histogram()[:128])


def test_what_a_plan_says_in_a_latin_font_of_its_reader_is_drawn() -> None:
    plan = paper(
        "BT /F 60 Tf 20 100 Td (EXIT A) Tj ET",
        fonts="/F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    assert has_ink(plan)
    assert redraw.page(plan, 1, 200).unwritten == 0


def test_japanese_that_brings_no_font_is_written_with_the_one_lent() -> None:
    plan = paper(writing("出入口"), fonts=unbrought("Japan1", "UniJIS-UCS2-H"))
    assert not has_ink(plan)
    assert redraw.page(plan, 1, 200).unwritten == 3
    assert has_ink(plan, LETTERS)
    assert redraw.page(plan, 1, 200, font=LETTERS).unwritten == 0


def test_letters_for_which_no_font_is_here_are_counted() -> None:
    plan = paper(writing("출구"), fonts=unbrought("Korea1", "UniKS-UCS2-H"))
    assert not has_ink(plan, LETTERS)
    assert redraw.page(plan, 1, 200, font=LETTERS).unwritten == 2


def test_an_odd_width_keeps_its_rows_straight() -> None:
    odd = drawn(paper(RED, box="0 0 400 399"), widest=333)
    assert odd.size == (333, 332)
    assert all(odd.getpixel((10, y)) == (255, 0, 0) for y in (170, 250, 330))
    assert all(odd.getpixel((300, y)) == (255, 255, 255) for y in (0, 170, 331))


@pytest.mark.parametrize(
    ("content", "number", "words"),
    [
        (paper(RED), 2, "1ページまで"),
        (paper(*[RED] * 501), 1, "ページが多すぎます"),
        (paper(RED, trailer=LOCKED), 1, "パスワード"),
        (paper(), 1, "読めません"),
        (paper(RED, box="0 0 0.01 9000"), 1, "読めません"),
        (b"%PDF-1.7\n", 1, "読めません"),
        (b"", 1, "読めません"),
        (b"%PDF-" + bytes(redraw.MOST_BYTES), 1, "大きすぎます"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_words(content: bytes, number: int, words: str) -> None:
    with pytest.raises(Unsound, match=words) as no:
        redraw.page(content, number, 200)
    assert no.value.en.isascii()


def test_a_page_that_is_never_done_is_given_up_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redraw, "_LIMITS", Limits(wall_s=0.01))
    with pytest.raises(Unsound, match="描き終えられません"):
        redraw.page(paper(RED), 1, 200)


def test_a_page_of_a_million_points_is_drawn_no_larger() -> None:
    assert max(drawn(paper(RED, box="0 0 1000000 500000")).size) == 200


def test_a_picture_is_no_pdf_and_a_pdf_no_picture() -> None:
    assert redraw.is_pdf(b"junk\n" + paper(RED))
    assert not redraw.is_pdf(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(Unsound, match="PNG"):
        redraw.png(paper(RED), 200)
