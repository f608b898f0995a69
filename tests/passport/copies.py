"""What telephones send as the copy of something signed on paper, and what is none."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4"
NO_COPIES = pytest.mark.parametrize(
    "content", [b"", b"x", b"<svg onload=alert(1)>", b"%PDF-1.4 /JavaScript", b"PK\x03\x04", b"\xff\xd8\xff\xe0broken"]
)


def picture(size=(60, 40)):
    file = BytesIO()
    Image.new("RGB", size, "white").save(file, "JPEG")
    return SimpleUploadedFile("IMG.jpg", file.getvalue(), content_type="image/jpeg")


def too_heavy():
    return SimpleUploadedFile("copie.pdf", b"%PDF-" + b"x" * 10 * 1024 * 1024)
