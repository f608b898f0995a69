"""How each kind of slide of the demonstration's decks is drawn, in the site's colours."""

from collections.abc import Callable
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from home.demo.studio.palette import CREAM, GREEN, INK, LEAF, LINE, PAPER, SAFFRON, SLATE, TERRACOTTA, WHITE

Words = dict[str, Any]

TITLES, TEXT = "Bricolage Grotesque", "Atkinson Hyperlegible Next"
LEFT, WIDTH, TOP, BOTTOM = 0.8, 11.73, 1.95, 6.55
NO_FILL = ""
THOUSANDS = "#\N{NO-BREAK SPACE}##0"


def colour(name: str) -> RGBColor:
    return RGBColor.from_string(name.removeprefix("#"))


def fill_page(slide: Slide, tint: str) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = colour(tint)


def shape(
    slide: Slide, box: tuple[float, float, float, float], tint: str = WHITE, *, kind: Any = None, line: str = NO_FILL
) -> Any:
    """A flat shape; `box` is left, top, width, height in inches."""
    made = slide.shapes.add_shape(kind or MSO_SHAPE.RECTANGLE, *map(Inches, box))
    # The theme's own style brings a shadow.
    made._element.remove(made._element.find(qn("p:style")))
    if tint:
        made.fill.solid()
        made.fill.fore_color.rgb = colour(tint)
    else:
        made.fill.background()
    if line:
        made.line.color.rgb = colour(line)
        made.line.width = Pt(2)
    else:
        made.line.fill.background()
    return made


def write(
    slide: Slide,
    text: str,
    box: tuple[float, float, float, float],
    *,
    size: float = 22,
    tint: str = INK,
    bold: bool = False,
    font: str = TEXT,
    middle: bool = False,
    centre: bool = False,
) -> Any:
    made = slide.shapes.add_textbox(*map(Inches, box))
    set_text(made.text_frame, text, size=size, tint=tint, bold=bold, font=font)
    made.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    if centre:
        made.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return made


def set_text(frame: Any, text: str, *, size: float, tint: str = INK, bold: bool = False, font: str = TEXT) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Inches(0.05)
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    run.font.color.rgb = colour(tint)


def head(slide: Any, words: Words) -> None:
    """Page, title, a saffron line under it, and where the facts come from."""
    fill_page(slide, PAPER)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = map(Inches, (LEFT - 0.05, 0.55, WIDTH, 0.95))
    title.text_frame.clear()
    set_text(title.text_frame, words["title"], size=34, bold=True, font=TITLES)
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    shape(slide, (LEFT, 1.52, 1.1, 0.09), SAFFRON)
    if source := words.get("source"):
        write(slide, f"Source\N{NO-BREAK SPACE}: {source}", (LEFT, 6.5, WIDTH, 0.4), size=14, tint=SLATE)


def footer(slide: Slide, words: Words) -> None:
    shape(slide, (LEFT, 6.93, WIDTH, 0.02), LINE)
    write(slide, f"Actess · {words['title']}", (LEFT, 6.97, WIDTH - 1, 0.35), size=14, tint=SLATE)
    number = write(slide, str(words["number"]), (LEFT + WIDTH - 1, 6.97, 1, 0.35), size=14, tint=SLATE, bold=True)
    number.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def draw_cover(slide: Slide, deck: Words) -> None:
    """A stamp on the green of the site."""
    fill_page(slide, GREEN)
    shape(slide, (0.8, 0.8, 11.73, 5.9), PAPER)
    for column in range(27):
        for top in (0.8, 6.7):
            shape(slide, (0.8 + column * 11.73 / 26 - 0.11, top - 0.11, 0.22, 0.22), GREEN, kind=MSO_SHAPE.OVAL)
    for row in range(1, 13):
        for left in (0.8, 12.53):
            shape(slide, (left - 0.11, 0.8 + row * 5.9 / 13 - 0.11, 0.22, 0.22), GREEN, kind=MSO_SHAPE.OVAL)
    write(slide, "DIAPORAMA POUR LES MEMBRES", (1.5, 1.45, 9, 0.5), size=18, tint=GREEN, bold=True)
    write(slide, deck["title"], (1.5, 2.0, 8.2, 2.6), size=50, bold=True, font=TITLES)
    shape(slide, (1.55, 4.75, 1.4, 0.1), SAFFRON)
    write(slide, f"Par {deck['author']}", (1.5, 5.0, 8, 0.5), size=20, tint=SLATE)
    shape(slide, (9.75, 2.3, 2.1, 2.1), NO_FILL, kind=MSO_SHAPE.OVAL, line=TERRACOTTA)
    shape(slide, (9.9, 2.45, 1.8, 1.8), NO_FILL, kind=MSO_SHAPE.OVAL, line=TERRACOTTA)
    mark = write(slide, "ESS", (9.75, 2.78, 2.1, 0.8), size=36, tint=TERRACOTTA, bold=True, font=TITLES, centre=True)
    mark.rotation = -9
    words = write(slide, "Île-de-France", (9.75, 3.42, 2.1, 0.4), size=14, tint=TERRACOTTA, bold=True, centre=True)
    words.rotation = -9


