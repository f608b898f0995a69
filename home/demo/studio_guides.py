"""Makes the PDF files of the demonstration guides from their texts.

Run by hand when a text changes, never by the site: the files it writes are
committed. `python -m home.demo.studio_guides [slug …]`.
The same texts and fonts give the same bytes.
"""

import argparse
import hashlib
import json
import re
import sys
import tempfile
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import pypdfium2
import typst
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from home.demo.studio_letters import write_letter

DEMO = Path(__file__).resolve().parent
FONTS = DEMO.parent.parent / "site" / "static" / "fonts"
WEIGHTS = {
    "Bricolage Grotesque": {"Bold": 700, "ExtraBold": 800},
    "Atkinson Hyperlegible Next": {"Regular": 400, "Bold": 700},
}
TOPICS = {
    "candidature": "Candidature",
    "metiers": "Métiers",
    "droits": "Droits",
    "formation": "Formation",
    "insertion": "Insertion",
    "parcours": "Parcours",
}
AUDIENCES = {
    "tous": "Pour tous",
    "femmes": "Pour les femmes",
    "jeunes": "Pour les jeunes",
    "seniors": "Pour les seniors",
    "cadres": "Pour les cadres",
}
PLACES = {"75": "Paris", "93": "Seine-Saint-Denis"}
LEAST_WORDS, LEAST_PAGES, MOST_BYTES = 900, 4, 250_000
NEXT = """<p>Ce guide informe. Il ne remplace pas le conseil d’un juriste, et les règles
changent : avant de décider, vérifiez sur le site officiel de l’administration
ou de l’organisme cité.</p>
<p>Pour en parler avec quelqu’un, venez à une réunion d’information collective
d’ACTESS. Elle dure deux heures, elle est gratuite et ouverte aux personnes qui
cherchent un emploi. Le calendrier est sur notre site, à la rubrique « Réunions ».</p>
<h3>À lire ensuite</h3>"""

Guide = dict[str, Any]


class Run(TypedDict):
    """A stretch of text of one style, with the address it leads to, if any."""

    text: str
    strong: bool
    href: NotRequired[str]


class GuideText(HTMLParser):
    """Reads the small HTML of a guide into the blocks that `guide.typ` draws.

    `ul class="checklist"` gives boxes to tick, `aside title` a boxed note,
    `blockquote` an example. Any other element than those below is refused.
    """

    LISTS = ("ul", "ol")
    TEXTS = ("p", "h3", "li", "th", "td")
    BOXES = ("aside", "blockquote")
    IGNORED = ("tr",)

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[dict[str, Any]] = []
        self.outer: list[list[dict[str, Any]]] = []
        self.runs: list[Run] | None = None
        self.strong = False
        self.href: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.LISTS:
            kind = "checklist" if given.get("class") == "checklist" else tag
            self.blocks.append({"kind": kind, "items": []})
        elif tag == "table":
            self.blocks.append({"kind": "table", "header": [], "rows": []})
        elif tag in self.TEXTS:
            self.runs = []
        elif tag in self.BOXES:
            self.outer.append(self.blocks)
            self.blocks = []
            self.outer[-1].append({"kind": tag, "title": given.get("title") or "", "blocks": self.blocks})
        elif tag in ("strong", "a"):
            self.strong = self.strong or tag == "strong"
            self.href = given.get("href") if tag == "a" else self.href
        elif tag == "tr":
            self.blocks[-1]["rows"].append([])
        else:
            raise ValueError(f"<{tag}> has no place in a guide.")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.TEXTS:
            self._keep(tag, self.runs or [])
            self.runs = None
        elif tag in self.BOXES:
            self.blocks = self.outer.pop()
        elif tag == "strong":
            self.strong = False
        elif tag == "a":
            self.href = None

    def handle_data(self, data: str) -> None:
        if self.runs is None:
            if data.strip():
                raise ValueError(f"Text outside any element: {data.strip()[:60]}")
            return
        run = Run(text=re.sub(r"[ \n\t]+", " ", data), strong=self.strong)
        if self.href is not None:
            run["href"] = self.href
        self.runs.append(run)

    def _keep(self, tag: str, runs: list[Run]) -> None:
        if tag in ("p", "h3"):
            self.blocks.append({"kind": tag, "runs": runs})
        elif tag == "li":
            self.blocks[-1]["items"].append(runs)
        elif tag == "th":
            self.blocks[-1]["header"].append(runs)
        else:
            self.blocks[-1]["rows"][-1].append(runs)


def blocks_of(html: str) -> list[dict[str, Any]]:
    """The blocks of a text; tables know the relative widths of their columns."""
    reader = GuideText()
    reader.feed(html)
    reader.close()
    for table in (block for block in reader.blocks if block["kind"] == "table"):
        table["rows"] = [row for row in table["rows"] if row]
        columns = list(zip(table["header"], *table["rows"], strict=True))
        table["widths"] = [column_width(column) for column in columns]
    return reader.blocks


def column_width(cells: tuple[list[Run], ...]) -> float:
    """Long texts get more room, but less than in proportion."""
    longest = max(sum(len(run["text"]) for run in cell) for cell in cells)
    return round(max(longest, 12) ** 0.5, 2)


def words_in(guide: Guide) -> int:
    """Words of the chapters alone, without tags."""
    html = " ".join(chapter["html"] for chapter in guide["chapters"])
    return len(re.findall(r"[^\W\d_][\w’-]*", re.sub(r"<[^>]+>", " ", html)))


