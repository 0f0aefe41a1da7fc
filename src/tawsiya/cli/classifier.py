"""`tawsiya classifier fit|predict`: learn labels of texts from a CSV file, and give them to another."""

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tawsiya.core import learn
from tawsiya.core.learn import table
from tawsiya.core.learn.model import BATCH

REFUSED = 2
ADDED = ("predicted", "scores", "auto")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def run(arguments: Sequence[str]) -> int:
    """Fit or predict; 0 done, 2 refused with one line that says why."""
    options = _parser().parse_args(arguments)
    try:
        return _fit(options) if options.action == "fit" else _predict(options)
    except (learn.LearnError, OSError) as error:
        print(f"tawsiya classifier: {error}", file=sys.stderr)
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tawsiya classifier",
        description="Learn the labels of texts from a CSV file, and give labels to the texts of another.",
    )
    actions = parser.add_subparsers(dest="action", required=True)
    fit = actions.add_parser("fit", help="learn; prints figures on texts held back")
    predict = actions.add_parser(
        "predict", help="writes the columns predicted, scores and auto beside the others"
    )
    for action in (fit, predict):
        action.add_argument("--input", type=Path, required=True, help="a CSV file in UTF-8 with a header")
        action.add_argument("--text", required=True, help="the column of the texts")
        action.add_argument("--separator", default=",", help="between the labels of a cell")
        action.add_argument("--model", type=Path, required=True, help="the folder of the model")
    fit.add_argument("--labels", required=True, help="the column of the labels")
    fit.add_argument("--group", help="a column, such as the State: rows of a group are held back together")
    fit.add_argument(
        "--precision", type=_share, default=0.98, help="what automatic labels must reach (0.98 unless given)"
    )
    fit.add_argument("--output", type=Path, help="write the figures as JSON here too")
    predict.add_argument("--labels", help="a column to compare with, where the file has it")
    predict.add_argument("--output", type=Path, help="the CSV file to write; standard output without")
    predict.add_argument(
        "--spreadsheet",
        action="store_true",
        help="put an apostrophe before cells that a spreadsheet would run as formulas",
    )
    return parser


def _share(value: str) -> float:
    share = float(value.replace("%", "")) / (100 if "%" in value else 1)
    if not 0.5 <= share <= 0.999:
        raise argparse.ArgumentTypeError("between 0.5 and 0.999")
    return share


def _fit(options: argparse.Namespace) -> int:
    _separator(options)
    wanted = [options.text, options.labels, *([options.group] if options.group else [])]
    with table.rows_of(options.input, wanted) as (header, rows):
        places = [header.index(column) for column in wanted]
        cells = [[row[place] for place in places] for row in rows]
    model = learn.fit(
        [row[0] for row in cells],
        [table.split(row[1], options.separator) for row in cells],
        groups=[row[2] for row in cells] if options.group else None,
        settings=learn.Settings(precision=options.precision),
        say=lambda sentence: print(sentence, file=sys.stderr),
    )
    learn.write_folder(model, options.model)
    print("\n".join(report(model, "held-back texts" if model.figures else "")))
    if options.output:
        options.output.write_text(
            json.dumps(model.figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return 0


def report(model: learn.Model, of: str) -> list[str]:
    """Return the figures of a model as the lines of a table."""
    if not model.figures:
        return ["Too few texts or groups to hold any back: nothing is known of how good this model is."]
    total = model.figures["total"]
    width = max(len(row["label"]) for row in model.figures["labels"])
    lines = [f"Figures on {of} (each text was judged by a model that had not seen its part):", ""]
    lines.append(f"{'label':<{width}}  examples  precision  recall     F1  automatic  right")
    for row in model.figures["labels"]:
        cells = (_percent(row[key]) for key in ("precision", "recall", "f1"))
        lines.append(
            f"{row['label']:<{width}}  {row['examples']:>8}  {next(cells):>9}  {next(cells):>6}  "
            f"{next(cells):>5}  {row['auto']:>9}  {_percent(row['auto_precision']):>5}"
        )
    lines += ["", f"texts {total['texts']}, exactly right {_percent(total['accuracy'])}"]
    if not model.single:
        lines.append(f"micro-F1 {total['micro_f1']:.3f}, macro-F1 {total['macro_f1']:.3f}")
    lines.append(
        f"automatic at a stated precision of {_percent(model.precision)}: "
        f"right {_percent(total['auto_precision'])}, "
        f"texts with at least one automatic label {_percent(total['auto_covered'])}"
    )
    return lines


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def _predict(options: argparse.Namespace) -> int:
    _separator(options)
    if options.output and options.output.resolve() == options.input.resolve():
        raise learn.LearnError("--output must be another file than --input.")
    model = learn.read_folder(options.model)
    right = seen = 0
    with (
        table.rows_of(options.input, [options.text]) as (header, rows),
        table.writer_to(options.output) as out,
    ):
        kept = [place for place, name in enumerate(header) if name not in ADDED]
        text = header.index(options.text)
        labels = header.index(options.labels) if options.labels in header else None
        cell = _safe if options.spreadsheet else str
        out.writerow([cell(header[place]) for place in kept] + list(ADDED))
        for batch in _batches(rows):
            answers = model.predict([row[text] for row in batch])
            for row, said in zip(batch, answers, strict=True):
                out.writerow(
                    [cell(row[place]) for place in kept] + list(map(cell, _answer(model, said, options)))
                )
                if labels is not None:
                    seen += 1
                    right += set(said.predicted) == set(table.split(row[labels], options.separator))
    if seen:
        print(
            f"{right} of {seen} texts have exactly the labels of the column {options.labels!r}",
            file=sys.stderr,
        )
    return 0


def _answer(model: learn.Model, said: learn.Prediction, options: argparse.Namespace) -> list[str]:
    shares = [f"{share:.4f}" for share in said.scores.tolist()]
    pairs = zip(model.labels, shares, strict=True)
    scores = ", ".join(f"{json.dumps(label, ensure_ascii=False)}: {share}" for label, share in pairs)
    join, separator = table.join, options.separator
    return [join(said.predicted, separator), "{" + scores + "}", join(said.auto, separator)]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _separator(options: argparse.Namespace) -> None:
    if not options.separator or options.separator in {'"', "\n", "\r"}:
        raise learn.LearnError("--separator must be a character other than a quote or the end of a line.")


def _batches(rows: Any) -> Any:
    rows = iter(rows)
    while first := list(islice(rows, 1)):
        yield list(chain(first, islice(rows, BATCH - 1)))