def draw_points(slide: Slide, words: Words) -> None:
    head(slide, words)
    room = (BOTTOM - 1.05 if "note" in words else BOTTOM - 0.2) - TOP
    height = min(room / len(words["points"]), 1.15)
    size = 26 if len(words["points"]) < 4 else 23
    for number, point in enumerate(words["points"]):
        top = TOP + number * height
        dot = shape(slide, (LEFT, top + height / 2 - 0.26, 0.52, 0.52), LEAF, kind=MSO_SHAPE.OVAL)
        set_text(dot.text_frame, str(number + 1), size=18, tint=GREEN, bold=True)
        dot.text_frame.margin_left = dot.text_frame.margin_right = 0
        dot.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        write(slide, point, (LEFT + 0.75, top, WIDTH - 0.75, height), size=size, middle=True)
    if note := words.get("note"):
        shape(slide, (LEFT, 5.72, WIDTH, 0.7), CREAM)
        shape(slide, (LEFT, 5.72, 0.1, 0.7), SAFFRON)
        write(slide, note, (LEFT + 0.25, 5.72, WIDTH - 0.4, 0.7), size=19, middle=True)


def draw_steps(slide: Slide, words: Words) -> None:
    head(slide, words)
    steps, gap = words["steps"], 0.3
    width = (WIDTH - gap * (len(steps) - 1)) / len(steps)
    for number, (title, text) in enumerate(steps):
        left = LEFT + number * (width + gap)
        shape(slide, (left, TOP + 0.35, width, 3.75), WHITE, line=LINE)
        shape(slide, (left, TOP + 0.35, width, 0.1), GREEN)
        mark = shape(slide, (left + 0.25, TOP, 0.8, 0.8), PAPER, kind=MSO_SHAPE.OVAL, line=TERRACOTTA)
        set_text(mark.text_frame, str(number + 1), size=24, tint=TERRACOTTA, bold=True, font=TITLES)
        mark.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        write(slide, title, (left + 0.2, TOP + 0.95, width - 0.4, 0.55), size=23, bold=True, font=TITLES, tint=GREEN)
        write(slide, text, (left + 0.2, TOP + 1.55, width - 0.4, 2.4), size=19)


def draw_figure(slide: Slide, words: Words) -> None:
    head(slide, words)
    shape(slide, (LEFT, TOP + 0.3, 5.6, 3.5), LEAF)
    write(
        slide,
        words["value"],
        (LEFT, TOP + 0.3, 5.6, 3.5),
        size=80,
        tint=GREEN,
        bold=True,
        font=TITLES,
        middle=True,
        centre=True,
    )
    write(slide, words["text"], (LEFT + 6.0, TOP + 0.3, WIDTH - 6.0, 3.5), size=26, middle=True)


