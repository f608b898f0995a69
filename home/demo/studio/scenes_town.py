"""Drawings of the town: its streets, bridges, trains and markets."""

from home.demo.studio.heads import Look
from home.demo.studio.nature import bush, cloud, potted, rays, sun, tree
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
    SAGE,
    SAND,
    SLATE,
    STONE,
    TERRACOTTA,
    WATER,
    WHITE,
    darker,
)
from home.demo.studio.people import Wear, person
from home.demo.studio.places import (
    block,
    flag,
    house,
    outside,
    skyline,
    stall,
    water,
    window,
)
from home.demo.studio.shapes import circle, curve, line, path, picture, placed, poly, rect, shadow
from home.demo.studio.things import basket, crate
from home.demo.studio.vehicles import barge, bicycle, cargo_bike, train, van, wheelchair

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def delivery_bike() -> str:
    return picture(
        outside(CREAM, "#c9c4b6", 740), sun(330, 210, 90), skyline(740, "#f3d9ae", seed=1),
        block(1210, 740, 4, 6, BLUSH), block(60, 740, 3, 5, SAGE), tree(470, 745, 320),
        tree(1100, 745, 300, darker(MOSS, 0.08)), rect(0, 740, 1600, 16, STONE),
        "".join(rect(60 + k * 300, 850, 150, 12, WHITE, 6) for k in range(6)), shadow(800, 832, 420),
        person(
            626, 794, 470, look=Look(3, "short", "black", hat="helmet", tone=WHITE), wear=Wear(TERRACOTTA, INK),
            pose="sit", right=(770, 500), left=(760, 510), lean=9), cargo_bike(780, 830, 1.22), bush(1500, 760, 240))



def shared_transport() -> str:
    return picture(
        outside("#e4f0ec", "#c9c6bb", 720), skyline(720, "#cfe2da", seed=6), house(70, 720, 250, 220, CREAM),
        tree(440, 730, 330), house(1300, 720, 240, 200, BLUSH, SLATE, SAFFRON), rect(0, 716, 1600, 18, STONE),
        shadow(760, 836, 420), van(340, 834, 1.36, SAFFRON, band=GREEN),
        wheelchair(1280, 860, 0.95, TERRACOTTA, flip=True),
        person(
            1284, 838, 430, look=Look(0, "bob", "white", glasses=True), wear=Wear(GREEN, SLATE), pose="sit", way=-1,
            left=(1200, 660), right=(1240, 690)),
        person(
            1440, 860, 500, look=Look(4, "shaved", "black"), wear=Wear(TERRACOTTA, INK), left=(1360, 620),
            right=(1390, 630), way=-1),
        person(
            200, 860, 470, look=Look(2, "short", "grey", beard=True), wear=Wear(SLATE, INK), right=(280, 470),
            left=(170, 640)), "".join(rect(30 + k * 260, 880, 130, 10, WHITE, 5) for k in range(7)))



def market() -> str:
    goods = (
        crate(130, 640, 150, TERRACOTTA) + crate(290, 640, 150, MOSS) + crate(450, 640, 130, SAFFRON)
        + crate(930, 640, 150, "carrot") + crate(1090, 640, 160, "cabbage") + crate(1260, 640, 150, AMBER))
    return picture(
        outside("#e3f0ef", "#dccfb4", 700), skyline(690, "#cde0df", seed=2), tree(745, 720, 420),
        person(
            350, 826, 470, look=Look(3, "bob", "black"), wear=Wear(GREEN, INK, "apron", SAFFRON), left=(260, 560),
            right=(440, 560)), stall(100, 830, 520, h=590),
        person(
            1170, 826, 480, look=Look(0, "short", "red", beard=True), wear=Wear(SAFFRON, INK, "apron", GREEN),
            left=(1090, 540), right=(1270, 560), way=-1), stall(900, 830, 540, (GREEN, WHITE), h=590), goods,
        person(
            700, 880, 500, look=Look(5, "short", "black", hat="scarf", tone=SAFFRON), wear=Wear(TERRACOTTA, INK),
            left=(620, 600), right=(770, 680), way=-1, pose="walk", holding=basket(775, 790, 120)),
        person(
            820, 884, 280, child=True, look=Look(5, "curly", "black"), wear=Wear(GREEN, SLATE), left=(776, 740),
            way=1),
        person(
            1500, 890, 500, look=Look(1, "bald", "grey", glasses=True), wear=Wear(SLATE, INK), left=(1420, 600),
            right=(1540, 680), way=-1, holding=basket(1520, 800, 110, AMBER, GREEN)))



def bridge() -> str:
    arches = (
        path(
                "M0,560 V430 Q800,300 1600,430 V560 H1560 A170,130 0 0 0 1220,560 H1150 A350,200 0 0 0 450,560 "
                "H380 A170,130 0 0 0 40,560 Z",
            SAND) + path("M0,430 Q800,300 1600,430 V452 Q800,322 0,452 Z", "#c9b48f"))
    rail = (
        curve("M0,360 Q800,230 1600,360", GREEN, 10)
        + "".join(
            line(
                [
                    (40 + k * 80, 426 - 62 * (1 - ((k - 9.5) / 10) ** 2)),
                    (40 + k * 80, 358 - 62 * (1 - ((k - 9.5) / 10) ** 2))], GREEN, 6) for k in range(20)))
    return picture(
        outside(BLUSH, WATER, 560), sun(1240, 210, 110, CORAL), skyline(520, "#eec1ae", seed=7), arches,
        person(520, 372, 250, look=Look(4, "long", "black"), wear=Wear(TERRACOTTA, INK), pose="walk"),
        person(900, 366, 250, look=Look(0, "short", "grey"), wear=Wear(INK, SLATE), pose="walk", way=-1),
        person(
            1002, 358, 246, look=Look(1, "bob", "chestnut"), wear=Wear(SAFFRON, GREEN, skirt=True), pose="walk",
            way=-1, left=(930, 250)),
        person(
            258, 388, 240, look=Look(2, "curly", "black"), wear=Wear(GREEN, INK), pose="sit", right=(318, 262),
            lean=5), bicycle(282, 402, 0.72, TERRACOTTA), rail, water(556, "#9cc5c4"),
        placed(barge(0, 0, GREEN, SAFFRON), x=500, y=800, scale=0.62))



