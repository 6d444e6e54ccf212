"""What the page refuses before a file is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from highusers.imports.table import MAX_BYTES
from highusers.uploads import forms


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert forms.MAX_BYTES == MAX_BYTES
    monkeypatch.setattr(forms, "MAX_BYTES", 10)
    form = forms.FileForm({}, {"extract": SimpleUploadedFile("uitdraai.csv", b"x" * 11)})
    assert "64 MB" in form.errors["extract"][0]
    form = forms.FileForm({}, {"extract": SimpleUploadedFile("uitdraai.csv", b"x" * 10)})
    assert "extract" not in form.errors
