"""Learning from any CSV: the command, what it writes, what it refuses, and models read back with suspicion."""

import csv
import io
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

from tawsiya.cli.classifier import run
from tawsiya.core import learn
from tawsiya.core.learn import figures, table
from tawsiya.core.learn.explain import spoken_words
from tawsiya.core.learn.fitting import folds_of

WORDS = {
    "Health": ("hospitals", "vaccines", "nurses", "medicines", "patients"),
    "Education, basic": ("schools", "teachers", "pupils", "literacy", "classrooms"),
    "Prisons": ("inmates", "cells", "remand", "warders", "detainees"),
}
VERBS = ("Improve", "Support", "Fund", "Review", "Inspect", "Extend")


def rows() -> list[tuple[str, str, str]]:
    """Ninety texts of one subject each, six of two, six of none: text, labels, State."""
    found = []
    for number, verb in enumerate(VERBS):
        for label, words in WORDS.items():
            quoted = f'"{label}"' if "," in label else label
            for word in words:
                found.append((f"{verb} the {word} of the country", quoted, f"State {number}"))
        found.append((f"{verb} the teachers and the nurses", '"Education, basic",Health', f"State {number}"))
        found.append((f"{verb} the number of parks", "", f"State {number}"))
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "labels", "state"])
        for number, (text, labels, state) in enumerate(rows()):
            writer.writerow([number, text, labels, state])
    return path


def fit(data: Path, *more: str) -> list[str]:
    model = data.parent / "model"
    return ["fit", "--input", str(data), "--text", "text", "--labels", "labels", "--model", str(model), *more]


