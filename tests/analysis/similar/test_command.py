"""`tawsiya similar`, as a process of its own."""

import csv
import subprocess
import sys
from pathlib import Path

ROWS = [
    ["7", "Abolir la peine de mort"],
    ["a,b", "Ratifier le Statut de Rome de la Cour pénale internationale"],
    ["9", "Envisager d’abolir\nla peine capitale"],
    ["9", ""],
]


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tawsiya", "similar", *words],
        capture_output=True,
        check=False,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        timeout=60,
    )


def test_every_row_gets_a_group(tmp_path: Path) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["Code", "Texte"], *ROWS])
    done = _run(tmp_path, "--input", "in.csv", "--text", "Texte", "--id", "Code", "--output", "out.csv")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    assert found == [["id", "group"], ["7", "1"], ["a,b", "2"], ["9", "1"], ["9", "3"]]


def test_what_is_wrong_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,text\n1,x\n", encoding="utf-8")
    done = _run(tmp_path, "--input", "in.csv", "--text", "words", "--id", "id", "--output", "out.csv")
    assert done.returncode == 2
    assert b"has no column 'words'" in done.stderr
    missing = _run(tmp_path, "--input", "no.csv", "--text", "text", "--id", "id", "--output", "out.csv")
    assert missing.returncode == 2 and len(missing.stderr.splitlines()) == 1
