"""What each measured site is made of, and the addresses to measure."""

import json
import random
import uuid
from importlib import import_module
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from bench.fill import add_pages, day, sentence


def text(rnd: random.Random) -> str:
    return f"<h2>{sentence(rnd, 4)}</h2><p>{sentence(rnd, 60)}</p><p>{sentence(rnd, 60)}</p>"


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Bare:
    """`wagtail start` and a list of news."""

    def start(self) -> None:
        call_command("migrate", verbosity=0)
        home_model, index_model = apps.get_model("bare.HomePage"), apps.get_model("bare.NewsIndexPage")
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=home_model(title="Home", slug="accueil"))
        Site.objects.update(root_page=home)
        home.add_child(instance=index_model(title="News", slug="news"))
        content = BytesIO()
        Image.effect_mandelbrot((1600, 900), (-2, -1.2, 1, 1.2), 40).convert("RGB").save(content, "JPEG")
        file = ContentFile(content.getvalue(), name="image.jpg")
        get_image_model().objects.create(title="Image", file=file)

    def fill(self, total: int) -> None:
        index, model = apps.get_model("bare.NewsIndexPage").objects.get(), apps.get_model("bare.NewsPage")
        image = get_image_model().objects.get().pk
        link = f' <a linktype="page" id="{index.pk}">News</a></p>'

        def fields(_pk: int, rnd: random.Random) -> dict[str, Any]:
            body = "".join(text(rnd) for _ in range(3)).replace("</p>", link, 3)
            return {"date": day(rnd), "intro": sentence(rnd, 20)[:250], "body": body, "image_id": image}

        add_pages(index, model, total - model.objects.count(), fields)
        call_command("update_index", verbosity=0)
        analyse()

    def addresses(self) -> dict[str, str]:
        count = apps.get_model("bare.NewsPage").objects.count()
        return {
            "home": "/",
            "list": "/news/",
            "list, middle": f"/news/?page={max(1, count // 40)}",
            "list, last": f"/news/?page={-(-count // 20)}",
            "article": "/news/volume-3/",
            "search": "/search/?query=emploi",
            "API v2 list": "/api/v2/pages/?type=bare.NewsPage&fields=date,intro",
        }


class Ours:
    """The demonstration, with as many news as asked."""

    def start(self) -> None:
        call_command("migrate", verbosity=0)
        import_module("home.demo.loader").load(say=lambda _line: None, warm=False)

    def fill(self, total: int) -> None:
        index, model = apps.get_model("news.NewsIndexPage").objects.get(), apps.get_model("news.NewsPage")
        images = list(get_image_model().objects.order_by("pk").values_list("pk", flat=True)[:20])
        rnd = random.Random(3)

        def fields(_pk: int, rnd: random.Random) -> dict[str, Any]:
            body = [{"type": "text", "value": text(rnd), "id": str(uuid.uuid4())} for _ in range(3)]
            return {
                "kind": "article",
                "published_on": day(rnd),
                "summary": sentence(rnd, 20)[:250],
                "body": json.dumps(body),
                "image_id": rnd.choice(images),
                "link_works": True,
                **dict.fromkeys(("comment", "source_name", "source_url", "credit", "easy_read"), ""),
            }

        new = add_pages(index, model, total - model.objects.count(), fields)
        departements = list(apps.get_model("association.Departement").objects.values_list("pk", flat=True))
        tags = list(apps.get_model("pages.Tag").objects.values_list("pk", flat=True))
        link = model.departements.through
        rows = [link(newspage_id=pk, departement_id=rnd.choice(departements)) for pk in new]
        link.objects.bulk_create(rows, batch_size=1000)
        tagged = apps.get_model("news.NewsTag")
        rows = [tagged(content_object_id=pk, tag_id=tag) for pk in new for tag in rnd.sample(tags, 2)]
        tagged.objects.bulk_create(rows, batch_size=1000)
        call_command("update_search", verbosity=0)
        analyse()

    def addresses(self) -> dict[str, str]:
        count = apps.get_model("news.NewsPage").objects.live().count()
        session = apps.get_model("events.InfoSession").objects.open_to_all().upcoming().soonest_first().first()
        video = apps.get_model("videos.VideoPage").objects.live().first()
        guide = apps.get_model("guides.GuidePage").objects.live().first()
        return {
            "home": "/",
            "list": "/actualites/",
            "list, middle": f"/actualites/?page={max(1, count // 24)}",
            "list, last": f"/actualites/?page={-(-count // 12)}",
            "list, filtered": "/actualites/?departement=93&mot=insertion",
            "article": "/actualites/volume-70/",
            "search": "/recherche/?q=emploi",
            "search, rare": "/recherche/?q=péniche",
            "API v2 list": "/api/v2/pages/?type=news.NewsPage&limit=20",
            "département": "/departements/93-seine-saint-denis/",
            "schedule": "/reunions/",
            "session": session.get_absolute_url(),
            "guides": "/guides/",
            "guide": guide.address,
            "videos": "/videos/",
            "video": video.address if video else "/videos/",
        }


SITES = {"bare": Bare, "ours": Ours}
