"""Makes the demonstration's slide decks from their texts: `python -m home.demo.studio_decks [slug …]`.

Each is a real PPTX file, or the ODP or PDF that LibreOffice makes of it, with
pictures of its first slides beside it, as the site would have drawn them.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from pptx import Presentation
from pptx.util import Emu, Inches

from home.demo import content
from home.demo.studio_guides import FONTS, unpack_fonts
from home.demo.studio_slides import DRAWERS, draw_cover, draw_sources

FOLDER = content.MEDIA / "decks"
SIZE = Inches(13.333), Inches(7.5)
BLANK = 6
PREVIEWS = 4
PREVIEW_WIDTH = 640
MOST_BYTES = 250_000
FONTS_CONF = """<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{folder}</dir></fontconfig>"""

Deck = dict[str, Any]


def build(deck: Deck, path: Path) -> int:
    """Writes the PPTX file; how many slides it has."""
    made = Presentation()
    made.slide_width, made.slide_height = (Emu(side) for side in SIZE)
    made.core_properties.title = deck["title"]
    made.core_properties.author = deck["author"]
    made.core_properties.language = "fr-FR"
    slides = [(draw_cover, deck), *((DRAWERS[each["kind"]], each) for each in deck["slide"]), (draw_sources, deck)]
    for number, (draw, words) in enumerate(slides, start=1):
        slide = made.slides.add_slide(made.slide_layouts[BLANK if draw is draw_cover else 5])
        draw(slide, words)
        if number > 1:
            DRAWERS["footer"](slide, {"title": deck["title"], "number": number})
    made.save(str(path))
    return len(slides)


def convert(path: Path, kind: str, target: Path, fonts: Path) -> Path:
    """By LibreOffice, which must be on the machine, with the site's fonts."""
    fonts_of_ours = ["env", f"FONTCONFIG_FILE={fonts / 'fonts.conf'}"]
    command = ["soffice", f"-env:UserInstallation={(fonts / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*fonts_of_ours, *command, "--outdir", str(target), str(path)], check=True, capture_output=True)
    return target / f"{path.stem}.{kind}"


def prepare_fonts(folder: Path) -> None:
    unpack_fonts(FONTS, folder)
    (folder / "fonts.conf").write_text(FONTS_CONF.format(folder=folder))


def draw_previews(pdf: Path, slug: str) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(PREVIEWS, len(document))):
            page = document[number]
            image = page.render(scale=PREVIEW_WIDTH / page.get_size()[0]).to_pil().convert("RGB")
            image.save(FOLDER / f"{slug}-{number + 1}.webp", quality=82, method=6)


def make(deck: Deck, fonts: Path) -> str:
    slug, kind = deck["slug"], deck.get("format", "pptx")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{slug}.pptx"
        slides = build(deck, source)
        pdf = convert(source, "pdf", Path(folder), fonts)
        made = {"pptx": source, "pdf": pdf}.get(kind) or convert(source, kind, Path(folder), fonts)
        size = made.stat().st_size
        if size > MOST_BYTES:
            raise SystemExit(f"{slug}: the file weighs {size} bytes.")
        (FOLDER / made.name).write_bytes(made.read_bytes())
        draw_previews(pdf, slug)
    return f"{slug}.{kind}: {slides} slides, {size // 1000} kB"


def main(arguments: list[str]) -> None:
    """Makes the decks asked for, or all of them."""
    parser = argparse.ArgumentParser(description="Makes the slide decks of the demonstration.")
    parser.add_argument("slugs", nargs="*", help="decks to make (all if none is given)")
    slugs = parser.parse_args(arguments).slugs
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as fonts:
        prepare_fonts(Path(fonts))
        for deck in content.decks():
            if not slugs or deck["slug"] in slugs:
                print(make(deck, Path(fonts)))


if __name__ == "__main__":
    main(sys.argv[1:])
