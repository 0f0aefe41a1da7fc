"""The message catalogues, without GNU gettext: `update`, `check` and `compile`.

Messages come from the calls of Django's translation functions in Python files (read with `ast`)
and from templates (read with Django's own lexer). Catalogues are written sorted and without
places, so that two branches seldom conflict.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/tawsiya"
LOCALE = PACKAGE / "locale"
# Unicode CLDR's rules, in the form Django's own catalogues use.
PLURALS = {
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5",
    ),
    "fr": (2, "(n > 1)"),
}
# Forms that stand for one number only and may say it in words (Arabic: none, one, two).
SPELLED_OUT = {"ar": (0, 1, 2), "fr": ()}

# Where each function takes its context, singular and plural.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
SHOWN = 40
LOOKED_UP = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)
# What an administration's reviser would send back, by language: pattern and fault.
TYPOGRAPHY = {
    "ar": (
        (re.compile(r"[\u0600-\u06ff] ?[,;?]"), "Latin punctuation; Arabic has ، ؛ ؟"),
        (re.compile(r"[\u0660-\u0669]"), "digits are 0 to 9"),
        (re.compile('"'), "straight quotation marks; Arabic has « »"),
    ),
    "fr": (
        (re.compile(r"(?<=\w)'"), "a straight apostrophe; French has ’"),
        (re.compile(r"(?:^|[^\u202f])[;:?!»](?=\s|$)"), "no narrow no-break space before ; : ? ! »"),
        (re.compile(r"«(?!\u202f)"), "no narrow no-break space after «"),
        (re.compile(r"\.\.\."), "three dots; French has …"),
    ),
}  # fmt: skip
# The words of the domain: where the English has the first, the translation has this one and no other.
SETTLED = tuple(
    (re.compile(english, re.I), {"fr": re.compile(french, re.I), "ar": re.compile(arabic)})
    for english, french, arabic in (
        (r"\brecommendations?\b", "recommand", "توصي"),
        ("concluding observations", "observations finales", "الملاحظات الختامية"),
        ("treaty bod", "organes? de traité", "هيئ(?:ة|ات) (?:ال)?معاهد"),
        ("special procedure", "procédures? spéciale", "الإجراءات الخاصة"),
        ("list of issues", "liste de points", "قائمة (?:ال)?مسائل"),
        ("State under review", "État examiné|État soumis à l’examen", "موضوع الاستعراض"),
        ("mid-term", "mi-parcours", "منتصف المدة"),
        ("milestone", "jalon", "محط"),
        (r"\bmeasures?\b", "mesure", "تدبير|تدابير"),
        ("indicator", "indicateur", "مؤشر"),
        ("focal point", "points? foca(?:l|ux)", "نقطة (?:ال)?اتصال|نقط الاتصال"),
        (r"\bassign", "affect", "[أإ]?سند|إسناد"),
        ("contribution", "contribution", "مساهم"),
        ("evidence|proof", "preuve", "إثبات"),
        ("assessment", "appréciation", "تقييم"),
        ("deputy", "suppléan", "نائب"),
        ("deadline|due date", "échéance", "أجل|آجال"),
        ("overdue", "retard", "متأخر|متجاوز|تأخر"),
        ("withdraw", "retir", "سحب|مسحوب"),
        ("position", "position", "مواقف|موقف"),
        (r"\bdraft", "brouillon|projet", "مسود|مشروع|مشاريع"),
        (r"(?<!in a )\brows?\b", "ligne", "صف"),
    )
)
# A rival of a settled word that may not stand beside it.
RIVALS = tuple(
    (language, re.compile(english, re.I), re.compile(rival), fault)
    for language, english, rival, fault in (
        ("ar", r"(?<!in a )\brows?\b", "سطر|سطور", "a row is صف; سطر is a line of text"),
        ("fr", "evidence|proof", "[Jj]ustificatif", "evidence is “élément de preuve”"),
        ("ar", "evidence|proof", "أدلة|حجج", "evidence is إثبات"),
        ("ar", "deadline|due date", "استحقاق|موعد نهائي", "a deadline is أجل"),
    )
)
VOWELS = re.compile("[\u064b-\u0652]")
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*[\d.]*[a-zA-Z]|%[sd]|\{\w*\}")
TEMPLATE_CALL = re.compile(r"(?<![\w.])(?P<name>n?p?gettext|_)\(")


class Unreadable(Exception):
    """A source file holds a message that cannot be extracted; one sentence says where."""


@dataclass(frozen=True, order=True)
class Found:
    """One message as the sources write it."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells two messages apart in a catalogue: a plural does not."""
        return self.text, self.context


