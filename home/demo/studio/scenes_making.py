"""Drawings of people who make and mend: workshops, sites and kitchens."""

from home.demo.studio.heads import Look
from home.demo.studio.nature import bush, cloud, rays, sun, tree
from home.demo.studio.palette import (
    AMBER,
    BARK,
    BLUSH,
    BRICK,
    CORAL,
    CREAM,
    GREEN,
    HONEY,
    INK,
    LEAF,
    MIST,
    MOSS,
    SAFFRON,
    SAGE,
    SAND,
    SKY,
    SLATE,
    STONE,
    TERRACOTTA,
    WHITE,
    WOOD,
    darker,
)
from home.demo.studio.people import Wear, person
from home.demo.studio.places import blob, block, outside, room, shelves, skyline, window
from home.demo.studio.shapes import circle, curve, ellipse, line, path, picture, placed, poly, rect
from home.demo.studio.things import (
    board,
    books,
    box,
    chair,
    counter,
    hammer,
    hanging_lamp,
    lamp,
    laptop,
    pegs,
    pot,
    saw,
    screen,
    sewing_machine,
    stool,
    table,
    toolbox,
    washing_machine,
    wrench,
)
from home.demo.studio.vehicles import trolley

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def repair_workshop() -> str:
    radio = (
        rect(690, 500, 190, 100, TERRACOTTA, 14) + circle(742, 550, 34, CREAM) + circle(742, 550, 20, SLATE)
        + rect(796, 520, 66, 20, CREAM, 4) + circle(814, 568, 11, SAFFRON) + circle(846, 568, 11, SAFFRON)
        + line([(850, 500), (890, 430)], STONE, 5))
    return picture(
        room(CREAM, "#b98f63"), pegs(470, 120, 660, 230), hanging_lamp(790, 120, GREEN), window(120, 150, 220, 280),
        person(
            520, 830, 520, look=Look(3, "braids", "black"), wear=Wear(SAFFRON, INK, "apron", GREEN), right=(700, 560),
            left=(590, 590)),
        person(
            1060, 830, 540, look=Look(0, "bald", "grey", beard=True, glasses=True),
            wear=Wear(SLATE, INK, "apron", TERRACOTTA), left=(880, 560), right=(1010, 590), way=-1),
        table(360, 850, 860, 250), radio, wrench(860, 596, 90, 70, SAFFRON), toolbox(1060, 600, 140, GREEN),
        circle(460, 588, 14, STONE), circle(496, 590, 10, SAFFRON), lamp(1400, 850, 430))


def recycling_centre() -> str:
    goods = (
        placed(chair(0, 0, 90, GREEN), x=240, y=372) + box(350, 372, 110, 80) + lamp(540, 372, 140, CORAL)
        + books(160, 572, 9, 80) + box(420, 572, 130, 96, SAFFRON) + circle(620, 530, 40, TERRACOTTA)
        + rect(160, 680, 150, 92, SLATE, 8) + rect(172, 692, 96, 66, SKY, 4) + box(360, 772, 150, 110)
        + rect(550, 690, 100, 82, MOSS, 10))
    return picture(
        room(LEAF, "#cbbd9f", 770), shelves(130, 180, 560, 596, 3), goods, rect(1180, 190, 330, 580, MIST),
        "".join(rect(1180, 190 + k * 60, 330, 6, STONE) for k in range(10)),
        person(
            900, 840, 520, look=Look(4, "short", "black", hat="cap", tone=SAFFRON),
            wear=Wear(GREEN, INK, "vest", SAFFRON), left=(830, 570), right=(985, 570), pose="walk",
            holding=circle(905, 480, 34, CORAL) + books(850, 510, 3, 70) + box(830, 610, 156, 116)),
        trolley(1270, 850), box(1200, 790, 180, 130), box(1220, 660, 130, 100, SAFFRON),
        person(
            1450, 850, 480, look=Look(1, "bob", "grey"), wear=Wear(TERRACOTTA, SLATE), left=(1330, 620),
            right=(1370, 640), way=-1))


