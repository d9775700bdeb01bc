"""Files that editors bring: pictures are made anew from their pixels, documents must be what their name says."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ..words import say

_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_ZIP = (b"PK\x03\x04",)
_BEGINS = {"pdf": (b"%PDF-",), "docx": _ZIP, "xlsx": _ZIP, "odt": _ZIP}


def make_anew(file: Any) -> SimpleUploadedFile:
    """A picture drawn again from its pixels: nothing else of the file stays, neither places nor anything hidden."""
    ending = file.name.rpartition(".")[2].lower()
    kind = _FORMATS.get(ending)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            with Image.open(file, formats=sorted(set(_FORMATS.values()))) as opened:
                picture = ImageOps.exif_transpose(opened)
                picture.info = {}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        raise ValidationError(say("sites.bad_picture")) from None
    if kind is None:
        raise ValidationError(say("sites.bad_picture"))
    out = BytesIO()
    if kind == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    picture.save(out, kind, quality=90, optimize=True)
    return SimpleUploadedFile(file.name, out.getvalue(), content_type=f"image/{kind.lower()}")


def check_document(file: Any) -> None:
    """Refuse a file that is too large or begins otherwise than its kind does."""
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise ValidationError(say("sites.too_large", most=filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)))
    ending = file.name.rpartition(".")[2].lower()
    file.seek(0)
    begin = file.read(1_000)
    file.seek(0)
    is_right = begin.startswith(_BEGINS[ending]) if ending in _BEGINS else b"\0" not in begin
    if not is_right:
        raise ValidationError(say("sites.bad_file", kind=ending.upper()))


class ImageForm(BaseImageForm):
    """Wagtail's form of a picture."""

    def clean_file(self) -> Any:
        """The picture made anew."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        fresh = make_anew(file)
        # What follows reads the picture's size from it.
        fresh.image = getattr(file, "image", None)
        return fresh


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document."""

    def clean_file(self) -> Any:
        """The file as it came, when it may be kept."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_document(file)
        return file
