"""Work on untrusted files in a recycled pool of child processes with hard limits.

Pure: no Django, no database. A room names a module of tasks and keeps one :class:`Pool` of it; the
pool starts children when they are needed, gives each some hundred files, and replaces it then, or
at once after any failure. docs/adr tells what a child may not do and on which systems.
"""

from tawsiya.core.sandbox.pool import CRASH, MEMORY, MIB, OUTPUT, TIME, Failed, Limits, Pool

__all__ = ["CRASH", "MEMORY", "MIB", "OUTPUT", "TIME", "Failed", "Limits", "Pool"]
