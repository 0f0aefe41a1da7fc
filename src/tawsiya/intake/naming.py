"""What a person is shown while naming the columns of a spreadsheet, and what was chosen so far."""

from collections.abc import Mapping
from dataclasses import replace

from tawsiya.accounts.models import Institution
from tawsiya.accounts.queries import assignable_institutions
from tawsiya.intake import status_words
from tawsiya.intake.readers import sandbox
from tawsiya.intake.readers.folding import fold
from tawsiya.intake.readers.sheets import fields
from tawsiya.intake.readers.sheets.files import INSTITUTIONS, Examined
from tawsiya.intake.readers.sheets.mapping import Columns

Words = dict[str, dict[str, str]]


def examined(data: bytes, chosen: Columns, said: Mapping[str, Mapping[str, str]]) -> Examined:
    """Return what is to be shown of a file under a naming, the words of statuses and institutions mapped.

    Args:
        said: what a person chose for words now: field → folded word → code, "" for not decided.

    Raises:
        UnreadableFile: the file cannot be read so.
    """
    register = register_names()
    known = {**chosen.words.get(INSTITUTIONS, {}), **said.get(INSTITUTIONS, {})}
    seen = sandbox.examine(data, replace(chosen, words={INSTITUTIONS: {**register, **known}}))
    if not seen.words:
        return replace(seen, columns=replace(seen.columns, words={}))
    words: Words = {name: {} for name in seen.words}
    for name, pairs in seen.words.items():
        for word, _count in pairs:
            key = fold(word)
            words[name][key] = _code(name, word, key, register, chosen, said)
    return sandbox.examine(data, replace(seen.columns, words=words))


def _code(
    name: str,
    word: str,
    key: str,
    register: Mapping[str, str],
    chosen: Columns,
    said: Mapping[str, Mapping[str, str]],
) -> str:
    """What a word means: as chosen now, as chosen before, or as it is written; never guessed."""
    for source in (said, chosen.words):
        if key in source.get(name, {}):
            return source[name][key]
    if name == fields.STATUS:
        return status_words.understand(word) or ""
    return register.get(key, "")


def register_names() -> dict[str, str]:
    """Return the institutions that can be assigned, by each of their names and acronyms (folded): their keys.

    A name that two of them have names neither.
    """
    found: dict[str, str] = {}
    twice: set[str] = set()
    for institution in assignable_institutions():
        for key in _names(institution):
            if found.setdefault(key, institution.key) != institution.key:
                twice.add(key)
    return {key: code for key, code in found.items() if key not in twice}


def _names(institution: Institution) -> set[str]:
    written = [institution.key, *institution.names.values(), *(institution.acronyms or {}).values()]
    return {fold(name) for name in written if name} - {""}
