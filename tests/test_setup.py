"""The set-up says in one sentence what stops it, and does nothing twice."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The set-up of an empty folder."""
    spec = importlib.util.spec_from_file_location("tools_setup", ROOT / "tools/setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMPS", tmp_path / ".venv/stamps")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv/bin/python")
    return module


def test_an_old_python_is_refused(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "NEEDED", (99, 0))
    monkeypatch.setattr(setup, "NEWER", ())
    assert setup.main() == 1
    said = capsys.readouterr().err
    assert said.startswith("Set-up stopped: Tawsiya needs Python 3.11 or newer and this is Python 3.")
    assert said.count("\n") == 1


def test_a_folder_that_is_no_environment_is_left_alone(
    setup: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/letter.txt").write_text("keep me")
    assert setup.main() == 1
    assert "is no virtual environment of Python" in capsys.readouterr().err
    assert (tmp_path / ".venv/letter.txt").exists()


def test_a_missing_program_is_one_sentence(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup.sys, "executable", shutil.which("false"))
    assert setup.main() == 1
    assert "apt install python3-venv" in capsys.readouterr().err


def test_a_step_is_due_again_only_when_its_inputs_change(setup: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("one")
    (tmp_path / ".venv").mkdir()
    assert not setup.done("step", setup.fingerprint(lock))
    setup.finish("step", setup.fingerprint(lock))
    assert setup.done("step", setup.fingerprint(lock))
    lock.write_text("two")
    assert not setup.done("step", setup.fingerprint(lock))


def test_an_npm_too_old_or_broken_counts_as_none(setup: ModuleType, tmp_path: Path) -> None:
    for answer, major in (("6.14.4", 6), ("11.2.0", 11), ("nothing", 0)):
        program = tmp_path / "npm"
        program.write_text(f"#!/bin/sh\necho {answer}\n")
        program.chmod(0o755)
        assert setup._major(str(program)) == major
    assert setup._major(str(tmp_path / "absent")) == 0
    assert sys.version_info >= setup.NEEDED
