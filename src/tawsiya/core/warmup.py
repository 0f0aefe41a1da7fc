"""What a serving process does before its first request, so that no reader waits for it.

Templates, addresses and catalogues would else be loaded while somebody waits. And what stands after that
stands for as long as the process does: the garbage collector is told to leave it alone, for else it goes
through all of it again, a quarter of a second in which every request of the process stands still, once in
some thirty pages.
"""

import gc
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver, reverse
from django.utils import translation

MADE = 10_000
"""Objects made and not yet freed at which garbage is looked for: about those of one page, where Python's own
700 would look for it dozens of times while all of them are in use."""


def make_ready() -> None:
    """Load what every request needs, and take it out of the garbage collector's rounds."""
    _load_addresses()
    _load_templates()
    gc.collect()
    gc.freeze()
    _young, middle, old = gc.get_threshold()
    gc.set_threshold(MADE, middle, old)


def _load_addresses() -> None:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().resolve(reverse("set_language"))


def _load_templates() -> None:
    """Compile the project's own templates; they stay in the loader's cache."""
    own = Path(__file__).resolve().parents[1]
    engine = engines["django"]
    for folder in map(Path, get_app_template_dirs("templates")):
        if folder.is_relative_to(own):
            for file in folder.rglob("*.html"):
                engine.get_template(file.relative_to(folder).as_posix())