def predict(data: Path, out: Path, *more: str) -> list[str]:
    model = data.parent / "model"
    return [
        "predict",
        "--input",
        str(data),
        "--text",
        "text",
        "--model",
        str(model),
        "--output",
        str(out),
        *more,
    ]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_fit_then_predict(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(fit(data, "--group", "state", "--separator", ",")) == 0
    printed = capsys.readouterr().out
    assert "Education, basic" in printed and "micro-F1" in printed
    fresh = tmp_path / "fresh.csv"
    fresh.write_text(
        'text,note,auto\r\nOpen schools and recruit teachers,"=1+1",old\r\nRepair the hospitals,,\r\n,empty,\r\n',
        encoding="utf-8-sig",
    )
    out = tmp_path / "out.csv"
    assert run(predict(fresh, out)) == 0
    one, two, empty = read(out)
    assert list(one) == ["text", "note", "predicted", "scores", "auto"]
    assert one["predicted"] == '"Education, basic"'
    assert table.split(one["predicted"], ",") == ["Education, basic"]
    assert one["note"] == "=1+1"  # an exact copy unless asked otherwise
    assert two["predicted"] == "Health"
    scores = json.loads(two["scores"])
    assert set(scores) == set(WORDS)
    assert max(scores, key=scores.__getitem__) == "Health" and all(
        0 <= share <= 1 for share in scores.values()
    )
    assert empty["auto"] == ""


def test_the_safe_form_for_spreadsheets_on_demand(data: Path, tmp_path: Path) -> None:
    run(fit(data))
    fresh, out = tmp_path / "fresh.csv", tmp_path / "out.csv"
    fresh.write_text("text,note\n=HYPERLINK(1),@x\n", encoding="utf-8")
    assert run(predict(fresh, out, "--spreadsheet")) == 0
    (row,) = read(out)
    assert (row["text"], row["note"]) == ("'=HYPERLINK(1)", "'@x")


def test_one_label_for_each_text_gives_one_label(tmp_path: Path) -> None:
    data, out = tmp_path / "data.csv", tmp_path / "out.csv"
    lines = [
        f"{verb} the {word},{label[0]}" for verb in VERBS for label, words in WORDS.items() for word in words
    ]
    data.write_text("text,labels\n" + "\n".join(lines), encoding="utf-8")
    assert run(fit(data)) == 0
    assert run(predict(data, out)) == 0
    said = read(out)
    assert {row["predicted"] for row in said} == {"H", "E", "P"}
    assert sum(row["predicted"] == row["labels"] for row in said) == len(said)
    assert sum(json.loads(said[0]["scores"]).values()) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"words,labels\na,b\n", "no column 'text'"),
        ("text,labels\ndéjà,b\n".encode("latin-1"), "not in UTF-8"),
        (b"text,labels\na,b\n", "At least 4"),
        (b"text,labels\na,\nb,\nc,\nd,\n", "nothing to learn"),
        (b"text,labels\na,b,c\n", "3 cells"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_in_one_line(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.csv"
    data.write_bytes(content)
    assert run(fit(data)) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert says in said[-1]


def test_a_missing_file_and_a_missing_model_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(fit(tmp_path / "none.csv")) == 2
    data = tmp_path / "data.csv"
    data.write_text("text\nx\n")
    assert run(predict(data, tmp_path / "out.csv")) == 2
    assert "model.json is missing" in capsys.readouterr().err


def test_few_texts_and_one_label_still_make_a_model() -> None:
    model = learn.fit(["one", "two", "three", "four"], [["a"], ["a"], ["a"], ["a"]])
    (said,) = model.predict(["five"])
    assert said.predicted == ("a",)
    assert said.auto == ()


class Boom:
    """Unpickling it would run code."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (sys.exit, ("unpickled",))


@pytest.fixture
def model() -> learn.Model:
    texts = [text for text, _labels, _state in rows()]
    return learn.fit(texts, [table.split(labels, ",") for _text, labels, _state in rows()])


def test_a_model_comes_back_as_it_was(model: learn.Model) -> None:
    about, data = learn.dump(model)
    same = learn.load(json.loads(json.dumps(about)), data)
    texts = ["Repair the hospitals", "Inspect cells and schools", "التعليم", ""]
    assert np.allclose(same.probabilities(texts), model.probabilities(texts), atol=0.01)
    assert same.labels == ("Education, basic", "Health", "Prisons")


def test_a_damaged_or_pickled_model_is_refused(model: learn.Model) -> None:
    about, data = learn.dump(model)
    with pytest.raises(learn.LearnError, match="damaged"):
        learn.load(about, data[:-20])
    with pytest.raises(learn.LearnError, match="another version"):
        learn.load({**about, "format": 99}, data)
    file = io.BytesIO()
    with np.load(io.BytesIO(data)) as arrays:
        poisoned = {**dict(arrays), "bias": np.array([Boom()], dtype=object)}
    np.savez(file, allow_pickle=True, **poisoned)
    import hashlib

    forged = {**about, "arrays_sha256": hashlib.sha256(file.getvalue()).hexdigest()}
    with pytest.raises(learn.LearnError, match="damaged"):
        learn.load(forged, file.getvalue())
    whole = pickle.dumps(Boom())
    with pytest.raises(learn.LearnError, match="damaged"):
        learn.load({**about, "arrays_sha256": hashlib.sha256(whole).hexdigest()}, whole)


def test_the_words_that_spoke_are_those_of_the_label(model: learn.Model) -> None:
    text = "Inspect the cells, and repair the hospitals"
    spoken = {text[word.start : word.end] for word in spoken_words(model, text, "Prisons")}
    assert "cells" in spoken and "hospitals" not in spoken


def test_groups_are_held_back_whole() -> None:
    groups = ["a"] * 5 + ["b"] * 3 + ["c"] * 2 + ["d"]
    folds = folds_of(len(groups), groups, 3)
    for group in "abcd":
        assert len({int(fold) for fold, name in zip(folds, groups, strict=True) if name == group}) == 1
    # The largest stands alone; the others fill the two parts left: 3, and 2 + 1.
    assert sorted(np.bincount(folds).tolist()) == [3, 3, 5]


def test_the_lower_bound_is_wilsons() -> None:
    # By hand, half a standard error, 98 of 100: (0.98 + 0.00125 - 0.5 * sqrt(0.000196 + 0.00000625)) / 1.0025
    assert figures.lower_bound(98, 100) == pytest.approx(0.971710, abs=1e-5)


def test_labels_are_split_and_joined() -> None:
    assert table.split(' a , "b, c",a,, d', ",") == ["a", "b, c", "d"]
    assert table.join(["a", "b, c"], ",") == 'a,"b, c"'
    assert table.split("a;b", ",") == ["a;b"]
    assert table.split("a || b", "||") == ["a", "b"]


def test_a_score_never_speaks_against_its_own_label() -> None:
    """Of few texts all that share a label's words may be held back at once; the scores then mislead."""
    subjects = {
        "health": ["hospitals", "vaccination of patients", "doctors and nurses"],
        "schools": ["classrooms", "teachers and pupils", "literacy of girls"],
        "prisons": ["inmates in cells", "detention on remand", "prison guards"],
    }
    verbs = [
        "Improve",
        "Continue to support",
        "Adopt a law on",
        "Increase the budget for",
        "Allocate resources to",
    ]
    pairs = [
        (f"{verb} {words} in every region", [label])
        for verb in verbs
        for label, several in subjects.items()
        for words in several
    ]
    model = learn.fit([text for text, _labels in pairs], [labels for _text, labels in pairs])
    [said] = model.predict(["Protect detainees on remand in cells"])
    assert model.labels[int(said.scores.argmax())] == "prisons"
