"""Drawings of people who look after each other, learn and play."""

from home.demo.studio.heads import Look
from home.demo.studio.nature import potted, sun, tree
from home.demo.studio.palette import (
    AMBER,
    BARK,
    BLUSH,
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
    SKINS,
    SKY,
    SLATE,
    STONE,
    TERRACOTTA,
    WHITE,
    WOOD,
    darker,
)
from home.demo.studio.people import Wear, person
from home.demo.studio.places import awning, outside, room, shelves, skyline, window
from home.demo.studio.shapes import circle, curve, ellipse, line, path, picture, placed, poly, rect, ring
from home.demo.studio.things import (
    armchair,
    basket,
    board,
    books,
    chair,
    counter,
    crate,
    lamp,
    mat,
    mug,
    pile,
    screen,
    speech,
    table,
)
from home.demo.studio.vehicles import wheelchair

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def home_help() -> str:
    frame = (
        rect(1090, 170, 130, 160, WOOD, 4) + rect(1104, 184, 102, 132, SKY) + circle(1155, 240, 26, SKINS[3])
        + rect(1120, 266, 70, 50, TERRACOTTA, 24))
    return picture(
        room("#fbead9", "#c79e74"), ellipse(800, 850, 560, 50, BLUSH), window(640, 130, 300, 300), frame,
        lamp(300, 850, 560), armchair(560, 860, 1.1, GREEN),
        person(
            555, 850, 500, look=Look(0, "bun", "white", glasses=True), wear=Wear(CORAL, SLATE), pose="sit",
            right=(690, 600), left=(500, 680)),
        person(
            960, 860, 540, look=Look(4, "braids", "black"), wear=Wear(SAFFRON, INK, "apron", GREEN), left=(800, 610),
            right=(840, 630), way=-1, lean=-5, holding=rect(720, 616, 170, 14, BARK, 6) + mug(770, 616, 44)
            + mug(842, 616, 44, WHITE)), table(1130, 850, 280, 210), potted(1340, 646, 170, TERRACOTTA),
        pile(1160, 640, 3))


def nursery() -> str:
    blocks = "".join(
        rect(x, y, 62, 62, tone, 8) for x, y,
        tone in ((900, 808, TERRACOTTA), (966, 808, SAFFRON), (932, 744, GREEN)))
    mobile = (
        line([(800, 0), (800, 130)], SLATE, 5) + line([(640, 150), (800, 130), (960, 150)], SLATE, 6)
        + "".join(
            line([(x, 145), (x, 210 + d)], SLATE, 3) + circle(x, 230 + d, 28, tone) for x, d,
            tone in ((640, 20, CORAL), (745, 50, SAFFRON), (860, 36, MOSS), (960, 16, WHITE))))
    house_toy = (
        rect(1240, 640, 220, 180, SAFFRON, 4) + poly([(1210, 650), (1350, 530), (1490, 650)], TERRACOTTA)
        + rect(1316, 716, 68, 104, PAPER, 30))
    return picture(
        room("#e2f1ea", "#e9cf9f", 720), rect(0, 420, 1600, 300, "#d0e7dc"), mobile, window(120, 140, 260, 240),
        mat(760, 850, 620, BLUSH), house_toy,
        person(
            520, 850, 500, look=Look(3, "short", "black", glasses=True), wear=Wear(TERRACOTTA, INK), pose="kneel",
            right=(640, 700), left=(470, 720), holding=""),
        person(
            700, 850, 250, child=True, look=Look(0, "curly", "blond"), wear=Wear(GREEN, SLATE), left=(650, 700),
            right=(790, 660)), blocks,
        person(
            1090, 860, 260, child=True, look=Look(5, "braids", "black"), wear=Wear(SAFFRON, TERRACOTTA, skirt=True),
            left=(1020, 740), right=(1140, 760), way=-1),
        person(290, 860, 230, child=True, look=Look(2, "bob", "black"), wear=Wear(CORAL, INK), right=(350, 690)),
        circle(400, 838, 34, SAFFRON), circle(388, 826, 12, WHITE), ring(1190, 842, 24, MOSS, 12))


def library() -> str:
    rows = (
        "".join(books(110, 172 + k * 138, 26, 112, start=k * 5) for k in range(4))
        + "".join(books(930, 172 + k * 138, 25, 112, start=k * 7 + 3) for k in range(4)))
    ladder = (
        line([(1240, 850), (1300, 90)], BARK, 14) + line([(1340, 850), (1370, 90)], BARK, 14)
        + "".join(line([(1248 + k * 9, 770 - k * 110), (1342 + k * 5, 770 - k * 110)], BARK, 11) for k in range(6)))
    return picture(
        room(CREAM, "#a9744a", 760), shelves(100, 50, 640, 552, 4), shelves(920, 50, 620, 552, 4), rows,
        rect(760, 80, 140, 560, LEAF, 70), sun(830, 200, 36), tree(830, 640, 250), ladder,
        person(
            1290, 556, 420, look=Look(1, "ponytail", "red"), wear=Wear(GREEN, INK), right=(1410, 220),
            left=(1240, 300)), lamp(180, 860, 420, TERRACOTTA), armchair(480, 870, 1, SAFFRON),
        person(
            480, 858, 470, look=Look(4, "bald", "grey", glasses=True, beard=True), wear=Wear(SLATE, INK), pose="sit",
            left=(540, 640), right=(600, 640),
            holding=placed(
                path("M-80,-40 Q-40,-60 0,-36 Q40,-60 80,-40 V30 Q40,14 0,36 Q-40,14 -80,30 Z", TERRACOTTA), x=580,
                y=630)),
        person(
            880, 870, 300, child=True, look=Look(2, "bob", "black"), wear=Wear(CORAL, SLATE), left=(820, 750),
            right=(860, 750), way=-1, holding=rect(800, 710, 70, 52, GREEN, 4)), pile(1030, 870, 5, 140))


