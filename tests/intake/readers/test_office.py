"""Old Word files through LibreOffice: the same records as from the new format."""

import pytest

from tawsiya.intake.readers import office, sandbox
from tawsiya.intake.readers.records import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 2000
needs_office = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")


def test_old_word_files_are_known_by_their_streams():
    assert office.is_old_word(BROKEN)
    assert not office.is_old_word(BROKEN + "EncryptedPackage".encode("utf-16-le"))
    assert not office.is_old_word(OLE + "Workbook".encode("utf-16-le"))


def test_without_libreoffice_the_way_out_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableFile, match="LibreOffice is not installed here"):
        sandbox.read(BROKEN)


@needs_office
@pytest.mark.slow
def test_a_damaged_file_is_refused_in_a_sentence():
    with pytest.raises(UnreadableFile) as refused:
        sandbox.read(BROKEN)
    assert refused.value.code in ("legacy_word_failed", "not_a_matrix")


@needs_office
@pytest.mark.slow
def test_a_real_matrix_gives_the_same_records_in_both_formats(shared_data):
    folder = shared_data / "ohchr_matrices"
    old, new = folder / "UPR20_Egypt_matrix.doc", folder / "UPR20_Egypt_matrix.docx"
    if not (old.is_file() and new.is_file()):
        pytest.skip("the shared data hold no matrix in both formats")
    of_old = sandbox.read(old.read_bytes(), filename="UPR20_Egypt_matrix.docx")
    of_new = sandbox.read(new.read_bytes(), filename="UPR20_Egypt_matrix.docx")
    assert len(of_new.records) == 300
    assert of_old == of_new