def carpentry() -> str:
    planks = "".join(
        placed(rect(-18, -420, 36, 420, (WOOD, HONEY, BARK, AMBER)[k % 4], 3), x=1240 + k * 62, y=790, turn=4 - k)
        for k in range(5))
    curls = "".join(
        curve(f"M{560 + k * 110},{842 + (k % 2) * 14} q20,-30 40,0 q-14,20 -24,4", HONEY, 7) for k in range(7))
    return picture(
        room("#e7efe6", SAND), blob(800, 430, 420, LEAF), planks, window(140, 140, 230, 300),
        rect(420, 230, 190, 14, BARK), hammer(450, 340, 100, 180), saw(500, 280, 100, 90), wrench(580, 330, 90),
        person(
            760, 840, 560, look=Look(2, "bun", "brown", glasses=True), wear=Wear(TERRACOTTA, INK, "apron", SAND),
            right=(930, 570), left=(860, 592), lean=6), rect(520, 610, 760, 34, WOOD, 6),
        rect(560, 644, 34, 220, BARK), rect(1200, 644, 34, 220, BARK), rect(590, 740, 620, 24, BARK),
        rect(620, 580, 560, 30, HONEY, 4), saw(960, 560, 210, 24), curls, stool(380, 860, 150, GREEN))


def renovation() -> str:
    poles = (
        "".join(line([(x, 850), (x, 150)], SLATE, 12) for x in (320, 760, 1200))
        + "".join(rect(290, y, 940, 18, WOOD, 4) for y in (480, 800)) + line([(320, 480), (760, 800)], STONE, 8)
        + line([(760, 480), (1200, 800)], STONE, 8))
    wall = (
        rect(240, 120, 1070, 720, BLUSH) + path("M240,120 H760 V470 H240 Z", SAFFRON)
        + poly([(180, 130), (420, 20), (1130, 20), (1370, 130)], TERRACOTTA))
    return picture(
        outside(SKY, SAGE, 780), skyline(780, MIST, seed=3), wall,
        "".join(window(x, y, 130, 170) for x in (820, 1060) for y in (200, 560)), window(380, 560, 130, 170), poles,
        person(
            560, 478, 330, look=Look(5, "short", "black", hat="helmet", tone=TERRACOTTA), wear=Wear(WHITE, SLATE),
            right=(700, 270), left=(520, 370), holding=line([(690, 280), (720, 200)], STONE, 8)
            + rect(676, 164, 110, 44, WHITE, 12)),
        person(
            980, 478, 330, look=Look(1, "ponytail", "red", hat="helmet", tone=WHITE),
            wear=Wear(GREEN, INK, "vest", SAFFRON), left=(890, 340), right=(1010, 390), way=-1),
        person(
            1420, 860, 480, look=Look(3, "short", "black", hat="helmet", tone=SAFFRON, beard=True),
            wear=Wear(TERRACOTTA, INK, "vest", SAFFRON), left=(1340, 600), right=(1430, 610), way=-1,
            holding=rect(1330, 560, 130, 90, WHITE, 4) + line([(1350, 590), (1430, 590)], MIST, 8)
            + line([(1350, 615), (1410, 615)], MIST, 8)), bush(110, 850, 220), toolbox(840, 800, 110))