def read_guides(folder: Path) -> dict[str, Guide]:
    """Every guide by slug; stops at the first that cannot be printed."""
    guides = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    for slug, guide in guides.items():
        complaints = [
            (guide["slug"] != slug, "its slug is not its file name"),
            (len(guide["summary"]) > 220, "its summary is over 220 characters"),
            (guide["topic"] not in TOPICS, "its topic is unknown"),
            (guide["audience"] not in AUDIENCES, "its audience is unknown"),
            (not set(guide["related"]) <= set(guides), "a related guide is missing"),
            (words_in(guide) < LEAST_WORDS, f"it has only {words_in(guide)} words"),
        ]
        for is_wrong, complaint in complaints:
            if is_wrong:
                raise SystemExit(f"{slug}: {complaint}.")
    return guides


def patchwork_of(slug: str) -> list[tuple[int, int, int, int]]:
    """Shape, direction and two different colours of the 24 tiles of a cover."""
    digest = hashlib.sha256(slug.encode()).digest()
    return [(byte % 6, byte // 6 % 4, byte // 24 % 4, (byte // 24 + 1 + byte // 96) % 4) for byte in digest[:24]]


def printed(guide: Guide, guides: dict[str, Guide]) -> dict[str, Any]:
    """What the template needs to know of a guide."""
    related = "".join(f"<li>{guides[slug]['title']}</li>" for slug in guide["related"])
    return {
        "title": guide["title"],
        "summary": guide["summary"],
        "tags": guide["tags"],
        "topic": guide["topic"],
        "topic_label": TOPICS[guide["topic"]],
        "audience_label": AUDIENCES[guide["audience"]],
        "place_label": ", ".join(PLACES[code] for code in guide["departements"]) or "Île-de-France",
        "tiles": patchwork_of(guide["slug"]),
        "essential": blocks_of("<ul>" + "".join(f"<li>{point}</li>" for point in guide["essential"]) + "</ul>"),
        "chapters": [{"title": each["title"], "blocks": blocks_of(each["html"])} for each in guide["chapters"]],
        "next": blocks_of(f"{NEXT}<ul>{related}</ul>"),
    }


def unpack_fonts(source: Path, target: Path) -> None:
    """Writes one plain font per weight: the typesetter reads neither WOFF2 nor axes."""
    found = set()
    for path in sorted(source.rglob("*.woff2")):
        family = TTFont(path)["name"].getBestFamilyName()
        family = next((known for known in WEIGHTS if str(family).startswith(known)), "")
        if not family or family in found or not can_write_french(path):
            continue
        found.add(family)
        for style, weight in WEIGHTS[family].items():
            font = instantiateVariableFont(TTFont(path, recalcTimestamp=False), axis_values(TTFont(path), weight))
            rename(font, family, style, weight)
            font.flavor = None
            font.save(target / f"{family}-{style}.ttf")
    if missing := set(WEIGHTS) - found:
        raise SystemExit(f"No font in {source} for: {', '.join(sorted(missing))}.")


def can_write_french(path: Path) -> bool:
    """Whether this is an upright Latin file, not an italic or an extension."""
    font = TTFont(path)
    return set(map(ord, "éœÀ’")) <= set(font.getBestCmap()) and not font["OS/2"].fsSelection & 1


def axis_values(font: TTFont, weight: int) -> dict[str, float]:
    """Every axis at its usual place but the weight."""
    values = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    return values | {"wght": weight}


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    """Gives the font the name and weight by which the typesetter asks for it."""
    font["OS/2"].usWeightClass = weight
    names = {
        1: family,
        2: style,
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
        16: family,
        17: style,
    }
    for name_id, value in names.items():
        font["name"].setName(value, name_id, 3, 1, 0x409)


def print_guide(guide: Guide, guides: dict[str, Guide], fonts: Path, target: Path) -> str:
    """Writes one PDF and says its weight; refuses one too short or too heavy."""
    pdf = typst.compile(
        str(DEMO / "guide.typ"),
        root=str(DEMO),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"guide": json.dumps(printed(guide, guides), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    pages = len(pypdfium2.PdfDocument(pdf))
    if pages < LEAST_PAGES or len(pdf) > MOST_BYTES:
        raise SystemExit(f"{guide['slug']}: the file has {pages} pages and weighs {len(pdf)} bytes.")
    (target / f"{guide['slug']}.pdf").write_bytes(pdf)
    return f"{guide['slug']}.pdf: {words_in(guide)} words, {pages} pages, {len(pdf) // 1000} kB"


def main(arguments: list[str]) -> None:
    """Prints the guides asked for, or all of them."""
    parser = argparse.ArgumentParser(description="Makes the PDF files of the demonstration guides.")
    parser.add_argument("slugs", nargs="*", help="guides to print (all if none is given)")
    parser.add_argument("--fonts", type=Path, default=FONTS, help="folder of the site's WOFF2 fonts")
    options = parser.parse_args(arguments)
    guides = read_guides(DEMO / "content" / "guides")
    target = DEMO / "media" / "guides"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as fonts:
        unpack_fonts(options.fonts, Path(fonts))
        for slug in options.slugs or guides:
            print(print_guide(guides[slug], guides, Path(fonts), target))
            for extra in guides[slug].get("extra_files", []):
                write_letter(guides[slug]["letter"], extra["title"], target / extra["file"])


if __name__ == "__main__":
    main(sys.argv[1:])
