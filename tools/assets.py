"""Copy the style sheets, scripts, icons and fonts that are used from node_modules into the package.

Run after `npm ci --ignore-scripts`; Django serves the result under /static/vendor/.
"""

import argparse
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "src/tawsiya/core/static/core"
TARGET = ROOT / "src/tawsiya/assets/vendor"

WEB = "@fontsource-variable"
DOCUMENTS = "@expo-google-fonts"
# From node_modules to vendor/. WOFF2 files are for pages, TTF files for charts and PDF.
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.rtl.min.css": "bootstrap/bootstrap.rtl.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap/bootstrap.bundle.min.js",
    f"{WEB}/noto-sans/files/noto-sans-latin-wght-normal.woff2": "fonts/noto-sans-latin.woff2",
    f"{WEB}/noto-sans/files/noto-sans-latin-ext-wght-normal.woff2": "fonts/noto-sans-latin-ext.woff2",
    f"{WEB}/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2": "fonts/noto-sans-arabic.woff2",
    "@fontsource/noto-sans-tifinagh/files/noto-sans-tifinagh-tifinagh-400-normal.woff2": (
        "fonts/noto-sans-tifinagh.woff2"
    ),
    # Arabic on paper: each letter is one glyph, so that words can be searched and copied out of a PDF.
    f"{DOCUMENTS}/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf": (
        "fonts/IBMPlexSansArabic-Regular.ttf"
    ),
    f"{DOCUMENTS}/ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold.ttf": (
        "fonts/IBMPlexSansArabic-Bold.ttf"
    ),
    f"{DOCUMENTS}/noto-sans/400Regular/NotoSans_400Regular.ttf": "fonts/NotoSans-Regular.ttf",
    f"{DOCUMENTS}/noto-sans/700Bold/NotoSans_700Bold.ttf": "fonts/NotoSans-Bold.ttf",
    f"{DOCUMENTS}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf": (
        "fonts/NotoSansArabic-Regular.ttf"
    ),
    f"{DOCUMENTS}/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf": "fonts/NotoSansArabic-Bold.ttf",
    f"{DOCUMENTS}/noto-sans-tifinagh/400Regular/NotoSansTifinagh_400Regular.ttf": (
        "fonts/NotoSansTifinagh-Regular.ttf"
    ),
    "bootstrap/LICENSE": "licences/bootstrap.txt",
    "bootstrap-icons/LICENSE": "licences/bootstrap-icons.txt",
    f"{WEB}/noto-sans/LICENSE": "licences/noto-sans.txt",
    f"{WEB}/noto-sans-arabic/LICENSE": "licences/noto-sans-arabic.txt",
    "@fontsource/noto-sans-tifinagh/LICENSE": "licences/noto-sans-tifinagh.txt",
}
SVG = re.compile(r"<svg[^>]*>(?P<body>.*)</svg>", re.DOTALL)
SOURCE_MAP = re.compile(rb"\n?(?:/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)\s*$")


def symbol(name: str, svg: str) -> str:
    """Return one icon as a `<symbol>` of the sprite.

    Raises:
        ValueError: the text is not an SVG picture.
    """
    found = SVG.search(svg)
    if not found:
        raise ValueError(f"{name}: not an SVG picture")
    body = " ".join(found["body"].split())
    return f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>'


def sprite() -> str:
    """Return every icon named in icons.json, and the project's own, as one SVG file."""
    names = json.loads((STATIC / "icons.json").read_text("utf-8"))["bootstrap"]
    pictures = {name: MODULES / f"bootstrap-icons/icons/{name}.svg" for name in names}
    pictures |= {path.stem: path for path in sorted((STATIC / "icons").glob("*.svg"))}
    symbols = [symbol(name, path.read_text("utf-8")) for name, path in pictures.items()]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def copy_all(target: Path) -> int:
    """Write every asset below `target` and return how many files that is.

    Source-map comments are cut: the maps are not shipped, and a browser would ask for them.
    """
    for source, name in FILES.items():
        destination = target / name
        destination.parent.mkdir(parents=True, exist_ok=True)
        if destination.suffix in {".css", ".js"}:
            destination.write_bytes(SOURCE_MAP.sub(b"\n", (MODULES / source).read_bytes()))
        else:
            shutil.copyfile(MODULES / source, destination)
    (target / "icons.svg").write_text(sprite(), "utf-8")
    return len(FILES) + 1


def main() -> int:
    """Copy the assets; say in one sentence what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=TARGET)
    target: Path = parser.parse_args().target
    try:
        count = copy_all(target)
    except FileNotFoundError as error:
        print(
            f"{error.filename} is missing: run `npm ci --ignore-scripts` first.",
            file=sys.stderr,
        )
        return 1
    print(f"{count} style sheets, scripts, icons and fonts copied")
    return 0


if __name__ == "__main__":
    sys.exit(main())