def solar_panels() -> str:
    def panel(x: float, y: float) -> str:
        cells = (
            "".join(line([(x + k * 60 - 70, y + 180), (x + k * 60, y)], SKY, 4) for k in range(1, 4))
            + "".join(line([(x - 23 * k, y + 60 * k), (x + 240 - 23 * k, y + 60 * k)], SKY, 4) for k in (1, 2)))
        return poly([(x, y), (x + 240, y), (x + 170, y + 180), (x - 70, y + 180)], INK) + cells

    return picture(
        rect(0, 0, 1600, 900, "#cfe5e3"), sun(1290, 200, 110), rays(1290, 200, 175), cloud(330, 190, 1.1),
        cloud(820, 120, 0.7), skyline(640, "#b4d3d0", seed=2),
        poly([(240, 520), (1500, 520), (1240, 900), (-60, 900)], TERRACOTTA),
        "".join(line([(240 - 78 * k, 520 + 95 * k), (1500 - 68 * k, 520 + 95 * k)], BRICK, 5) for k in range(1, 4)),
        rect(230, 508, 1280, 22, BRICK, 8), panel(420, 560), panel(690, 560), panel(960, 560),
        person(
            330, 800, 400, look=Look(4, "short", "black", hat="helmet", tone=SAFFRON),
            wear=Wear(GREEN, INK, "vest", SAFFRON), right=(450, 660), left=(380, 690), pose="kneel"),
        person(
            1280, 790, 420, look=Look(1, "long", "chestnut", hat="helmet", tone=WHITE),
            wear=Wear(SLATE, INK, "vest", SAFFRON), left=(1170, 620), right=(1210, 650), way=-1, lean=-5))


def sewing() -> str:
    def dummy(x: float, tone: str) -> str:
        return (
            line([(x, 840), (x, 640)], BARK, 12) + ellipse(x, 842, 70, 12, BARK)
            + path(
                    f"M{x - 70},430 Q{x},400 {x + 70},430 Q{x + 40},520 {x + 64},650 Q{x},676 {x - 64},650 "
                    f"Q{x - 40},520 {x - 70},430 Z",
                tone) + rect(x - 16, 386, 32, 36, SAND, 8))

    rolls = "".join(
        rect(1120 + (k % 2) * 10, 190 + k * 62, 360, 52, tone, 26) + circle(1480, 216 + k * 62, 26, darker(tone))
        + circle(1480, 216 + k * 62, 10, CREAM) for k, tone in enumerate((TERRACOTTA, SAFFRON, MOSS, CORAL, SLATE)))
    cloth = path("M560,640 Q500,660 480,820 Q560,860 640,820 Q620,700 680,640 Z", CORAL)
    return picture(
        room(BLUSH, "#c99a78"), rect(1090, 170, 430, 14, BARK), rolls, rect(1090, 500, 430, 14, BARK),
        dummy(250, SAFFRON), path("M186,560 Q250,540 314,560 L350,790 Q250,820 150,790 Z", GREEN),
        window(470, 130, 240, 260),
        person(
            880, 850, 540, look=Look(3, "short", "black", hat="scarf", tone=GREEN), wear=Wear(SAFFRON, INK),
            left=(690, 620), right=(760, 630), pose="sit", way=-1, lean=-4), chair(930, 850, 140, GREEN, flip=True),
        table(420, 850, 460, 210, WOOD), cloth, sewing_machine(600, 640, 210, INK), circle(820, 626, 16, TERRACOTTA),
        circle(790, 628, 12, SAFFRON),
        person(
            1290, 850, 520, look=Look(0, "curly", "blond"), wear=Wear(SLATE, TERRACOTTA, skirt=True), left=(1200, 560),
            right=(1380, 560), holding=poly([(1190, 550), (1390, 550), (1400, 720), (1180, 720)], HONEY)))


