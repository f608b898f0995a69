"""Drawings out of doors: fields, gardens, water and sky."""

from home.demo.studio.heads import Look
from home.demo.studio.nature import bee, cabbage, cloud, flower, hills, potted, sprout, sun, tree
from home.demo.studio.palette import (
    AMBER,
    BARK,
    CORAL,
    CREAM,
    GREEN,
    HONEY,
    INK,
    LEAF,
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
from home.demo.studio.places import (
    block,
    flag,
    greenhouse,
    house,
    outside,
    path_way,
    skyline,
    water,
)
from home.demo.studio.shapes import circle, faded, line, path, picture, placed, poly, rect, shadow
from home.demo.studio.things import crate, spade, watering_can
from home.demo.studio.vehicles import barge, tractor

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def market_garden() -> str:
    rows = "".join(
        path(
            f"M{800 + (k - 4) * 60},560 L{800 + (k - 4) * 330 - 80},900 h150 L{800 + (k - 4) * 60 + 26},560 Z",
            "#8a6142") for k in range(9))
    heads = "".join(
        cabbage(800 + (k - 4) * (120 + r * 70), 640 + r * 100, 24 + r * 9, (MOSS, "#79b48f")[k % 2]) for r in range(3)
        for k in range(9))
    return picture(
        outside("#fdf0d6", "#a5794f", 560), sun(1280, 190, 100), hills(470, "#bcd9c3", lift=70),
        hills(540, SAGE, lift=40, phase=1), rect(0, 560, 1600, 340, "#a5794f"), greenhouse(80, 570, 420, 190),
        tree(620, 560, 220, MOSS), tree(700, 562, 170, darker(MOSS, 0.1)), placed(tractor(0, 0, 0.6), x=1140, y=570),
        rows, heads,
        person(
            480, 860, 470, look=Look(4, "short", "black", hat="straw", tone=HONEY), wear=Wear(TERRACOTTA, INK),
            right=(590, 650), left=(540, 660), lean=4, pose="walk", holding=crate(520, 720, 150, "carrot", 64)),
        person(
            1080, 860, 440, look=Look(1, "ponytail", "chestnut", hat="straw", tone=SAND),
            wear=Wear(GREEN, SLATE, bare_arms=True), pose="kneel", left=(980, 800), right=(1010, 810), way=-1),
        crate(1210, 880, 190, "cabbage"))



def canal_boat() -> str:
    arch = (
        path("M-60,520 V330 H1660 V520 H1420 A260,200 0 0 0 900,520 H700 A260,200 0 0 0 180,520 Z", "#e3cfb4")
        + rect(-20, 312, 1640, 30, "#cdb593"))
    return picture(
        outside("#dcecec", SAGE, 540), skyline(420, "#c3dcdb", seed=4), arch,
        "".join(tree(90 + k * 1420, 560, 440, (MOSS, GREEN)[k], "poplar") for k in range(2)),
        tree(1370, 560, 380, MOSS, "poplar"), rect(0, 540, 1600, 30, SAND), water(566), barge(280, 760),
        potted(860, 664, 100, SAFFRON), potted(960, 664, 110),
        person(
            1080, 664, 330, look=Look(2, "long", "black"), wear=Wear(SAFFRON, INK), right=(1180, 430),
            left=(1040, 560)), flag(1240, 650, 130, TERRACOTTA),
        faded(
            0.5,
            "".join(
                line([(330 + k * 210, 830 + (k % 2) * 24), (450 + k * 210, 830 + (k % 2) * 24)], WHITE, 6)
                for k in range(5))))



def shared_garden() -> str:
    def bed(x: float, y: float, w: float) -> str:
        return (
            "".join(
                sprout(x + 40 + k * 62, y - 60, 66, (MOSS, GREEN, "#79b48f")[k % 3])
                for k in range(int((w - 40) // 62))) + rect(x, y - 66, w, 20, "#6b4a2c", 4)
            + rect(x, y - 52, w, 70, WOOD, 6) + rect(x, y - 20, w, 5, BARK))

    return picture(
        outside(LEAF, "#9cc7a8", 600), block(900, 600, 8, 5, CREAM, roof=TERRACOTTA),
        house(150, 620, 260, 190, "#e5c48f", GREEN, BARK), tree(640, 620, 400), tree(1500, 640, 340, GREEN),
        path_way(760, 620, CREAM), bed(120, 760, 420), bed(1040, 760, 440),
        person(
            700, 850, 490, look=Look(0, "bun", "white", hat="straw", tone=HONEY),
            wear=Wear(TERRACOTTA, SLATE, skirt=True), left=(560, 620), right=(590, 640), way=-1,
            holding=watering_can(560, 650, 74, GREEN, flip=True)),
        person(
            880, 860, 300, child=True, look=Look(4, "afro", "black"), wear=Wear(SAFFRON, INK), right=(960, 740),
            left=(910, 760), holding=flower(966, 770, 90)),
        person(
            1200, 880, 500, look=Look(3, "short", "black", beard=True), wear=Wear(GREEN, INK, bare_arms=True),
            left=(1120, 640), right=(1150, 690), way=-1, holding=spade(1120, 600, 220)), bed(1340, 890, 300),
        bed(-60, 890, 420))



def green_spaces() -> str:
    hedge = (
        rect(840, 480, 640, 300, GREEN, 46) + "".join(circle(870 + k * 74, 490, 48, GREEN) for k in range(5))
        + "".join(circle(900 + (k * 97) % 520, 540 + (k * 61) % 200, 13, MOSS) for k in range(18)))
    mower = rect(270, 770, 170, 50, TERRACOTTA, 16) + line([(300, 780), (420, 610)], SLATE, 12)
    return picture(
        outside(SKY, "#8fc3a0", 640), cloud(380, 170, 1.2), cloud(1250, 130, 0.9), hills(640, SAGE, lift=50),
        tree(180, 660, 420), tree(640, 640, 300, "#78b099", "fir"), tree(740, 650, 240, MOSS, "fir"),
        "".join(
            path(f"M{-200 + k * 340},900 L{200 + k * 240},640 h110 L{k * 340 - 30},900 Z", "#86bb97")
            for k in range(6)), hedge, placed(mower, x=-40, y=20), circle(270, 842, 24, INK),
        circle(370, 842, 24, INK),
        person(
            430, 860, 500, look=Look(5, "short", "black", hat="cap", tone=GREEN),
            wear=Wear(SAFFRON, INK, "vest", TERRACOTTA), left=(382, 632), right=(400, 640), way=-1, pose="walk"),
        person(
            1010, 870, 510, look=Look(1, "ponytail", "blond", hat="cap", tone=SAFFRON),
            wear=Wear(TERRACOTTA, SLATE, "vest", SAFFRON), right=(1130, 560), left=(1080, 590),
            holding=line([(1080, 590), (1150, 550)], INK, 24) + line([(1150, 550), (1330, 450)], STONE, 16)),
        "".join(circle(1240 + k * 40, 840 + (k * 23) % 34, 10, MOSS) for k in range(6)), flower(60, 880, 80),
        flower(130, 890, 70, SAFFRON))



def bees() -> str:
    def hive(x: float, tone: str) -> str:
        return (
            shadow(x, 842, 110) + rect(x - 76, 810, 20, 34, BARK) + rect(x + 56, 810, 20, 34, BARK)
            + rect(x - 95, 700, 190, 112, tone, 6) + rect(x - 95, 590, 190, 104, darker(tone, 0.08), 6)
            + rect(x - 110, 560, 220, 34, WHITE, 6) + rect(x - 40, 784, 80, 16, INK, 8)
            + rect(x - 30, 630, 60, 12, darker(tone, 0.3), 6))

    veil = faded(0.35, circle(1010, 372, 62, INK))
    return picture(
        outside("#fdeecb", "#a8cf9f", 660), sun(240, 200, 90), skyline(640, "#f6dca6", seed=5),
        hills(660, "#bcd9a9", lift=40), tree(1420, 690, 460, MOSS), hive(330, SAFFRON), hive(620, TERRACOTTA),
        hive(1280, SAGE),
        person(
            1000, 860, 530, look=Look(2, "short", "brown", hat="straw", tone=SAND),
            wear=Wear(WHITE, WHITE, shoes=BARK), left=(880, 560), right=(930, 590), way=-1,
            holding=rect(800, 480, 140, 150, WOOD, 4) + rect(814, 496, 112, 120, HONEY)
            + "".join(circle(840 + (k % 3) * 30, 520 + (k // 3) * 32, 10, AMBER) for k in range(9))), veil,
        bee(560, 420, 30), bee(720, 330, 24, flip=True), bee(420, 320, 20), bee(1180, 300, 26, flip=True),
        bee(760, 700, 20), bee(1130, 640, 18),
        *(
            flower(60 + k * 118, 890 - (k % 3) * 10, 70 + (k % 3) * 16, (TERRACOTTA, WHITE, SAFFRON, CORAL)[k % 4])
            for k in range(14)))



def horizon() -> str:
    beams = "".join(
        faded(0.35, poly([(800, 470), (800 + dx - 70, -20), (800 + dx + 70, -20)], HONEY))
        for dx in (-760, -420, -120, 180, 480, 800))
    return picture(
        rect(0, 0, 1600, 900, "#fbdca6"), beams, sun(800, 470, 190), skyline(560, CORAL, seed=3),
        rect(0, 556, 1600, 120, CORAL), hills(620, TERRACOTTA, lift=60), hills(690, GREEN, lift=60, phase=1),
        hills(800, INK, lift=70), tree(250, 800, 340, darker(GREEN, 0.3)),
        tree(130, 830, 260, darker(GREEN, 0.5), "fir"),
        person(1130, 860, 480, look=Look(3, "long", "black", back=True), wear=Wear(SAFFRON, SLATE), left=(1040, 600)),
        person(
            960, 864, 300, child=True, look=Look(3, "short", "black", back=True), wear=Wear(CREAM, TERRACOTTA),
            right=(1040, 640), left=(880, 700)),
        person(1330, 866, 500, look=Look(1, "bob", "grey", back=True), wear=Wear(MOSS, SLATE), left=(1215, 640)))
