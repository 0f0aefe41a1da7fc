"""Readers of UN documents: bytes in, typed records and warnings out. No Django, no database."""
