"""Writing in intake: previews, decisions, corrections, applying, undoing; filled matrices: `matrix`."""

from tawsiya.intake.commands.apply import apply_import, discard_import, import_file
from tawsiya.intake.commands.fixes import (
    Fields,
    confirm_rows,
    edit_row,
    merge_row,
    split_row,
    undo_correction,
)
from tawsiya.intake.commands.mapping import map_columns
from tawsiya.intake.commands.preview import preview_again, preview_import, read_again, stored_bytes
from tawsiya.intake.commands.rows import declare_complete, exclude_row, exclude_rows, include_row
from tawsiya.intake.commands.seen import mark_seen
from tawsiya.intake.commands.undo import undo_import
from tawsiya.intake.commands.work import apply_or_queue, read_anew, stop_job, take_in

__all__ = [
    "Fields",
    "apply_import",
    "apply_or_queue",
    "confirm_rows",
    "declare_complete",
    "discard_import",
    "edit_row",
    "exclude_row",
    "exclude_rows",
    "import_file",
    "include_row",
    "map_columns",
    "mark_seen",
    "merge_row",
    "preview_again",
    "preview_import",
    "read_again",
    "read_anew",
    "split_row",
    "stop_job",
    "stored_bytes",
    "take_in",
    "undo_correction",
    "undo_import",
]