def from_python(path: Path) -> Iterator[Found]:
    """Yield the messages of a Python file.

    Raises:
        Unreadable: a translation function is called with something other than plain text.
    """
    tree = ast.parse(path.read_text("utf-8"), str(path))
    names = {name: name for name in FUNCTIONS} | {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {a.asname or a.name: a.name for a in node.names if a.name in FUNCTIONS}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            # `gettext(SENTENCES[code])` looks a message up that is marked where it is written.
            if called in names and node.args and not isinstance(node.args[0], LOOKED_UP):
                yield _message(node, FUNCTIONS[names[called]], f"{path}:{node.lineno}")


def from_template(path: Path) -> Iterator[Found]:
    """Yield the messages of a template, through Django's lexer.

    Raises:
        Unreadable: a message of the template is not plain text.
    """
    from django.utils.translation.template import templatize

    code = templatize(path.read_text("utf-8"), str(path))
    for match in TEMPLATE_CALL.finditer(code):
        node = _call_at(code, match.start())
        if node is None:
            raise Unreadable(f"{path}: a message cannot be read near {code[match.start() :][:60]!r}.")
        name = "gettext" if match["name"] == "_" else match["name"]
        yield _message(node, FUNCTIONS[name], str(path))


def _call_at(code: str, start: int) -> ast.Call | None:
    """Return the call that begins at `start`: the shortest text that is an expression."""
    line_end = code.find("\n", start)
    line = code[start : line_end if line_end >= 0 else len(code)]
    for end in (index + 1 for index, char in enumerate(line) if char == ")"):
        try:
            node = ast.parse(line[:end], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(node, ast.Call):
            return node
    return None


def _message(node: ast.Call, places: tuple[int | None, int, int | None], where: str) -> Found:
    context, text, plural = (
        "" if place is None else _literal(node.args[place : place + 1], where) for place in places
    )
    return Found(text, plural, context)


def _literal(arguments: list[ast.expr], where: str) -> str:
    try:
        value = ast.literal_eval(arguments[0])
    except (ValueError, IndexError) as error:
        raise Unreadable(f"{where}: only plain text can be translated, not an expression.") from error
    if not isinstance(value, str):
        raise Unreadable(f"{where}: only text can be translated.")
    return value


def sources() -> Iterator[Path]:
    """Yield every file that may hold messages."""
    for pattern in ("*.py", "templates/**/*.html", "templates/**/*.txt"):
        for path in sorted(PACKAGE.rglob(pattern)):
            if not {"migrations", "assets", "static"} & set(path.relative_to(PACKAGE).parts):
                yield path


def collect(paths: Iterable[Path]) -> dict[tuple[str, str], Found]:
    """Return the messages of the files by their key; a plural wins over the same text without one.

    Raises:
        Unreadable: as `from_python` and `from_template`.
    """
    found: dict[tuple[str, str], Found] = {}
    for path in paths:
        for message in (from_python if path.suffix == ".py" else from_template)(path):
            known = found.get(message.key)
            if message.text and (known is None or (message.plural and not known.plural)):
                found[message.key] = message
    return found


def catalogue_path(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def load(language: str) -> Catalog:
    """Read a catalogue, empty where there is none."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def update(language: str, found: dict[tuple[str, str], Found]) -> tuple[int, int]:
    """Write a language's catalogue with exactly the messages found, keeping what is translated.

    Returns: how many messages there are, and how many of them wait for a translation.
    """
    old = load(language)
    forms = PLURALS[language][0]
    new = Catalog(
        locale=language,
        project="Tawsiya",
        header_comment=f"# Messages of Tawsiya ({language}). `make messages` keeps this file in step.",
    )
    waiting = 0
    for message in sorted(found.values()):
        kept = old.get(message.text, message.context or None)
        translated: str | tuple[str, ...] = _kept(kept, message, forms)
        waiting += not all([translated] if isinstance(translated, str) else translated)
        identity = (message.text, message.plural) if message.plural else message.text
        new.add(
            identity,
            translated,
            context=message.context or None,
            user_comments=kept.user_comments if kept else (),
        )
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, new, width=100, no_location=True, sort_output=True, omit_header=True)
    path.write_text(_header(language) + path.read_text("utf-8"), "utf-8")
    return len(found), waiting


def _kept(kept: Message | None, message: Found, forms: int) -> str | tuple[str, ...]:
    string = (kept.string if kept else "") or ""
    if not message.plural:
        return string if isinstance(string, str) else next(iter(string), "")
    if isinstance(string, str):
        return (string, *[""] * (forms - 1))
    return tuple(string) if len(string) == forms else (*string[:forms], *[""] * (forms - len(string)))


def _header(language: str) -> str:
    forms, rule = PLURALS[language]
    return (
        f"# Messages of Tawsiya ({language}); `make messages` keeps this file in step with the sources.\n"
        'msgid ""\nmsgstr ""\n'
        '"Project-Id-Version: Tawsiya\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={forms}; plural={rule};\\n"\n\n'
    )


def problems(language: str, found: dict[tuple[str, str], Found]) -> list[str]:
    """Return what is wrong with a language's catalogue, one sentence each."""
    path = catalogue_path(language)
    if not path.exists():
        return [f"{path.relative_to(ROOT)} is missing: run `make messages`."]
    catalogue = load(language)
    entries = {(m.id if isinstance(m.id, str) else m.id[0], m.context or ""): m for m in catalogue if m.id}
    wrong = [f"{language}: not in the catalogue: {key[0]!r}" for key in sorted(found.keys() - entries.keys())]
    wrong += [f"{language}: no longer used: {key[0]!r}" for key in sorted(entries.keys() - found.keys())]
    wrong += [f"{language}: obsolete entry kept: {m.id!r}" for m in catalogue.obsolete.values()]
    if f"nplurals={PLURALS[language][0]}" not in path.read_text("utf-8"):
        wrong.append(f"{language}: the header's Plural-Forms must be nplurals={PLURALS[language][0]}.")
    for key in sorted(found.keys() & entries.keys()):
        wrong += [f"{language}: {fault}: {key[0]!r}" for fault in _faults(language, entries[key], found[key])]
    return wrong


def _faults(language: str, entry: Message, found: Found) -> Iterator[str]:
    strings = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
    if "fuzzy" in entry.flags:
        yield "fuzzy"
    if bool(found.plural) != (not isinstance(entry.id, str)):
        yield "singular and plural differ from the sources"
        return
    wanted = PLURALS[language][0] if found.plural else 1
    if len(strings) != wanted or not all(strings):
        yield "not translated" if not any(strings) else f"needs {wanted} forms"
        return
    singular = placeholders(found.text)
    plural = placeholders(found.plural) if found.plural else singular
    yield from sorted({fault for text in strings for fault in typography(language, text)})
    yield from words(language, f"{found.text} {found.plural}", " ".join(strings))
    for number, text in enumerate(strings):
        used = placeholders(text)
        spelled_out = found.plural and number in SPELLED_OUT[language]
        if spelled_out and used <= plural | singular:
            continue
        if used != plural and not (number == 0 and used == singular):
            yield f"placeholders {sorted(used)} instead of {sorted(plural)}"


def typography(language: str, text: str) -> list[str]:
    """Return the typographic faults of a translated text; markup in it is passed over.

    The rules are those of the administrations' style manuals: French sets a no-break space before the
    double signs and inside its quotation marks (narrow here), Arabic its own comma, semicolon, question mark.
    """
    bare = re.sub(r"<[^>]*>|&\w+;", "", text)
    return [fault for pattern, fault in TYPOGRAPHY[language] if pattern.search(bare)]


def words(language: str, english: str, translated: str) -> Iterator[str]:
    """Yield what a translation calls by another word than the domain's settled one."""
    source = PLACEHOLDER.sub("", re.sub(r"<[^>]*>", "", english))
    bare = VOWELS.sub("", translated)
    for settled, by_language in SETTLED:
        named = settled.search(source)
        if named and not by_language[language].search(bare):
            yield f"{named[0]!r} is called otherwise"
    for tongue, concerned, rival, fault in RIVALS:
        if tongue == language and concerned.search(source) and rival.search(bare):
            yield fault


def placeholders(text: str) -> set[str]:
    """Return the placeholders of a message: `%(count)s`, `%s`, `{name}`."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def compile_all() -> int:
    """Write the `.mo` file of every catalogue that changed; return how many that were."""
    written = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale=path.parent.parent.name)
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        written += 1
    return written


def main() -> int:
    """Do what the command line says; exit 1 when `check` finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["update", "check", "compile"])
    action = parser.parse_args().action
    if action == "compile":
        print(f"{compile_all()} message catalogues compiled")
        return 0
    try:
        found = collect(sources())
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    if action == "update":
        for language in PLURALS:
            count, waiting = update(language, found)
            print(f"{language}: {count} messages, {waiting} wait for a translation")
        return 0
    wrong = [fault for language in PLURALS for fault in problems(language, found)]
    for fault in wrong[:SHOWN]:
        print(fault, file=sys.stderr)
    if len(wrong) > SHOWN:
        print(f"… and {len(wrong) - SHOWN} more", file=sys.stderr)
    print(f"{len(found)} messages in {len(PLURALS)} languages, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
