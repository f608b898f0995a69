"""Drawings of people who share a place, a trade or a decision."""

from home.demo.studio.heads import Look
from home.demo.studio.nature import bush, cloud, flower, potted, sprout, tree
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
    PAPER,
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
from home.demo.studio.places import awning, blob, block, bunting, outside, room, shelves, window
from home.demo.studio.shapes import circle, curve, ellipse, faded, line, path, picture, placed, poly, rect, ring
from home.demo.studio.things import (
    board,
    books,
    box,
    counter,
    hanging_lamp,
    laptop,
    mug,
    paper,
    pile,
    screen,
    spade,
    speech,
    table,
    toolbox,
)
from home.demo.studio.vehicles import wheelchair

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def neighbourhood_service() -> str:
    return picture(
        outside("#f6e2d3", "#cfc7b6", 740), block(90, 740, 5, 6, CREAM, roof=TERRACOTTA),
        block(520, 740, 7, 5, PAPER, roof=GREEN), block(1110, 740, 6, 7, BLUSH, roof=SLATE),
        rect(580, 600, 90, 140, GREEN, 6), tree(480, 750, 260), tree(1090, 750, 280), rect(0, 736, 1600, 14, STONE),
        person(
            430, 870, 500, look=Look(4, "short", "black", hat="cap", tone=GREEN),
            wear=Wear(GREEN, INK, "vest", SAFFRON), right=(540, 600), left=(520, 680),
            holding=spade(560, 500, 300, -8, kind="broom")),
        "".join(circle(600 + k * 26, 866 - (k % 2) * 10, 9, (MOSS, SAFFRON, AMBER)[k % 3]) for k in range(5)),
        person(
            900, 870, 500, look=Look(1, "ponytail", "chestnut"), wear=Wear(GREEN, INK, "vest", SAFFRON),
            left=(830, 680), right=(960, 500), holding=toolbox(820, 770, 130)),
        person(
            1130, 872, 480, look=Look(2, "bun", "grey", glasses=True), wear=Wear(TERRACOTTA, SLATE, skirt=True),
            way=-1, left=(1050, 560), right=(1180, 660)),
        person(
            1290, 876, 280, child=True, look=Look(3, "curly", "black"), wear=Wear(SAFFRON, INK), way=-1,
            left=(1220, 680)), bush(180, 860, 240), flower(60, 870, 70), flower(300, 872, 60, WHITE))


def book_reuse() -> str:
    def stack(x: float, k: int) -> str:
        return books(x + 10, 606, 6, 80, start=k * 4) + rect(x, 570, 150, 66, WOOD, 4) + rect(x, 570, 150, 8, BARK)

    return picture(
        room("#dfe9ec", "#b9a78a", 780), bunting(20), blob(800, 440, 380, "#cddde1"), hanging_lamp(420, 190, SAFFRON),
        hanging_lamp(1180, 190, SAFFRON),
        person(
            300, 860, 530, look=Look(2, "short", "black", hat="beanie", tone=TERRACOTTA), wear=Wear(SAFFRON, INK),
            right=(420, 570), left=(260, 590)),
        person(
            1260, 860, 530, look=Look(0, "long", "red", glasses=True), wear=Wear(GREEN, INK), left=(1140, 500),
            right=(1170, 520), way=-1,
            holding=placed(
                path("M-70,-36 Q-36,-54 0,-30 Q36,-54 70,-36 V28 Q36,12 0,34 Q-36,12 -70,28 Z", TERRACOTTA), x=1150,
                y=500)),
        person(
            820, 860, 510, look=Look(4, "bald", "white"), wear=Wear(TERRACOTTA, INK, "vest", SAFFRON), left=(720, 560),
            right=(890, 560)), table(190, 880, 1230, 240, WOOD), stack(420, 1), stack(600, 2), stack(880, 4),
        stack(1060, 6), pile(240, 640, 6, 130), pile(1250, 640, 4, 130, start=3), box(60, 880, 170, 120),
        books(76, 770, 6, 70, start=9), rect(56, 762, 178, 60, "#d6a46a", 4))


