"""Spreadsheets of a ministry's own: cells as text, and records once a person named the columns.

Pure, as all readers: bytes in, typed values and warnings out.
"""
