"""Word and Excel files: parts on a list are kept, descriptions and comments dropped, the rest refused."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from lxml import etree

from tawsiya.portal.stripping import EXCEL, WORD, CannotStrip
from tawsiya.portal.stripping.images import strip_image

MAX_TOTAL = 200 * 1024 * 1024
MAX_PARTS = 5000
_SAME_DATE = (1980, 1, 1, 0, 0, 0)

# Parts that carry what the reader sees.
_KEPT = {
    WORD: re.compile(
        r"word/(document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|footnotes|endnotes"
        r"|header\d+|footer\d+)\.xml|word/theme/theme\d+\.xml"
    ),
    EXCEL: re.compile(
        r"xl/(workbook|styles|sharedStrings|metadata)\.xml|xl/theme/theme\d+\.xml"
        r"|xl/(worksheets/sheet|tables/table|drawings/drawing|charts/(chart|style|colors))\d+\.xml"
    ),
}
_ALWAYS = re.compile(r"\[Content_Types\]\.xml|(.*/)?_rels/[^/]*\.rels")
_PICTURE = re.compile(r"(word|xl)/media/[^/]+\.(png|jpe?g|gif)", re.IGNORECASE)
_PICTURES = {"png": "PNG", "gif": "GIF"}
# Descriptions, comments and their authors, printers, recalculation hints: they go, with what points to them.
_DROPPED = re.compile(
    r"\[trash\]/.*|docProps/.*|docMetadata/.*|customXml/.*|word/(comments\w*|people|glossary/.*|printerSettings/.*)(\.xml)?"
    r"|word/printerSettings/.*|xl/(comments\d*|calcChain)\.xml|xl/(threadedComments|persons|printerSettings)/.*"
    r"|xl/drawings/(vmlDrawing\d+\.vml)"
)
Node = Any  # lxml carries no types
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TRACKED = re.compile(
    "(ins|del|moveFrom|moveTo|(r|p|sect|tbl|tc|tr)PrChange|tblGridChange|numberingChange|cell(Ins|Del|Merge))"
)
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_SETTINGS = (
    "rsids",
    "rsid",
    "attachedTemplate",
    "docVars",
    "mailMerge",
    "documentProtection",
    "writeProtection",
)
_AUTHORED = frozenset({"author", "initials", "date", "userId", "userName"})
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def strip_office(data: bytes, media_type: str) -> bytes:
    """Return the file without properties, comments, authors and traces of editing.

    Raises:
        CannotStrip: damaged, too large, with tracked changes, hidden sheets or parts (embedded files,
            macros, links to other workbooks) that cannot be cleaned.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            infos = source.infolist()
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_TOTAL:
                raise CannotStrip("too_large")
            parts = {info.filename: source.read(info) for info in infos if not info.is_dir()}
        return _write(
            {name: _clean(name, part, media_type) for name, part in _kept(parts, media_type).items()}
        )
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError, NotImplementedError) as error:
        raise CannotStrip("damaged") from error
    except RuntimeError as error:  # zipfile's answer to an encrypted member
        raise CannotStrip("encrypted") from error


def _kept(parts: dict[str, bytes], media_type: str) -> dict[str, bytes]:
    kept = {}
    for name, part in parts.items():
        if _DROPPED.fullmatch(name) or _DROPPED.fullmatch(_owner(name)):
            continue
        if not any(form.fullmatch(name) for form in (_KEPT[media_type], _ALWAYS, _PICTURE)):
            raise CannotStrip("part", name[:80])
        kept[name] = part
    return kept


def _owner(name: str) -> str:
    """Return the part whose relationships `a/_rels/b.xml.rels` holds: `a/b.xml`."""
    return re.sub(r"_rels/([^/]*)\.rels$", r"\1", name)


def _clean(name: str, part: bytes, media_type: str) -> bytes:
    if _PICTURE.fullmatch(name):
        return strip_image(part, _PICTURES.get(name.rpartition(".")[2].lower(), "JPEG"))
    root = etree.fromstring(part, etree.XMLParser(**_PARSER))
    if name == "[Content_Types].xml":
        _keep_children(root, lambda child: not _DROPPED.fullmatch(child.get("PartName", "").lstrip("/")))
    elif name.endswith(".rels"):
        _clean_relationships(root, name)
    elif media_type == WORD:
        _clean_word(root)
    else:
        _clean_excel(root)
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        _remove(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _keep_children(root: Node, keep: Callable[[Node], bool]) -> None:
    for child in list(root):
        if isinstance(child.tag, str) and not keep(child):
            root.remove(child)


def _clean_relationships(root: Node, name: str) -> None:
    folder = name.rpartition("_rels/")[0]

    def keep(child: Node) -> bool:
        target = child.get("Target", "")
        if child.get("TargetMode") == "External":
            # A template's or a linked file's path names people and machines; addresses of the web stay.
            return target.startswith(("http://", "https://", "mailto:"))
        return not _DROPPED.fullmatch(_resolve(folder, target))

    _keep_children(root, keep)


def _resolve(folder: str, target: str) -> str:
    steps: list[str] = [] if target.startswith("/") else [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _clean_word(root: Node) -> None:
    for node in root.iter(_W + "*"):
        if _TRACKED.fullmatch(etree.QName(node).localname):
            raise CannotStrip("tracked")
    for tag in (*_COMMENT_MARKS, *_SETTINGS, "dataBinding"):
        for node in list(root.iter(_W + tag)):
            _remove(node)
    for node in root.iter(etree.Element):
        for key in list(node.attrib):
            local = etree.QName(key).localname
            if local.startswith("rsid") or (key.startswith(_W) and local in _AUTHORED):
                del node.attrib[key]


def _clean_excel(root: Node) -> None:
    for sheet in root.iter("{*}sheet"):
        if sheet.get("state") in ("hidden", "veryHidden"):
            raise CannotStrip("hidden_sheet", sheet.get("name", "")[:80])
    for tag in ("absPath", "fileSharing", "legacyDrawing", "legacyDrawingHF", "externalReferences"):
        for node in list(root.iter("{*}" + tag)):
            _remove(_outermost_alternate(node))
    for node in root.iter("{*}pageSetup"):  # names the printer's settings, which are gone
        node.attrib.pop(_R + "id", None)


def _outermost_alternate(node: Node) -> Node:
    """Return the mc:AlternateContent around a node: its choice may not stand empty."""
    for parent in node.iterancestors("{*}AlternateContent"):
        return parent
    return node


def _remove(node: Node) -> None:
    parent = node.getparent()
    if parent is not None:
        before = node.getprevious()
        if node.tail:  # the text after a node is kept by lxml on the node itself
            if before is not None:
                before.tail = (before.tail or "") + node.tail
            else:
                parent.text = (parent.text or "") + node.tail
        parent.remove(node)


def _write(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            # A fresh entry: the old one carries the moment and the system of its writing.
            info = zipfile.ZipInfo(name, _SAME_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return target.getvalue()