def railway() -> str:
    return picture(
        outside("#e8eef0", "#d8cfbd", 720), skyline(520, "#cfdde0", seed=8), rect(0, 90, 1600, 34, SLATE),
        "".join(line([(200 + k * 400, 110), (200 + k * 400, 720)], SLATE, 18) for k in range(4)),
        rect(1020, 170, 220, 96, INK, 10), circle(1078, 218, 32, WHITE), line([(1078, 218), (1078, 198)], INK, 6),
        line([(1078, 218), (1092, 226)], INK, 6), rect(1130, 196, 84, 12, SAFFRON, 6),
        rect(1130, 224, 60, 12, MIST, 6), rect(0, 640, 1600, 90, SLATE), train(1010, 690),
        rect(0, 700, 1600, 200, "#d8cfbd"), rect(0, 716, 1600, 14, SAFFRON),
        person(
            280, 870, 480, look=Look(2, "bob", "black"), wear=Wear(TERRACOTTA, INK, "coat", TERRACOTTA),
            right=(350, 640), left=(220, 660), holding=rect(330, 560, 60, 84, WHITE, 4)),
        person(
            620, 876, 500, look=Look(5, "short", "black", beard=True), wear=Wear(SLATE, INK), pose="walk",
            right=(690, 660), holding=rect(650, 660, 96, 76, BARK, 8)),
        person(
            1120, 876, 480, look=Look(0, "short", "white", glasses=True), wear=Wear(GREEN, SLATE), left=(1075, 660)),
        person(
            1360, 880, 490, look=Look(3, "ponytail", "black"), wear=Wear(SAFFRON, INK), way=-1, left=(1310, 560),
            right=(1400, 690), holding=rect(1280, 540, 36, 58, INK, 6)))



def stairs() -> str:
    steps = "".join(
        rect(300 + k * 190, 800 - k * 100, 1400, 110, tone) for k,
        tone in enumerate((LEAF, "#c4e0d2", SAGE, "#86bba5", MOSS, GREEN)))
    return picture(
        rect(0, 0, 1600, 900, CREAM), sun(1180, 190, 120), rays(1180, 190, 190, HONEY), cloud(300, 200, 1),
        rect(0, 860, 1600, 40, SAND), steps, flag(1430, 300, 220, TERRACOTTA),
        person(
            380, 800, 390, look=Look(4, "afro", "black"), wear=Wear(TERRACOTTA, INK), pose="walk", right=(470, 560),
            left=(320, 620), lean=3),
        person(
            800, 600, 380, look=Look(1, "short", "brown"), wear=Wear(SAFFRON, SLATE), pose="walk", right=(890, 390),
            left=(700, 430), lean=2),
        person(
            1260, 302, 250, look=Look(2, "short", "grey", hat="scarf", tone=WHITE),
            wear=Wear(INK, TERRACOTTA, skirt=True), left=(1180, 120), right=(1330, 190), way=-1),
        potted(100, 862, 200))



def town_hall() -> str:
    body = (
        rect(360, 380, 880, 400, PAPER) + poly([(330, 390), (440, 250), (1160, 250), (1270, 390)], SLATE)
        + rect(700, 200, 200, 190, PAPER) + poly([(680, 206), (800, 90), (920, 206)], SLATE)
        + circle(800, 290, 56, INK) + circle(800, 290, 46, WHITE) + line([(800, 290), (800, 260)], INK, 6)
        + line([(800, 290), (822, 300)], INK, 6))
    columns = (
        "".join(rect(x, 470, 40, 310, "#efe6d6", 4) for x in (640, 730, 830, 920))
        + poly([(610, 476), (800, 400), (990, 476)], "#efe6d6") + rect(612, 470, 376, 20, SAND))
    return picture(
        outside("#d9ecec", "#e5d9c0", 770), cloud(230, 180, 1), cloud(1380, 230, 1.1), tree(170, 790, 420),
        tree(1440, 790, 420, GREEN), body, "".join(window(x, 480, 80, 130, SAGE) for x in (410, 520, 1000, 1110)),
        "".join(window(x, 660, 80, 110, SAGE) for x in (410, 520, 1000, 1110)), columns,
        rect(775, 560, 50, 220, GREEN, 4),
        "".join(rect(580 - k * 30, 776 + k * 20, 440 + k * 60, 22, SAND if k % 2 else STONE) for k in range(3)),
        line([(800, 92), (800, 20)], SLATE, 6), rect(803, 22, 26, 46, INK), rect(829, 22, 26, 46, WHITE),
        rect(855, 22, 26, 46, TERRACOTTA),
        person(420, 880, 400, look=Look(4, "short", "black"), wear=Wear(SAFFRON, INK), pose="walk"),
        person(
            1130, 880, 400, look=Look(1, "bun", "chestnut"), wear=Wear(TERRACOTTA, SLATE, skirt=True), pose="walk",
            way=-1, left=(1070, 700)),
        person(
            1030, 884, 240, child=True, look=Look(1, "short", "brown"), wear=Wear(GREEN, INK), way=-1,
            right=(1070, 720)), bicycle(230, 880, 0.8, GREEN))