def theatre() -> str:
    curtain = (
        "".join(
            path(f"M{k * 64},0 h66 Q{k * 60 + 40},420 {k * 40},760 h-50 Z", (TERRACOTTA, BRICK)[k % 2])
            for k in range(5)) + path("M0,600 Q260,520 250,420 L270,430 Q290,540 0,640 Z", SAFFRON))
    return picture(
        rect(0, 0, 1600, 900, INK),
        faded(
            0.22, poly([(560, 0), (680, 0), (840, 800), (300, 800)], CREAM),
            poly([(940, 0), (1060, 0), (1320, 800), (780, 800)], CREAM)),
        ellipse(570, 770, 260, 44, darker(SAFFRON, 0.45)), ellipse(1050, 770, 260, 44, darker(SAFFRON, 0.45)),
        rect(0, 800, 1600, 100, WOOD), rect(0, 790, 1600, 16, BARK), curtain, placed(curtain, x=1600, flip=True),
        path(
            "M0,0 H1600 V70 " + " ".join(f"Q{1600 - k * 200 - 100},{160} {1600 - (k + 1) * 200},70" for k in range(8))
            + " Z", BRICK),
        path(
            "M0,0 H1600 V50 " + " ".join(f"Q{1600 - k * 200 - 100},{130} {1600 - (k + 1) * 200},50" for k in range(8))
            + " Z", TERRACOTTA),
        person(
            580, 780, 500, look=Look(3, "long", "black"), wear=Wear(SAFFRON, SAFFRON, skirt=True), left=(440, 300),
            right=(740, 420)),
        person(
            1040, 780, 520, look=Look(0, "short", "grey", beard=True), wear=Wear(MOSS, SLATE), left=(900, 460),
            right=(1180, 280), way=-1),
        person(
            820, 780, 300, child=True, look=Look(5, "afro", "black"), wear=Wear(TERRACOTTA, CREAM), left=(750, 640),
            right=(890, 640)), *(circle(120 + k * 170, 910 - (k % 2) * 14, 56, "#0b242a") for k in range(9)))


