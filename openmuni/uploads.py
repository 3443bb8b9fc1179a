"""What staff upload, made anew from what it holds: its name is not believed, its metadata is gone.

Imports none of the apps.
"""

import io
import struct
import zlib
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

MAX_BYTES = 10_000_000
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 2000  # pixels
SMALL_SIDE = 480

CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "webp": "image/webp"}
FORMATS = {"pdf": "PDF", "jpg": "JPEG", "webp": "WebP"}
PICTURES = {"jpg", "webp"}

# What a name may end in, by the format that the content shows.
_ENDINGS = {
    "PDF": {".pdf"},
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "PNG": {".png"},
    "WebP": {".webp"},
}
# In a PDF: who made it and with what, programs, and files within the file.
_HIDDEN = (
    "/Metadata",
    "/PieceInfo",
    "/OpenAction",
    "/AA",
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/AF",
)
_TOO_MANY_PIXELS = _("This picture has more than 25 million pixels: make it smaller.")
_LOCKED = _("This document is locked by a password: save it without one.")
# The libraries fail in their own ways on what is not quite a PDF or a picture.
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    PyPdfError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def remade(file) -> ContentFile:
    """`file`, of which nothing but the visible is left: a PDF, or a JPEG or WebP of 2000 px at most.

    The name of the answer ends in a key of CONTENT_TYPES. Raises ValidationError, in words for
    staff, for what is too large, of another format than it says, locked or damaged.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 10 MB."))
    file.seek(0)
    content = file.read()
    found = _format_of(content)
    if found is None:
        raise ValidationError(
            _("This file is neither a PDF document nor a picture (JPEG, PNG or WebP).")
        )
    ending = Path(file.name or "").suffix.lower()
    if ending and ending not in _ENDINGS[found]:
        raise ValidationError(
            _("The name of this file ends in %(ending)s, but what it holds is %(format)s."),
            params={"ending": ending, "format": found},
        )
    return _pdf(content) if found == "PDF" else _picture(content)


def small(file) -> bytes:
    """The picture in `file`, which `remade` made, as a JPEG of 480 px at most."""
    with Image.open(file) as image:
        image.draft("RGB", (2 * SMALL_SIDE, 2 * SMALL_SIDE))
        image.thumbnail((SMALL_SIDE, SMALL_SIDE))
        return _written(_flat(image), "JPEG", quality=80)


def _format_of(content):
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    return None


# --- Pictures --------------------------------------------------------------------------------


def _picture(content):
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_TOO_MANY_PIXELS)
            return _remade_picture(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ValidationError(_TOO_MANY_PIXELS) from bomb
    except _UNREADABLE as damage:
        raise ValidationError(_("This picture is damaged and cannot be read.")) from damage


def _remade_picture(image):
    is_photograph = image.format in {"JPEG", "MPO"}
    image = ImageOps.exif_transpose(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if is_photograph:
        return ContentFile(_written(_flat(image), "JPEG", quality=85), "picture.jpg")
    # A drawing keeps its sharp edges and what is see-through in it.
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return ContentFile(_written(image, "WEBP", quality=90), "picture.webp")


def _flat(image):
    """The picture in the colours of a JPEG; what is see-through lies on white."""
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        image = Image.new("RGBA", image.size, "white")
        image.alpha_composite(seen)
    return image if image.mode == "L" else image.convert("RGB")


def _written(image, form, **options):
    # Place, camera, author, comment and colour profile would be copied along.
    image.info.clear()
    target = io.BytesIO()
    image.save(target, form, exif=b"", **options)
    return target.getvalue()


# --- PDF -------------------------------------------------------------------------------------


def _pdf(content):
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise ValidationError(_LOCKED)
        if not len(reader.pages):
            raise ValueError
        return ContentFile(_remade_pdf(reader), "document.pdf")
    except DependencyError as lock:
        # The library lacks what it would open the lock with; it is not to be opened anyway.
        raise ValidationError(_LOCKED) from lock
    except _UNREADABLE as damage:
        raise ValidationError(_("This document is damaged and cannot be read.")) from damage


def _remade_pdf(reader):
    """The pages and what they need; older states of the file are not taken along."""
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for part in writer._objects:
        if isinstance(part, DictionaryObject):
            for key in _HIDDEN:
                part.pop(key, None)
        if isinstance(part, StreamObject) and _is_jpeg(part):
            part._data = _without_metadata(part._data)
    # What nothing names any more would be written all the same.
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _is_jpeg(stream):
    filters = stream.get("/Filter")
    return filters in ("/DCTDecode", ["/DCTDecode"])


def _without_metadata(jpeg):
    """The same picture without the segments for EXIF and XMP (APP1), IPTC (APP13) and comments."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in {0xE1, 0xED, 0xFE}:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])
