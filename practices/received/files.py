"""A file that somebody hands in, and the same file for who takes it out."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from practices.received.kinds import MAX_BYTES, kind_of
from practices.states import FileKind

TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
}


def read_upload(upload: UploadedFile) -> bytes:
    """Its bytes; raises `ValidationError`, in words for the field, when it is too large or of a
    kind that is not taken."""
    if (upload.size or 0) > MAX_BYTES:
        raise forms.ValidationError(_("This file is too large. Choose one of up to 5 MB."))
    content = bytes(upload.read())
    if kind_of(content) is None:
        raise forms.ValidationError(_("Choose a file that is a PDF, JPG or PNG."))
    return content


def download(*, content: bytes, kind: str, name: str) -> HttpResponse:
    """Always to be saved, never shown in the page: a browser takes it for nothing else than what
    its content was found to be, and runs nothing of it. `name` is ours, without its ending."""
    return HttpResponse(
        content,
        content_type=TYPES[FileKind(kind)],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