def local_radio() -> str:
    def microphone(x: float, turn: int) -> str:
        return (
            line([(x, 640), (x, 520), (x + turn * 60, 450)], SLATE, 10)
            + placed(
                rect(-26, -46, 52, 92, INK, 26) + "".join(rect(-26, -20 + k * 16, 52, 5, STONE) for k in range(3)), x=x
                + turn * 70, y=430, turn=turn * 30))

    waves = "".join(
        curve(f"M{800 - r},{210 + r * 0.1} A{r},{r} 0 0 1 {800 + r},{210 + r * 0.1}", SAFFRON, 12)
        for r in (60, 110, 160))
    foam = "".join(
        rect(60 + (k % 6) * 250, 60 + (k // 6) * 190, 220, 160, ("#1d4a52", "#205259")[(k + k // 6) % 2], 10)
        for k in range(18))
    return picture(
        rect(0, 0, 1600, 900, "#17414a"), foam, rect(0, 740, 1600, 160, "#0e2b31"), circle(800, 250, 190, INK), waves,
        circle(800, 226, 30, TERRACOTTA),
        person(
            430, 870, 560, look=Look(3, "afro", "black", headphones=True), wear=Wear(SAFFRON, INK), right=(560, 600),
            left=(380, 620)),
        person(
            1180, 870, 560, look=Look(0, "bob", "blond", headphones=True, glasses=True), wear=Wear(CORAL, INK),
            left=(1060, 500), right=(1240, 620), way=-1), rect(200, 640, 1200, 36, WOOD, 10),
        rect(240, 676, 1120, 224, BARK, 6), rect(640, 590, 320, 50, SLATE, 8),
        "".join(rect(664 + k * 40, 600 + (k * 17) % 20, 14, 18, (SAFFRON, CORAL, SAGE)[k % 3], 4) for k in range(7)),
        microphone(560, 0), microphone(1040, 0), mug(350, 640, 50, TERRACOTTA), laptop(1270, 644, 150, LEAF))


def meeting() -> str:
    around = (
        (300, 2, "long", "black", GREEN, 1), (560, 0, "bald", "grey", SAFFRON, 1),
        (810, 5, "afro", "black", TERRACOTTA, 1), (1060, 1, "curly", "red", MOSS, -1),
        (1310, 3, "short", "black", CORAL, -1))
    people = "".join(
        person(
            x, 850 if x in (300, 1310) else 800, 500, look=Look(skin, hair, shade, glasses=x == 560), wear=Wear(top),
            pose="bust", way=way, left=(x - 60, 620), right=(x + 150, 380) if x == 810 else (x + 70, 620)) for x, skin,
        hair, shade, top, way in around)
    return picture(
        room("#e8efec", "#c8d8cf", 780), blob(800, 360, 400, SKY), board(80, 110, 260, 190),
        window(1270, 110, 240, 220), speech(560, 230, 150, 90, SAFFRON, dots=WHITE),
        speech(1090, 210, 170, 96, GREEN, tail=1, dots=WHITE), people, ellipse(800, 720, 660, 130, darker(WOOD, 0.2)),
        ellipse(800, 700, 660, 130, WOOD), placed(paper(0, 0, 120, 150), x=560, y=700, scale=0.8, turn=60),
        paper(1020, 690, 100, 120, 70), mug(420, 690, 46), mug(1200, 690, 46, SAFFRON), laptop(810, 690, 150))


def mutual() -> str:
    dome = (
        path(
                "M360,470 C380,80 1220,80 1240,470 Q1170,420 1094,470 Q1020,420 948,470 Q874,420 800,470 "
                "Q726,420 652,470 Q580,420 506,470 Q430,420 360,470 Z",
            GREEN) + path("M652,470 C660,260 740,180 800,176 C740,170 520,260 506,470 Q580,420 652,470 Z", MOSS)
        + path("M948,470 C940,260 860,180 800,176 C860,170 1080,260 1094,470 Q1020,420 948,470 Z", MOSS)
        + line([(800, 180), (800, 140)], BARK, 12))
    rain = "".join(
        line([(60 + (k * 149) % 1500, 60 + (k * 83) % 520), (46 + (k * 149) % 1500, 104 + (k * 83) % 520)], WHITE, 8)
        for k in range(26))
    return picture(
        outside("#c9dcdf", SAGE, 760), rain, cloud(240, 150, 1.2, "#e9f0f1"), cloud(1390, 190, 1.1, "#e9f0f1"),
        path("M360,470 H1240 L1300,900 H300 Z", "#dcebe8"), rect(0, 780, 1600, 120, SAGE), dome,
        person(
            490, 860, 470, look=Look(0, "bun", "white", glasses=True), wear=Wear(TERRACOTTA, SLATE, skirt=True),
            right=(560, 670)), line([(800, 180), (800, 620)], BARK, 14),
        person(
            715, 860, 520, look=Look(3, "short", "black", beard=True), wear=Wear(SAFFRON, INK), right=(800, 560),
            left=(650, 640)),
        person(
            900, 866, 280, child=True, look=Look(3, "curly", "black"), wear=Wear(CORAL, GREEN), left=(840, 700),
            right=(960, 745)),
        person(
            1050, 860, 490, look=Look(4, "braids", "black"), wear=Wear(INK, TERRACOTTA, skirt=True), way=-1,
            left=(966, 740)))


def solidarity_bank() -> str:
    def coin(x: float, y: float, r: float) -> str:
        return circle(x, y, r, AMBER) + circle(x, y, r * 0.82, SAFFRON) + ring(x, y, r * 0.5, AMBER, r * 0.12)

    jar = (
        sprout(800, 540, 220) + "".join(coin(730 + (k % 4) * 46, 660 - (k // 4) * 44, 28) for k in range(12))
        + faded(0.28, rect(690, 400, 220, 290, WHITE, 40)) + rect(682, 392, 236, 26, MIST, 13))
    return picture(
        room("#fdf0d8", "#bfd6c8", 760), blob(800, 400, 390, HONEY),
        person(
            380, 860, 550, look=Look(2, "long", "black"), wear=Wear(GREEN, INK), right=(540, 430), left=(340, 620),
            holding=coin(556, 420, 34)),
        person(
            1220, 860, 550, look=Look(5, "short", "black", glasses=True), wear=Wear(TERRACOTTA, INK), left=(1070, 470),
            right=(1260, 620), way=-1, holding=coin(1056, 460, 34)), coin(640, 330, 28), coin(800, 230, 34),
        coin(950, 320, 28), table(540, 880, 520, 200, WOOD), jar,
        "".join(rect(580, 676 - k * 16, 70, 13, (AMBER, SAFFRON)[k % 2], 6) for k in range(5)),
        "".join(rect(950, 676 - k * 16, 70, 13, (AMBER, SAFFRON)[k % 2], 6) for k in range(8)))


def cohousing() -> str:
    rooms = (
        (320, 300, CREAM), (650, 300, BLUSH), (980, 300, LEAF), (320, 550, SKY), (650, 550, HONEY),
        (980, 550, "#f7dccf"))
    walls = "".join(rect(x, y, 312, 232, tone) for x, y, tone in rooms)
    return picture(
        outside("#dcecea", "#a9cfb4", 790), cloud(200, 150, 1), cloud(1420, 220, 0.9), tree(150, 810, 420),
        tree(1480, 810, 380, GREEN), rect(300, 280, 1012, 520, BARK),
        poly([(250, 290), (806, 50), (1362, 290)], TERRACOTTA), circle(806, 190, 50, CREAM), circle(806, 190, 38, SKY),
        walls, person(420, 530, 200, look=Look(3, "short", "black"), wear=Wear(GREEN, INK), right=(500, 440)),
        placed(table(0, 0, 150, 80), x=470, y=532), placed(screen(0, 0, 80), x=550, y=452),
        person(760, 530, 205, look=Look(1, "bun", "white"), wear=Wear(TERRACOTTA, INK, skirt=True), right=(830, 450)),
        placed(potted(0, 0, 130), x=890, y=532),
        person(1090, 530, 200, look=Look(5, "braids", "black"), wear=Wear(SAFFRON, INK), left=(1030, 350)),
        placed(shelves(0, 0, 110, 130, 2), x=1160, y=396), books(1166, 456, 4, 48), books(1166, 520, 4, 48, start=5),
        person(420, 780, 200, look=Look(0, "curly", "red"), wear=Wear(CORAL, SLATE), right=(480, 680)),
        person(530, 780, 120, child=True, look=Look(0, "bob", "red"), wear=Wear(GREEN, INK), way=-1),
        placed(table(0, 0, 240, 76), x=690, y=782),
        person(
            740, 782, 190, look=Look(4, "bald", "grey", beard=True), wear=Wear(GREEN, INK), pose="bust",
            right=(790, 700)),
        person(
            880, 782, 190, look=Look(2, "long", "black"), wear=Wear(TERRACOTTA, INK), pose="bust", way=-1,
            left=(830, 700)), placed(table(0, 0, 240, 76), x=690, y=782), mug(800, 706, 24),
        mug(850, 706, 24, SAFFRON),
        person(1080, 780, 200, look=Look(2, "ponytail", "black"), wear=Wear(INK, SLATE), right=(1160, 690)),
        wheelchair(1210, 782, 0.5, TERRACOTTA, flip=True),
        person(1214, 772, 190, look=Look(1, "short", "grey"), wear=Wear(SAFFRON, SLATE), pose="sit", way=-1),
        bush(240, 850, 200), bush(1380, 850, 220))


def concierge() -> str:
    keys = "".join(
        circle(180 + (k % 6) * 84, 200 + (k // 6) * 100, 9, BARK)
        + ring(180 + (k % 6) * 84, 224 + (k // 6) * 100, 14, (SAFFRON, TERRACOTTA, SLATE)[k % 3], 7)
        + rect(176 + (k % 6) * 84, 236 + (k // 6) * 100, 8, 38, (SAFFRON, TERRACOTTA, SLATE)[k % 3])
        for k in range(18))
    bell = (
        path("M1060,586 a60,56 0 0 1 120,0 Z", SAFFRON) + rect(1046, 584, 148, 14, BARK, 6)
        + circle(1120, 526, 10, AMBER))
    return picture(
        room("#e1ecea", "#c2a37e", 780), rect(130, 160, 530, 330, SAND, 8), keys,
        awning(760, 40, 800, (TERRACOTTA, CREAM), 84), shelves(1100, 180, 400, 300, 2), box(1120, 322, 120, 90),
        box(1260, 322, 100, 120, SAFFRON), box(1140, 472, 160, 80, CORAL), potted(1420, 474, 120),
        person(
            760, 870, 560, look=Look(3, "long", "brown"), wear=Wear(GREEN, INK, "vest", SAFFRON), right=(900, 560),
            left=(700, 590), holding=""),
        person(
            1380, 880, 530, look=Look(0, "bald", "white", glasses=True), wear=Wear(TERRACOTTA, SLATE),
            left=(1250, 580), right=(1400, 640), way=-1), counter(380, 900, 860, 300, GREEN, WOOD),
        box(860, 606, 170, 110), bell, ring(590, 590, 18, SLATE, 8), rect(606, 586, 60, 9, SLATE, 4),
        mug(480, 602, 44))
