"""Writing in intake: previews, what is left out, and applying. Filled matrices: `commands.matrix`."""

from tawsiya.intake.commands.apply import apply_import, discard_import, import_file
from tawsiya.intake.commands.preview import preview_again, preview_import, read_again
from tawsiya.intake.commands.rows import declare_complete, exclude_row, include_row
from tawsiya.intake.commands.seen import mark_seen

__all__ = [
    "apply_import",
    "declare_complete",
    "discard_import",
    "exclude_row",
    "import_file",
    "include_row",
    "mark_seen",
    "preview_again",
    "preview_import",
    "read_again",
]