def solidarity_grocery() -> str:
    shelf = (
        "".join(crate(140 + k * 200, 330, 170, (TERRACOTTA, MOSS, SAFFRON)[k], 60) for k in range(3))
        + "".join(
            rect(150 + k * 58, 500 - (k % 3) * 14 - 70, 44, 70 + (k % 3) * 14, (CORAL, GREEN, HONEY, SLATE)[k % 4], 8)
            for k in range(10))
        + "".join(rect(150 + k * 76, 614, 58, 62, (SAFFRON, WHITE, TERRACOTTA)[k % 3], 6) for k in range(8)))
    scale = (
        rect(1010, 560, 130, 40, SLATE, 8) + rect(1000, 546, 150, 16, STONE, 6) + circle(1075, 580, 14, CREAM)
        + "".join(circle(1040 + k * 34, 530, 20, (TERRACOTTA, AMBER, TERRACOTTA)[k]) for k in range(3)))
    return picture(
        room("#eaf3e3", "#d8c3a0", 770), awning(60, 40, 760, (GREEN, WHITE), 80), shelves(120, 180, 640, 500, 3),
        shelf, window(1200, 120, 300, 280),
        person(
            1220, 850, 530, look=Look(1, "curly", "chestnut"), wear=Wear(TERRACOTTA, INK, "apron", GREEN),
            left=(1110, 530), right=(1270, 590), way=-1), counter(940, 880, 600, 280, SAFFRON, BARK), scale,
        basket(1400, 600, 120, AMBER, GREEN),
        person(
            760, 870, 520, look=Look(5, "long", "black"), wear=Wear(GREEN, TERRACOTTA, skirt=True), right=(900, 590),
            left=(680, 660), holding=""), basket(680, 800, 130),
        person(
            560, 876, 290, child=True, look=Look(5, "shaved", "black"), wear=Wear(SAFFRON, SLATE), right=(620, 760),
            left=(520, 700)))


def training() -> str:
    learners = (
        Look(4, "braids", "black", back=True), Look(0, "short", "grey", back=True), Look(2, "bob", "black", back=True),
        Look(5, "shaved", "black", back=True), Look(1, "ponytail", "blond", back=True))
    tops = (SAFFRON, GREEN, TERRACOTTA, CORAL, MOSS)
    return picture(
        room("#eef1e6", "#cbb48e", 740), board(520, 110, 620, 380), window(120, 130, 240, 290), potted(1440, 790, 280),
        person(
            380, 800, 520, look=Look(3, "bun", "black", glasses=True), wear=Wear(TERRACOTTA, INK), right=(540, 370),
            left=(340, 620)), *(rect(140 + k * 290, 740, 240, 24, WOOD, 8) for k in range(5)),
        *(
            person(260 + k * 290, 1110, 540, look=look, wear=Wear(top), pose="bust") for k,
            (look, top) in enumerate(zip(learners, tops, strict=True))))


def interview() -> str:
    return picture(
        room("#fdf3e3", "#bcd3c6", 760), rect(860, 0, 740, 744, LEAF), window(1060, 120, 360, 300),
        potted(1480, 830, 300), rect(180, 170, 220, 160, WHITE, 6), circle(290, 250, 50, SAFFRON),
        circle(330, 230, 34, GREEN), chair(440, 870, 150, SAFFRON),
        person(
            470, 866, 560, look=Look(4, "short", "black"), wear=Wear(GREEN, INK), pose="sit", right=(640, 560),
            left=(560, 640)), chair(1150, 870, 150, GREEN, flip=True),
        person(
            1120, 866, 560, look=Look(1, "bob", "grey", glasses=True), wear=Wear(TERRACOTTA, SLATE), pose="sit",
            way=-1, left=(980, 640), right=(1030, 650)), table(560, 880, 480, 220, WOOD),
        placed(rect(-60, -6, 120, 12, WHITE, 3), x=900, y=654), mug(700, 660, 46),
        speech(620, 250, 190, 110, SAFFRON, dots=WHITE), speech(930, 200, 190, 110, TERRACOTTA, tail=1, dots=WHITE))


