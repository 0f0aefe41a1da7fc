"""`tawsiya analyse`, as a process of its own."""

import json
import subprocess
import sys

import pytest

TEXTS = "حماية حقوق الطفل\nPromouvoir l’égalité\n\n"


def _run(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tawsiya", "analyse", *words],
        input=given,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        timeout=60,
    )


def test_one_list_per_line() -> None:
    done = _run("--language", "ar", given=TEXTS.encode())
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.decode().splitlines()] == [
        ["حماية", "حق", "طفل"],
        ["promouvoir", "l", "egalite"],
        [],
    ]


def test_a_query_gives_alternatives_by_word() -> None:
    done = _run("--language", "fr", "--query", given="Promouvoir l’égalité".encode())
    assert json.loads(done.stdout) == [["promotion"], ["egalite"]]


def test_bytes_that_are_no_text_do_no_harm() -> None:
    done = _run("--language", "en", given=b"rights \xff\xfe\x00 law\r\nlaws\n")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.decode().splitlines()
    assert json.loads(first) == ["right", "law"]
    assert json.loads(second) == ["law"]


@pytest.mark.parametrize("words", [[], ["--language", "es"], ["--language", "ar", "extra"]])
def test_wrong_use_is_refused_in_one_line(words: list[str]) -> None:
    done = _run(*words, given=b"")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_django_is_not_loaded() -> None:
    code = (
        "import sys\nfrom tawsiya.cli import main\nmain(['analyse', '--language', 'ar'])\n"
        "assert not [m for m in sys.modules if m.split('.')[0] in {'django', 'psycopg'}]"
    )
    done = subprocess.run([sys.executable, "-c", code], input="حق".encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
