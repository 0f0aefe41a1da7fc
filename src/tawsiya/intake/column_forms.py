"""The form in which a person says what the columns of a spreadsheet hold."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from tawsiya.accounts.queries import assignable_institutions
from tawsiya.core.labels import text_of
from tawsiya.intake import messages
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.sheets import fields
from tawsiya.intake.readers.sheets.delimited import DELIMITERS
from tawsiya.intake.readers.sheets.encoding import ENCODINGS
from tawsiya.intake.readers.sheets.files import INSTITUTIONS, Examined
from tawsiya.intake.readers.sheets.grid import MAX_COLUMNS
from tawsiya.intake.readers.sheets.mapping import Columns
from tawsiya.intake.readers.sheets.rows import NOBODY
from tawsiya.mechanisms.reference import loaders
from tawsiya.recommendations.choices import Kind, Position, Status

_MARKS = {
    ",": gettext_lazy("Comma"),
    ";": gettext_lazy("Semicolon"),
    "\t": gettext_lazy("Tabulator"),
    "|": gettext_lazy("Bar"),
}
_LANGUAGES = (("ar", gettext_lazy("Arabic")), ("fr", gettext_lazy("French")), ("en", gettext_lazy("English")))


def word_key(name: str, word: str) -> str:
    """The name of the input for a word of the file."""
    return f"word-{hashlib.sha256(f'{name}:{fold(word)}'.encode()).hexdigest()[:16]}"


def chosen(data: Mapping[str, str], before: Columns) -> Columns:
    """Return the naming that was sent; of another sheet or header, one still to be proposed."""
    sheet = data.get("sheet", before.sheet)
    encoding, delimiter = data.get("encoding", ""), data.get("delimiter", "")
    written = data.get("header", "")
    header = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else before.header
    fixed = {name: data.get(f"fixed-{name}", "").strip()[:200] for name in fields.FIXED}
    fixed = {name: text for name, text in fixed.items() if text}
    named = [data.get(f"column-{index}", "") for index in range(MAX_COLUMNS) if f"column-{index}" in data]
    columns = tuple(name if name in fields.FIELDS else "" for name in named)
    if data.get("shown") != shown(sheet, header, encoding, delimiter):
        same_sheet = data.get("shown", "").split("/", 3)[3:] == [sheet]
        header, columns = (header if same_sheet else -1), ()
    return Columns(
        sheet=sheet,
        header=header,
        columns=columns,
        fixed=fixed,
        words=before.words,
        encoding=encoding if encoding in ENCODINGS else "",
        delimiter=delimiter if delimiter in DELIMITERS else "",
    )


def said(data: Mapping[str, str], seen: Examined) -> dict[str, dict[str, str]]:
    """Return what was sent for the words of the file: field → folded word → code."""
    return {
        name: {fold(word): data[key] for word, _count in pairs if (key := word_key(name, word)) in data}
        for name, pairs in seen.words.items()
    }


def shown(sheet: str, header: int, encoding: str, delimiter: str) -> str:
    """What the columns of the page belong to: once it changes, they are others."""
    # No line breaks: browsers send them as two characters.
    return "/".join((str(header), encoding, delimiter.replace("\t", "tab"), sheet))


class ColumnsForm(forms.Form):
    """What the columns hold, what all rows have in common, and what words mean; drawn from the file."""

    def __init__(self, *, seen: Examined) -> None:
        columns = seen.columns
        super().__init__(initial=_initial(seen))
        self._seen = seen
        if len(seen.looks) > 1:
            names = [(look.name, look.name) for look in seen.looks]
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=names)
        self.fields["header"] = forms.IntegerField(
            label=_("Row of the headers"),
            min_value=0,
            max_value=999,
            help_text=_("0 where the first row is a record already."),
        )
        if seen.encoding:
            self._add_text_file(seen)
        groups = _groups()
        for index, column in enumerate(seen.look.columns):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=column.header or gettext("Column %(number)s") % {"number": index + 1},
                required=False,
                choices=groups,
            )
        self._add_fixed()
        self._add_words(seen)
        self.shown = shown(columns.sheet, columns.header, columns.encoding, columns.delimiter)

    def _add_text_file(self, seen: Examined) -> None:
        found = gettext("As recognized: %(name)s")
        marks = [(mark, _MARKS[mark]) for mark in DELIMITERS]
        self.fields["encoding"] = forms.ChoiceField(
            label=_("Encoding"),
            required=False,
            choices=[("", found % {"name": seen.encoding}), *((name, name) for name in ENCODINGS)],
        )
        self.fields["delimiter"] = forms.ChoiceField(
            label=_("Delimiter"),
            required=False,
            choices=[("", found % {"name": _MARKS.get(seen.delimiter, seen.delimiter)}), *marks],
        )

    def _add_fixed(self) -> None:
        bodies = [(row.code, text_of(row.names) or row.code) for row in loaders.mechanisms()]
        several = ("", _("Each row says it"))
        for name, choices in (
            (fields.LANGUAGE, [("", _("Recognized for each text")), *_LANGUAGES]),
            (fields.BODY, [("", _("As the symbol says")), *bodies]),
            (fields.KIND, [("", Kind.RECOMMENDATION.label), *Kind.choices[1:]]),
            (fields.POSITION, [several, *Position.choices]),
        ):
            self.fields[f"fixed-{name}"] = forms.ChoiceField(
                label=str(messages.COLUMNS[name]), required=False, choices=choices
            )
        self.fields["fixed-symbol"] = forms.CharField(
            label=str(messages.COLUMNS[fields.SYMBOL]), required=False, max_length=80
        )
        self.fields["fixed-date"] = forms.DateField(
            label=str(messages.COLUMNS[fields.DATE]),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def _add_words(self, seen: Examined) -> None:
        undecided = ("", _("Not decided: left out"))
        register = sorted(
            ((one.key, str(one)) for one in assignable_institutions()), key=lambda pair: pair[1]
        )
        for name, choices in (
            (fields.STATUS, [undecided, *Status.choices]),
            (INSTITUTIONS, [undecided, (NOBODY, _("No institution")), *register]),
        ):
            for word, _count in seen.words.get(name, ()):
                self.fields[word_key(name, word)] = forms.ChoiceField(
                    label=word, required=False, choices=choices
                )

    def column_rows(self) -> Iterator[tuple[Any, forms.BoundField]]:
        """Each column of the sheet with its input."""
        for index, column in enumerate(self._seen.look.columns):
            yield column, self[f"column-{index}"]

    def layout_fields(self) -> list[forms.BoundField]:
        """The inputs about the sheet itself."""
        return [self[name] for name in ("sheet", "header", "encoding", "delimiter") if name in self.fields]

    def fixed_fields(self) -> list[forms.BoundField]:
        """The inputs of values for all rows, of the fields that no column holds."""
        held = set(self._seen.columns.columns)
        spoken = held & {*fields.TEXT_LANGUAGES} and fields.TEXT not in held
        return [
            self[f"fixed-{name}"]
            for name in fields.FIXED
            if name not in held and not (name == fields.LANGUAGE and spoken)
        ]

    def word_fields(self) -> list[tuple[str, list[tuple[forms.BoundField, int]]]]:
        """The inputs for words, by what they are words of, each with how often it stands in the file."""
        titles = {
            fields.STATUS: gettext("Words of the status column"),
            INSTITUTIONS: gettext("Names of institutions"),
        }
        return [
            (titles[name], [(self[word_key(name, word)], count) for word, count in pairs])
            for name, pairs in self._seen.words.items()
        ]


def _groups() -> list[Any]:
    named = [(name, messages.COLUMNS[name]) for name in fields.ISSUED]
    national = [(name, messages.COLUMNS[name]) for name in fields.NATIONAL]
    return [
        ("", _("Nothing that is imported")),
        (_("What the United Nations said"), named),
        (_("What a tracker says of the State’s own work"), national),
    ]


def _initial(seen: Examined) -> dict[str, Any]:
    columns = seen.columns
    return {
        "sheet": columns.sheet,
        "header": columns.header,
        "encoding": columns.encoding,
        "delimiter": columns.delimiter,
        **{f"column-{index}": name for index, name in enumerate(columns.columns)},
        **{f"fixed-{name}": text for name, text in columns.fixed.items()},
        **{
            word_key(name, word): columns.words.get(name, {}).get(fold(word), "")
            for name, pairs in seen.words.items()
            for word, _count in pairs
        },
    }
