"""What staff upload: known by its content, made anew, nothing left but what is seen."""

import io
import struct
import subprocess
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from weasyprint import HTML

from openmuni import uploads

GPS, GPS_LATITUDE, ORIENTATION, ARTIST = 0x8825, 2, 0x0112, 0x013B


def picture(form, size=(300, 200), **options) -> bytes:
    """A picture, red on its left side and blue on its right."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle([0, 0, size[0] // 2, size[1]], fill="red")
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def photograph(*, orientation=1) -> bytes:
    """A JPEG as a telephone makes it: place, author, comment."""
    exif = Image.Exif()
    exif[ARTIST], exif[ORIENTATION] = "Karima Testi", orientation
    exif.get_ifd(GPS)[GPS_LATITUDE] = (33.0, 35.0, 12.0)
    return picture("JPEG", exif=exif, comment=b"Karima Testi", xmp=b"<x>Karima Testi</x>")


def document(html="<h1>محضر اللقاء</h1><p>Procès-verbal</p>") -> bytes:
    """A PDF with an author, written by WeasyPrint."""
    head = "<title>Minutes</title><meta name=author content='Karima Testi'>"
    return HTML(string=f"<html><head>{head}</head><body>{html}</body></html>").write_pdf()


def remade(content, name):
    return uploads.remade(ContentFile(content, name))


def opened(file):
    return Image.open(io.BytesIO(file.read()))


def refusal(content, name) -> str:
    with pytest.raises(ValidationError) as refused:
        remade(content, name)
    with translation.override(None):
        (message,) = refused.value.messages
    return message


def run(*command, folder) -> None:
    subprocess.run([*command], cwd=folder, check=True, capture_output=True)


# --- Pictures ------------------------------------------------------------------------------------


def test_a_photograph_loses_its_place_and_its_author():
    before = photograph()
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(GPS)
    after = remade(before, "p.jpg")
    assert b"Karima" not in after.read()
    after.seek(0)
    image = opened(after)
    assert (dict(image.getexif()), image.info.get("comment")) == ({}, None)


def test_a_photograph_that_lay_on_its_side_stands_up():
    # 6: the top of what is seen is at the right of what is stored.
    image = opened(remade(photograph(orientation=6), "p.jpg"))
    assert image.size == (200, 300)
    red, blue = image.getpixel((100, 20)), image.getpixel((100, 280))
    assert (red[0] > 200, blue[2] > 200) == (True, True)


def test_a_photograph_is_2000_pixels_at_most():
    assert opened(remade(picture("JPEG", (4000, 1000)), "p.jpg")).size == (2000, 500)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_drawing_becomes_webp(form):
    file = remade(picture(form), f"d.{form.lower()}")
    assert (file.name, opened(file).format) == ("picture.webp", "WEBP")


def test_what_is_written_into_a_drawing_is_gone():
    exif = Image.Exif()
    exif[ARTIST] = "Karima Testi"
    content = picture("PNG", exif=exif, icc_profile=b"Karima Testi" * 20)
    image = opened(remade(content, "d.png"))
    assert (dict(image.getexif()), image.info.get("icc_profile")) == ({}, None)


def test_what_is_see_through_stays_so():
    target = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(target, "PNG")
    assert opened(remade(target.getvalue(), "d.png")).convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_picture_in_the_colours_of_print_is_taken():
    target = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(target, "JPEG")
    assert opened(remade(target.getvalue(), "p.jpeg")).mode == "RGB"


def test_what_hangs_behind_a_picture_is_gone():
    content = picture("JPEG") + b"<script>alert(1)</script>%PDF-1.7"
    assert b"<script>" not in remade(content, "p.jpg").read()


def test_a_picture_of_too_many_pixels_is_refused():
    assert "25" in refusal(picture("PNG", (5001, 5000)), "d.png")


def png_that_says(width, height) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + body


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(side):
    assert "25" in refusal(png_that_says(side, side), "d.png")


def test_a_small_picture_is_480_pixels_at_most():
    file = remade(picture("JPEG", (4000, 3000)), "p.jpg")
    image = Image.open(io.BytesIO(uploads.small(io.BytesIO(file.read()))))
    assert (image.format, image.size) == ("JPEG", (480, 360))


# --- PDF -----------------------------------------------------------------------------------------


def test_a_document_loses_its_author_and_keeps_its_text():
    assert PdfReader(io.BytesIO(document())).metadata.author == "Karima Testi"
    content = remade(document(), "minutes.pdf").read()
    reader = PdfReader(io.BytesIO(content))
    assert (b"Karima" in content, reader.metadata) == (False, None)
    assert "Procès-verbal" in reader.pages[0].extract_text()


def test_a_document_loses_the_metadata_of_xmp():
    writer = PdfWriter(clone_from=io.BytesIO(document()))
    packet = b"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>Karima Testi</x:xmpmeta>"
    writer.xmp_metadata = packet
    target = io.BytesIO()
    writer.write(target)
    assert b"Karima Testi" in target.getvalue()
    assert b"xpacket" not in remade(target.getvalue(), "minutes.pdf").read()


def test_a_photograph_in_a_document_loses_its_place(tmp_path):
    (tmp_path / "p.jpg").write_bytes(photograph())
    base = tmp_path.as_uri() + "/"
    content = HTML(string="<img src='p.jpg'>", base_url=base).write_pdf()
    assert b"Karima" in content
    cleaned = remade(content, "scan.pdf").read()
    assert b"Karima" not in cleaned
    (image,) = PdfReader(io.BytesIO(cleaned)).pages[0].images
    assert image.image.size == (300, 200)


def test_a_document_loses_its_programs_and_the_files_within_it():
    writer = PdfWriter(clone_from=io.BytesIO(document()))
    script = {NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("names.csv", b"Karima Testi")
    target = io.BytesIO()
    writer.write(target)
    content = remade(target.getvalue(), "minutes.pdf").read()
    assert (b"app.alert" in content, PdfReader(io.BytesIO(content)).attachments) == (False, {})


def rewritten(content, author, **options) -> bytes:
    """The document as another program saved it, under the name of another author."""
    writer = PdfWriter(io.BytesIO(content), **options)
    writer.add_metadata({"/Author": author})
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_an_older_state_of_the_document_held_is_gone():
    content = rewritten(rewritten(document(), "Karima Testi"), "Somebody Else", incremental=True)
    assert (b"Karima Testi" in content, b"Somebody Else" in content) == (True, True)
    cleaned = remade(content, "minutes.pdf").read()
    assert (b"Karima" in cleaned, b"Somebody" in cleaned) == (False, False)


def test_a_document_of_another_program_is_read_the_same_after(tmp_path):
    (tmp_path / "a.pdf").write_bytes(document("<p>Une page.</p><p style='break-before:page'>Deux."))
    run("pdftocairo", "-pdf", "a.pdf", "b.pdf", folder=tmp_path)
    (tmp_path / "c.pdf").write_bytes(remade((tmp_path / "b.pdf").read_bytes(), "b.pdf").read())
    run("qpdf", "--check", "c.pdf", folder=tmp_path)
    assert [page.extract_text() for page in PdfReader(tmp_path / "c.pdf").pages] == [
        "Une page.",
        "Deux.",
    ]


def test_a_picture_of_another_program_is_taken(tmp_path):
    (tmp_path / "a.pdf").write_bytes(document())
    for kind, ending in (("-jpeg", "jpg"), ("-png", "png")):
        run("pdftocairo", kind, "-singlefile", "a.pdf", "page", folder=tmp_path)
        file = remade((tmp_path / f"page.{ending}").read_bytes(), f"page.{ending}")
        assert opened(file).width > 1000


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_locked_document_is_refused(tmp_path, password):
    (tmp_path / "a.pdf").write_bytes(document())
    run("qpdf", "--encrypt", password, "owner", "256", "--", "a.pdf", "b.pdf", folder=tmp_path)
    assert "password" in refusal((tmp_path / "b.pdf").read_bytes(), "b.pdf")


@pytest.mark.parametrize("part", [5, 40, 1000])
def test_a_document_that_is_cut_off_is_refused(part):
    assert "damaged" in refusal(document()[:part], "minutes.pdf")


# --- What it is not ------------------------------------------------------------------------------

HTML_PAGE = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML_PAGE, "minutes.pdf"),
        (SVG, "drawing.svg"),
        (SVG, "drawing.png"),
        (b"GIF89a" + HTML_PAGE, "p.jpg"),
        (b"MZ\x90\0", "minutes.pdf"),
        (b"PK\x03\x04", "minutes.pdf"),
        (b"<html>%PDF-1.7", "minutes.pdf"),
        (b"RIFF\0\0\0\0AVI ", "p.webp"),
        (b"%", "minutes.pdf"),
    ],
)
def test_another_kind_of_file_is_refused_whatever_its_name(content, name):
    assert "PDF" in refusal(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (document(), "p.jpg"),
        (picture("JPEG"), "minutes.pdf"),
        (picture("PNG"), "p.jpg"),
        (picture("JPEG"), "page.html"),
        (picture("WEBP"), "drawing.svg"),
    ],
)
def test_a_name_that_says_another_format_is_refused_and_told(content, name):
    assert name[name.index(".") :] in refusal(content, name)


@pytest.mark.parametrize(
    "head",
    [b"\xff\xd8\xff\xe0" + HTML_PAGE, b"\x89PNG\r\n\x1a\n" + SVG, b"RIFF\x10\0\0\0WEBPVP8 " + SVG],
)
def test_a_page_behind_the_first_bytes_of_a_picture_is_refused(head):
    assert "damaged" in refusal(head, "")


def test_a_file_above_ten_megabytes_is_refused_unread():
    assert "10" in refusal(b"%PDF-" + b"\0" * 10_000_000, "minutes.pdf")
