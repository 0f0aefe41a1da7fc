"""The text layer of PDF documents: lines with positions, without page headers and footnotes.

``load`` is the door (see :mod:`document`); ``blocks`` makes paragraphs of the lines.
Pure: bytes in, plain values out.
"""
