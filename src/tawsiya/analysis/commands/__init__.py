"""Writing in analysis: records of all States."""

from tawsiya.analysis.commands.world import ExportFile, Source, load_export

__all__ = ["ExportFile", "Source", "load_export"]
