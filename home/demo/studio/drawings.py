"""The drawings by name, and the files they become."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from home.demo.studio import scenes_care, scenes_making, scenes_nature, scenes_signs, scenes_together, scenes_town
from home.demo.studio.sources import tool

DRAWINGS: dict[str, Callable[[], str]] = {
    "atelier-reparation": scenes_making.repair_workshop,
    "recyclerie": scenes_making.recycling_centre,
    "maraichage": scenes_nature.market_garden,
    "velo-livraison": scenes_town.delivery_bike,
    "aide-a-domicile": scenes_care.home_help,
    "menuiserie": scenes_making.carpentry,
    "cuisine-collective": scenes_making.shared_kitchen,
    "creche": scenes_care.nursery,
    "bibliotheque": scenes_care.library,
    "renovation": scenes_making.renovation,
    "panneaux-solaires": scenes_making.solar_panels,
    "peniche": scenes_nature.canal_boat,
    "couture": scenes_making.sewing,
    "jardin-partage": scenes_nature.shared_garden,
    "epicerie-solidaire": scenes_care.solidarity_grocery,
    "regie-de-quartier": scenes_together.neighbourhood_service,
    "espaces-verts": scenes_nature.green_spaces,
    "ressourcerie-livres": scenes_together.book_reuse,
    "theatre": scenes_together.theatre,
    "radio-locale": scenes_together.local_radio,
    "ordinateurs": scenes_making.computers,
    "formation": scenes_care.training,
    "entretien": scenes_care.interview,
    "poignee-de-main": scenes_signs.handshake,
    "reunion": scenes_together.meeting,
    "marche": scenes_town.market,
    "mutuelle": scenes_together.mutual,
    "banque-solidaire": scenes_together.solidarity_bank,
    "habitat-participatif": scenes_together.cohousing,
    "conciergerie": scenes_together.concierge,
    "blanchisserie": scenes_making.laundry,
    "boulangerie": scenes_making.bakery,
    "compost": scenes_making.compost,
    "abeilles": scenes_nature.bees,
    "transport-solidaire": scenes_town.shared_transport,
    "sport-pour-tous": scenes_care.sport,
    "langue-des-signes": scenes_care.sign_language,
    "medecin": scenes_care.doctor,
    "lettre": scenes_signs.letter,
    "calendrier": scenes_signs.calendar,
    "carte-ile-de-france": scenes_signs.map_of_the_region,
    "escalier": scenes_town.stairs,
    "boussole": scenes_signs.compass,
    "tampon": scenes_signs.rubber_stamp,
    "pont": scenes_town.bridge,
    "train": scenes_town.railway,
    "mairie": scenes_town.town_hall,
    "horizon": scenes_nature.horizon,
}


def render(svg: str, width: int) -> Image.Image:
    """The drawing as pixels, `width` of them across."""
    command = [tool("rsvg-convert"), "--width", str(width), "--keep-aspect-ratio"]
    png = subprocess.run(command, input=svg.encode(), capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(png)).convert("RGB")


def publish(folder: Path) -> list[str]:
    """Write each drawing that differs from its file, and say which were written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in DRAWINGS.items():
        target, made = folder / f"{name}.webp", io.BytesIO()
        render(draw(), 1600).save(made, "WEBP", quality=86, method=6)
        if not target.exists() or target.read_bytes() != made.getvalue():
            target.write_bytes(made.getvalue())
            written.append(name)
    return written