def shared_kitchen() -> str:
    tiles = (
        "".join(line([(0, y), (1600, y)], "#cfe2d8", 4) for y in range(90, 480, 75))
        + "".join(line([(x, 90), (x, 480)], "#cfe2d8", 4) for x in range(60, 1600, 110)))
    hood = poly([(640, 40), (960, 40), (1040, 210), (560, 210)], STONE) + rect(550, 206, 500, 26, SLATE, 6)
    greens = "".join(circle(330 + k * 28, 590, 16, (MOSS, TERRACOTTA, SAFFRON)[k % 3]) for k in range(5))
    return picture(
        room("#e6f2ec", SLATE, 800), tiles, hood, rect(1180, 150, 320, 12, BARK),
        "".join(pot(1250 + k * 100, 150, 66, (TERRACOTTA, GREEN, SAFFRON)[k], hot=False) for k in range(3)),
        person(
            370, 860, 560, look=Look(5, "short", "black", hat="toque"), wear=Wear(WHITE, INK, "apron", TERRACOTTA),
            left=(310, 570), right=(450, 590)),
        person(
            800, 860, 560, look=Look(1, "bun", "grey", hat="toque"), wear=Wear(WHITE, INK, "apron", SAFFRON),
            left=(720, 540), right=(880, 540)),
        person(
            1220, 860, 560, look=Look(2, "short", "brown", hat="toque", beard=True),
            wear=Wear(WHITE, INK, "apron", GREEN), left=(1130, 580), right=(1270, 560), way=-1, holding=""),
        counter(120, 900, 1360, 300, GREEN, SAND), greens, rect(400, 588, 130, 12, BARK, 5), pot(720, 606, 150, SLATE),
        pot(890, 606, 120, TERRACOTTA), ellipse(1140, 596, 90, 16, WHITE), ellipse(1140, 588, 60, 14, AMBER),
        ellipse(1340, 596, 90, 16, WHITE), ellipse(1340, 588, 60, 14, MOSS))