def draw_compare(slide: Slide, words: Words) -> None:
    head(slide, words)
    width = (WIDTH - 0.4) / 2
    for place, (side, tint) in enumerate((("left", LEAF), ("right", CREAM))):
        title, *points = words[side]
        left = LEFT + place * (width + 0.4)
        shape(slide, (left, TOP, width, 4.3), tint)
        write(slide, title, (left + 0.3, TOP + 0.2, width - 0.6, 0.6), size=26, bold=True, font=TITLES)
        height = 3.2 / max(3, len(points))
        for number, point in enumerate(points):
            top = TOP + 0.95 + number * height
            shape(slide, (left + 0.35, top + height / 2 - 0.07, 0.14, 0.14), SAFFRON if place else GREEN)
            write(slide, point, (left + 0.65, top, width - 0.9, height), size=20, middle=True)


def draw_words(slide: Slide, words: Words) -> None:
    head(slide, words)
    height = min(4.4 / len(words["items"]), 1.1)
    for number, (word, meaning) in enumerate(words["items"]):
        top = TOP + number * height
        write(slide, word, (LEFT, top, 3.6, height), size=23, bold=True, font=TITLES, tint=GREEN, middle=True)
        write(slide, meaning, (LEFT + 3.8, top, WIDTH - 3.8, height), size=21, middle=True)
        shape(slide, (LEFT, top + height - 0.02, WIDTH, 0.02), LINE)


def draw_table(slide: Slide, words: Words) -> None:
    head(slide, words)
    rows = [words["headers"], *words["rows"]]
    box = map(Inches, (LEFT, TOP, WIDTH, min(4.2, 0.74 * len(rows))))
    size = 18 if len(rows) < 6 else 16
    table = slide.shapes.add_table(len(rows), len(rows[0]), *box).table
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            cell = table.cell(down, across)
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour(GREEN if not down else WHITE if down % 2 else LEAF)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            first = not down or not across
            set_text(cell.text_frame, text, size=size, tint=INK if down else WHITE, bold=first)
            cell.margin_left = cell.margin_right = Inches(0.12)


def draw_bars(slide: Any, words: Words) -> None:
    head(slide, words)
    data = CategoryChartData(number_format=THOUSANDS)
    # The first bar at the top, as one reads.
    data.categories = words["labels"][::-1]
    data.add_series(words["unit"], words["values"][::-1])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Inches, (LEFT, TOP, WIDTH, 4.4)), data)
    said = ", ".join(
        f"{label}\N{NO-BREAK SPACE}: {value}" for label, value in zip(words["labels"], words["values"], strict=True)
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{said} ({words['unit']}).")
    chart = frame.chart
    chart.has_legend, chart.has_title = False, True
    set_text(chart.chart_title.text_frame, words["unit"], size=18, tint=SLATE)
    chart.font.size, chart.font.name = Pt(18), TEXT
    chart.font.color.rgb = colour(INK)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = colour(LINE)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.position, plot.data_labels.number_format = XL_LABEL_POSITION.OUTSIDE_END, THOUSANDS
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size, plot.data_labels.font.bold = Pt(24), True
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = colour(GREEN)


def draw_sources(slide: Slide, deck: Words) -> None:
    head(slide, {"title": "Sources, et la suite"})
    for number, source in enumerate(deck["sources"]):
        top = TOP + number * 0.75
        shape(slide, (LEFT + 0.05, top + 0.3, 0.14, 0.14), SAFFRON)
        write(slide, source, (LEFT + 0.4, top, WIDTH - 0.4, 0.75), size=20, middle=True)
    shape(slide, (LEFT, 4.75, WIDTH, 1.5), LEAF)
    write(
        slide, "Pour aller plus loin", (LEFT + 0.3, 4.85, WIDTH - 0.6, 0.5), size=20, bold=True, font=TITLES, tint=GREEN
    )
    write(slide, deck["next"], (LEFT + 0.3, 5.35, WIDTH - 0.6, 0.8), size=21)


DRAWERS: dict[str, Callable[[Slide, Words], None]] = {
    "points": draw_points,
    "steps": draw_steps,
    "figure": draw_figure,
    "compare": draw_compare,
    "words": draw_words,
    "table": draw_table,
    "bars": draw_bars,
    "footer": footer,
}
