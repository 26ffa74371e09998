"""For search engines: every page with its twin in the other language, and leave to read everything."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from kompeten.ground.findings import FOLDER_OF, LANGUAGES, Language
from kompeten.ground.settings import Settings

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(pages: Sequence[str], settings: Settings, released_on: str) -> bytes:
    """Write sitemap.xml. pages: paths below the root of the site, the same in both languages; "" is the home page."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in sorted({page.lstrip("/") for page in pages}):
        for language in LANGUAGES:
            entry = ElementTree.SubElement(root, "url")
            ElementTree.SubElement(entry, "loc").text = address(settings, page, language)
            ElementTree.SubElement(entry, "lastmod").text = released_on
            for name, other in (("id", "id"), ("en", "en"), ("x-default", "id")):
                href = address(settings, page, "en" if other == "en" else "id")
                ElementTree.SubElement(entry, "xhtml:link", {"rel": "alternate", "hreflang": name, "href": href})
    return as_xml(root)


def as_xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def address(settings: Settings, page: str, language: Language) -> str:
    return settings.base_url + FOLDER_OF[language] + page


def robots(settings: Settings, *, hidden: bool) -> bytes:
    """Write robots.txt: everything may be read; a site of invented figures, or a preview, asks not to be listed."""
    rule = "Disallow: /" if hidden else "Allow: /"
    return f"User-agent: *\n{rule}\n\nSitemap: {settings.base_url}sitemap.xml\n".encode()