def bakery() -> str:
    def loaf(x: float, y: float, w: float = 110) -> str:
        cuts = "".join(
            line([(x - w * 0.26 + k * w * 0.24, y - w * 0.34), (x - w * 0.16 + k * w * 0.24, y - w * 0.16)], HONEY, 6)
            for k in range(3))
        return ellipse(x, y - w * 0.22, w / 2, w * 0.24, AMBER) + cuts

    racks = "".join(loaf(x, y) for y in (268, 418) for x in (200, 330, 460))
    baguettes = "".join(
        placed(rect(-14, -170, 28, 180, AMBER, 14), x=1120 + k * 42, y=604, turn=-8 + k * 5) for k in range(4))
    oven = (
        rect(660, 170, 360, 430, BRICK, 20) + path("M710,430 V330 Q840,210 970,330 V430 Z", INK)
        + path("M740,430 Q770,350 800,400 Q840,300 870,390 Q900,350 940,430 Z", SAFFRON)
        + "".join(
            rect(670 + (k % 4) * 88, 450 + (k // 4) * 44, 80, 36, darker(TERRACOTTA, 0.08 * (k % 3)), 4)
            for k in range(12)))
    return picture(
        room("#fbe6cf", "#b88958", 780), shelves(120, 130, 420, 300, 2), racks, oven,
        person(
            900, 860, 540, look=Look(4, "short", "black", hat="toque", beard=True),
            wear=Wear(WHITE, SLATE, "apron", SAND), left=(800, 560), right=(980, 560),
            holding=rect(790, 560, 210, 14, BARK, 6) + loaf(895, 566, 150)),
        counter(120, 900, 1360, 290, TERRACOTTA, SAND), "".join(loaf(260 + k * 130, 606, 120) for k in range(3)),
        baguettes, poly([(1080, 500), (1300, 500), (1270, 606), (1110, 606)], BARK),
        person(1440, 900, 470, look=Look(1, "long", "red"), wear=Wear(GREEN, INK), left=(1330, 600), way=-1))


def laundry() -> str:
    sheet = (
        poly([(920, 420), (1230, 420), (1220, 700), (940, 690)], WHITE)
        + poly([(920, 420), (1075, 420), (1080, 695), (940, 690)], "#eef4f3"))
    return picture(
        room("#d9ebe9", "#b9cfce"),
        "".join(washing_machine(110 + k * 210, 770, 190, WHITE, (CORAL, SAFFRON, MOSS)[k]) for k in range(3)),
        rect(100, 530, 640, 24, WOOD, 6),
        *(
            rect(140 + k * 104, 530 - h, 90, h, tone, 10) for k,
            (h, tone) in enumerate(((70, CORAL), (96, WHITE), (54, SAFFRON), (80, MOSS), (60, WHITE)))),
        line([(820, 120), (1600, 120)], SLATE, 6),
        *(path(f"M{x},120 h120 l-8,150 h-104 z", tone) for x, tone in ((1000, SAFFRON), (1180, CORAL), (1360, GREEN))),
        sheet,
        person(
            860, 850, 530, look=Look(4, "braids", "black"), wear=Wear(GREEN, INK, "apron", WHITE), right=(950, 470),
            left=(920, 500)),
        person(
            1300, 850, 530, look=Look(0, "short", "grey", glasses=True), wear=Wear(TERRACOTTA, INK, "apron", WHITE),
            left=(1215, 470), right=(1240, 500), way=-1),
        poly([(420, 740), (660, 740), (630, 870), (450, 870)], AMBER), circle(480, 730, 46, WHITE),
        circle(560, 716, 56, CORAL), circle(620, 734, 36, MIST))


def computers() -> str:
    tower = (
        rect(1300, 600, 90, 190, SLATE, 8) + circle(1345, 630, 9, SAFFRON) + rect(1316, 660, 58, 8, STONE)
        + rect(1316, 680, 58, 8, STONE))
    return picture(
        room(MIST, "#9fb4b4"), blob(800, 400, 430, "#bfd4d4"), shelves(90, 150, 300, 330, 2), laptop(240, 302, 150),
        box(130, 470, 110, 90), laptop(310, 470, 130, SAFFRON), board(1180, 130, 300, 200),
        person(
            620, 860, 540, look=Look(2, "short", "black", glasses=True), wear=Wear(SAFFRON, INK), right=(740, 620),
            left=(690, 630), pose="sit"), chair(590, 860, 140, GREEN),
        person(
            990, 860, 560, look=Look(0, "bob", "red"), wear=Wear(GREEN, INK), left=(870, 520), right=(1050, 600),
            way=-1, lean=-3), table(520, 880, 920, 240, WOOD), screen(850, 646, 250),
        rect(690, 632, 110, 14, SLATE, 5), laptop(1150, 646, 170, LEAF), placed(tower, x=60, y=-142, scale=1),
        stool(420, 870, 120, SAFFRON))


def compost() -> str:
    def bin_(x: float, tone: str) -> str:
        return (
            path(f"M{x + 10},600 Q{x + 130},480 {x + 250},600 Z", tone)
            + "".join(rect(x, 600 + k * 48, 260, 40, WOOD, 4) for k in range(5)) + rect(x - 6, 590, 22, 250, BARK, 4)
            + rect(x + 244, 590, 22, 250, BARK, 4))

    peels = (
        circle(1010, 520, 14, TERRACOTTA) + circle(1040, 550, 12, SAFFRON) + circle(985, 560, 12, MOSS)
        + circle(1020, 585, 10, AMBER))
    return picture(
        outside("#e9f1dd", "#9cc7a8", 700), block(60, 700, 5, 5, BLUSH), block(1180, 700, 5, 4, CREAM),
        tree(520, 720, 380, darker(MOSS, 0.1)), tree(1120, 720, 300, "#78b099"), bin_(560, BARK), bin_(860, "#6b4a2c"),
        peels,
        person(
            1200, 860, 500, look=Look(1, "afro", "chestnut"), wear=Wear(TERRACOTTA, INK), left=(1080, 560),
            right=(1120, 600), way=-1,
            holding=placed(poly([(-50, -60), (50, -60), (38, 50), (-38, 50)], GREEN), x=1090, y=560, turn=-70)),
        person(
            430, 860, 510, look=Look(4, "bald", "white", hat="straw", tone=HONEY), wear=Wear(SAFFRON, SLATE),
            right=(560, 560), left=(470, 600), holding=line([(540, 500), (640, 760)], BARK, 12)
            + line([(640, 760), (660, 800)], SLATE, 10)), bush(1450, 870, 260),
        bush(140, 880, 280, darker(MOSS, 0.1)))
