"""Writes the letter that goes with a guide as a file to fill in with a word processor."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

Letter = list[dict[str, str]]

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_SPACES = f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:style="{ODF}style:1.0"'
LETTER_STYLES = {
    "sender": 'fo:margin-bottom="0cm"',
    "recipient": 'fo:margin-left="9cm" fo:margin-bottom="0cm"',
    "subject": 'fo:margin-top="0.8cm" fo:margin-bottom="0.6cm"',
    "text": 'fo:margin-bottom="0.35cm"',
    "hint": 'fo:margin-bottom="0.35cm" fo:background-color="#dcefe6" fo:padding="0.2cm"',
}


def letter_parts(letter: Letter, title: str) -> dict[str, str]:
    """The four XML parts of an OpenDocument 1.2 text, by path."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {layout}/></style:style>'
        for name, layout in LETTER_STYLES.items()
    )
    body = "".join(f'<text:p text:style-name="{part["style"]}">{escape(part["text"])}</text:p>' for part in letter)
    spaces = f'{ODF_SPACES} xmlns:fo="{ODF}xsl-fo-compatible:1.0"'
    default = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Arial"'
        ' fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style>'
    )
    return {
        "content.xml": f'<office:document-content {spaces} office:version="1.2"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {spaces} office:version="1.2"><office:styles>{default}</office:styles>'
        "</office:document-styles>",
        "meta.xml": f'<office:document-meta {ODF_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">'
        f"<office:meta><dc:title>{escape(title)}</dc:title><dc:creator>ACTESS</dc:creator>"
        "<dc:language>fr-FR</dc:language></office:meta></office:document-meta>",
    }


def write_letter(letter: Letter, title: str, path: Path) -> None:
    """Writes the letter as an OpenDocument text; the same letter gives the same bytes."""
    mimetype = "application/vnd.oasis.opendocument.text"
    parts = letter_parts(letter, title)
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in [("/", mimetype), *((part, "text/xml") for part in parts)]
    )
    parts["META-INF/manifest.xml"] = (
        f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0" manifest:version="1.2">{entries}</manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        # Readers look for the type in the first bytes: it comes first, stored as it is.
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, xml in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}')
