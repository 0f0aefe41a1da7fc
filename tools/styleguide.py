"""Write static pages that show the shell and every component, in three languages.

They speak of the sample State and need no database. For people who write templates: look at them
in a browser (`python -m http.server` in the folder), or add `--shots` to take pictures at two widths
with Debian's Chromium.
"""

import argparse
import datetime as dt
import functools
import http.server
import json
import shutil
import sys
import threading
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/tawsiya"

LANGUAGES = ("ar", "fr", "en")
LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en"}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]


def configure(locale: Path | None) -> None:
    """Set Django up for templates only."""
    import django_htmx

    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "tawsiya.core"],
        ROOT_URLCONF="style_pages.addresses",
        STATIC_URL="/static/",
        STATICFILES_DIRS=[
            PACKAGE / "assets",
            Path(django_htmx.__file__).parent / "static",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ROOT / "tools/style_pages"],
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        LANGUAGES=[("ar", "Arabic"), ("fr", "French"), ("en", "English")],
        LOCALE_PATHS=[path for path in (locale, PACKAGE / "locale") if path],
        USE_TZ=True,
        TIME_ZONE="Africa/Casablanca",
    )
    django.setup()


def sample(name: str) -> list[dict[str, Any]]:
    """Return one of the sample State's files."""
    rows: list[dict[str, Any]] = json.loads((PACKAGE / f"sample/data/{name}.json").read_text("utf-8"))
    return rows


def render_all(target: Path) -> list[str]:
    """Write every page in every language and return their names."""
    from django.contrib.staticfiles.finders import get_finders
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.utils import translation

    for finder in get_finders():
        for path, storage in finder.list([]):
            destination = target / "static" / path
            destination.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(storage.path(path), destination)
    pages = import_module("style_pages.pages")  # only once Django is set up
    names = []
    for language in LANGUAGES:
        with translation.override(language):
            for name, (template, context) in pages.PAGES.items():
                request = RequestFactory().get("/recommendations?body=upr&page=2")
                request.reader = SimpleNamespace(name=pages.shell(language)["person"])  # type: ignore[attr-defined]
                values = {**pages.shell(language), **context(language)}
                page = render_to_string(template, values, request)
                (target / f"{name}.{language}.html").write_text(page, "utf-8")
                names.append(f"{name}.{language}")
    return names


def take_pictures(target: Path, names: list[str]) -> None:
    """Take a picture of every page at the width of a desk and of a phone."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(QuietHandler, directory=str(target))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for width in (1280, 390):
            page = browser.new_page(viewport={"width": width, "height": 900 if width > 600 else 844})
            page.on(
                "console",
                lambda message: print("console:", message.text) if message.type == "error" else None,
            )
            for name in names:
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
                page.evaluate("document.fonts.ready")
                overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if overflow > 0:
                    print(f"{name} at {width}: {overflow} px too wide")
                page.screenshot(path=target / f"{name}.{width}.png", full_page=True)
        browser.close()
    server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve the folder under the application's own content security policy."""

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; object-src 'none'",
        )
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def main() -> int:
    """Render, and take pictures when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shots", action="store_true", help="take pictures with Chromium")
    parser.add_argument("--only", default="", help="a page's name")
    parser.add_argument("--locale", type=Path, help="a folder of catalogues to try")
    options = parser.parse_args()
    configure(options.locale)
    from tawsiya.core import instance
    from tawsiya.core.models import Instance

    names = {"ar": "تامورت", "fr": "Tamourt", "en": "Tamourt"}
    row = Instance(
        state="XTM",
        names=names,
        languages=list(LANGUAGES),
        locales=LOCALES,
        is_demo=True,
    )
    instance.current = lambda: row
    options.folder.mkdir(parents=True, exist_ok=True)
    pages = render_all(options.folder)
    if options.shots:
        take_pictures(options.folder, [name for name in pages if name.startswith(options.only)])
    print(f"{len(pages)} pages in {options.folder}, rendered at {dt.datetime.now():%H:%M}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
