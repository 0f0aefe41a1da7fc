"""Reading spreadsheets of a ministry's own: cells as text, and records where a person says what each column holds.

Pure, as all readers: bytes in, typed values and warnings out.
"""
