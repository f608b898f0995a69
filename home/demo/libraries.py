"""The demonstration's drawings, files and films, in the editors' libraries."""

from contextlib import ExitStack

from django.core.files import File as OpenFile
from wagtail.models import Collection

from home.demo import content
from home.demo.content import Item
from pages.models import File, Film, Picture

MEDIA = content.MEDIA / "videos"
DRAWINGS, GUIDES, FILMS = "Dessins", "Guides", "Vidéos d’entreprises"


def load_drawings() -> dict[str, Picture]:
    """Each drawing by its name."""
    known = {picture.title: picture for picture in Picture.objects.filter(collection__name=DRAWINGS)}
    made = {}
    for item in content.items("drawings"):
        path = content.MEDIA / "drawings" / f"{item['name']}.webp"
        if item["title"] in known:
            made[item["name"]] = known[item["title"]]
        elif path.exists():
            made[item["name"]] = _load_drawing(item)
    return made


def _load_drawing(item: Item) -> Picture:
    name = f"{item['name']}.webp"
    with (content.MEDIA / "drawings" / name).open("rb") as file:
        return Picture.objects.create(
            title=item["title"],
            description=item["alt"],
            credit=item["credit"],
            licence=item["licence"],
            file=OpenFile(file, name=name),
            collection=_collection(DRAWINGS),
        )


def load_documents() -> dict[str, File]:
    """The file of each guide, by the guide's slug."""
    made = {}
    for guide in content.guides():
        if document := load_document(f"{guide['slug']}.pdf", title=guide["title"]):
            made[guide["slug"]] = document
    return made


def load_document(name: str, *, title: str) -> File | None:
    """The file of that name, put into the library the first time."""
    path = content.MEDIA / "guides" / name
    if existing := File.objects.filter(title=title, collection__name=GUIDES).first():
        return existing
    if not path.exists():
        return None
    with path.open("rb") as file:
        made = File(title=title, file=OpenFile(file, name=name), collection=_collection(GUIDES))
        made.save()
    return made


def load_films() -> dict[str, Film]:
    """The film of each company, by the slug of its page."""
    made = {}
    for video in content.items("videos"):
        if film := _load_film(video):
            made[video["slug"]] = film
    return made


def _load_film(video: Item) -> Film | None:
    if existing := Film.objects.filter(title=video["company"], collection__name=FILMS).first():
        return existing
    film, captions, poster = (MEDIA / f"{video['slug']}{suffix}" for suffix in (".mp4", ".vtt", ".webp"))
    if not (film.exists() and captions.exists()):
        return None
    made = Film(title=video["company"], type="video", transcript=video["transcript"], collection=_collection(FILMS))
    with ExitStack() as files:
        made.file = OpenFile(files.enter_context(film.open("rb")), name=film.name)
        made.captions = OpenFile(files.enter_context(captions.open("rb")), name=captions.name)
        if poster.exists():
            made.thumbnail = OpenFile(files.enter_context(poster.open("rb")), name=poster.name)
        made.save()
    return made


def _collection(name: str) -> Collection:
    return Collection.objects.get(name=name)