def sport() -> str:
    hoop = (
        line([(1460, 840), (1460, 200)], SLATE, 18) + rect(1340, 150, 24, 190, WHITE, 6)
        + line([(1460, 250), (1360, 250)], SLATE, 12) + line([(1340, 300), (1230, 300)], TERRACOTTA, 12)
        + path("M1232,304 L1250,400 H1320 L1338,304 Z", "#f3ebdd"))
    return picture(
        outside("#dcebe6", CORAL, 700), skyline(700, "#c8ded6", seed=9),
        "".join(tree(100 + k * 330, 710, 260, (MOSS, "#78b099")[k % 2]) for k in range(4)),
        rect(0, 696, 1600, 16, darker(CORAL)), ellipse(800, 830, 520, 70, "#e39079"),
        curve("M280,830 A520,70 0 0 0 1320,830", WHITE, 8), hoop, wheelchair(1040, 850, 1, SAFFRON),
        person(
            1046, 832, 440, look=Look(1, "ponytail", "chestnut"), wear=Wear(GREEN, INK, bare_arms=True), pose="sit",
            right=(1150, 420), left=(1000, 430), holding=""), circle(1190, 350, 46, SAFFRON),
        curve("M1146,350 H1234 M1190,304 V396", BARK, 5),
        person(
            600, 850, 490, look=Look(5, "short", "black"), wear=Wear(SAFFRON, SLATE, bare_arms=True), pose="walk",
            right=(740, 400), left=(500, 500)),
        person(
            340, 860, 470, look=Look(0, "short", "white", beard=True), wear=Wear(INK, GREEN, bare_arms=True),
            pose="walk", right=(430, 500), left=(240, 560)),
        person(
            820, 866, 290, child=True, look=Look(3, "bob", "black"), wear=Wear(WHITE, TERRACOTTA, skirt=True),
            left=(760, 640), right=(890, 620)))


def sign_language() -> str:
    def palm(x: float, y: float, r: float, skin: str, turn: float, *, flip: bool = False) -> str:
        fingers = "".join(
            line([(dx, -0.5), (dx * 1.5, -1.7 - up)], skin, 0.4) for dx,
            up in ((-0.66, -0.1), (-0.22, 0.2), (0.22, 0.2), (0.64, -0.05)))
        return placed(
            fingers, circle(0, 0, 0.95, skin), line([(0.7, 0.2), (1.45, -0.5)], skin, 0.42),
            curve("M-.5,.2 Q0,.5 .5,.1", darker(skin, 0.16), 0.08), x=x, y=y, scale=r, turn=turn, flip=flip)

    first, second = Look(2, "short", "black", beard=True), Look(4, "bob", "black")
    return picture(
        rect(0, 0, 1600, 900, LEAF), circle(440, 520, 420, "#c6e2d5"), circle(1170, 520, 420, HONEY),
        person(430, 1330, 1020, look=first, wear=Wear(TERRACOTTA), pose="bust", left=(250, 640), right=(640, 560)),
        palm(652, 520, 46, SKINS[2], 14), palm(236, 610, 46, SKINS[2], -30, flip=True),
        person(
            1180, 1330, 1020, look=second, wear=Wear(GREEN), pose="bust", way=-1, left=(980, 600), right=(1360, 660)),
        palm(968, 560, 46, SKINS[4], -10, flip=True), palm(1376, 620, 46, SKINS[4], 26),
        *(
            curve(f"M{x},{y} q{d},-26 {d * 2},0", SAFFRON, 9) for x, y,
            d in ((610, 400, 22), (930, 440, 22), (180, 500, 22), (1380, 510, 22))))


def doctor() -> str:
    scope = curve("M668,500 Q680,600 720,600 Q760,600 752,500", INK, 9) + circle(722, 612, 16, STONE)
    cross = (
        rect(1140, 170, 150, 150, WHITE, 16) + rect(1196, 192, 38, 106, GREEN, 6)
        + rect(1162, 226, 106, 38, GREEN, 6))
    return picture(
        room("#e0efee", "#b7d0c8", 760), rect(0, 430, 1600, 10, WHITE), cross, window(160, 120, 260, 260),
        rect(1380, 180, 110, 160, WHITE, 6), line([(1400, 220), (1470, 220)], CORAL, 8),
        line([(1400, 256), (1450, 256)], MIST, 8), line([(1400, 290), (1466, 290)], MIST, 8),
        person(
            700, 860, 560, look=Look(3, "bun", "black", glasses=True), wear=Wear(MOSS, INK, "coat", WHITE),
            right=(880, 560), left=(650, 640)), scope, chair(1080, 870, 150, SAFFRON, flip=True),
        person(
            1060, 866, 540, look=Look(0, "bald", "grey"), wear=Wear(TERRACOTTA, SLATE, bare_arms=True), pose="sit",
            way=-1, left=(900, 580), right=(980, 690)), rect(866, 540, 60, 40, SLATE, 8),
        table(170, 880, 360, 220, WOOD), screen(310, 664, 190, SKY), potted(460, 662, 110),
        person(
            1330, 870, 280, child=True, look=Look(1, "curly", "blond"), wear=Wear(SAFFRON, GREEN), way=-1,
            left=(1250, 720)))
