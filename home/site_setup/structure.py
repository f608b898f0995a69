"""The tree of pages that every site has, and the collections of its libraries."""

from wagtail.models import Collection, Page, Site

from guides.models import GuideIndexPage
from home.models import AssociationPage, ContactPage, HomePage
from news.models import NewsIndexPage
from pages.models import BasePage
from videos.models import VideoIndexPage

HEADLINE = "Un travail qui a du sens, près de chez vous."
COLLECTIONS = ["Couvertures", "Dessins", "Guides", "Photographies", "Vidéos d’entreprises"]
INDEXES: list[tuple[type[BasePage], str, str, str]] = [
    (NewsIndexPage, "Actualités", "actualites", "Les nouvelles de l’emploi solidaire, département par département."),
    (GuideIndexPage, "Guides", "guides", "Des guides gratuits, à télécharger, pour chercher et choisir."),
    (VideoIndexPage, "Vidéos", "videos", "Chaque mois, une entreprise de l’économie sociale et solidaire en vidéo."),
]


def publish(parent: Page, page: Page) -> None:
    """Add the page as editors do: by a revision, published."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()


def make_home() -> HomePage:
    if home := HomePage.objects.first():
        return home
    root = Page.objects.get(depth=1)
    home = HomePage(title="Accueil", slug="accueil", headline=HEADLINE)
    publish(root, home)
    return HomePage.objects.get(pk=home.pk)


def point_site(home: HomePage, *, name: str, hostname: str | None, port: int | None) -> None:
    """The default site shows `home`; Wagtail's own page of welcome goes away."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    welcome = site.root_page if site.pk and site.root_page_id != home.pk else None
    site.root_page = home
    site.site_name = name
    site.hostname = hostname or site.hostname
    site.port = port or site.port
    site.save()
    # A plain `Page` is never one of ours: it is what Wagtail's first migration left.
    if welcome is not None and welcome.depth > 1 and type(welcome.specific) is Page:
        welcome.delete()


def make_indexes(home: HomePage) -> None:
    for model, title, slug, summary in INDEXES:
        if not model.objects.exists():
            publish(home, model(title=title, slug=slug, summary=summary, show_in_menus=True))


def make_collections() -> None:
    root = Collection.get_first_root_node()
    existing = set(root.get_children().values_list("name", flat=True))
    for name in COLLECTIONS:
        if name not in existing:
            root.add_child(name=name)


def make_contact_page(home: HomePage) -> ContactPage:
    if page := ContactPage.objects.first():
        return page
    page = ContactPage(
        title="Nous contacter",
        slug="contact",
        summary="Une question, un rendez-vous, une difficulté avec le site : écrivez-nous, ou demandez à être rappelé.",
        show_in_menus=True,
    )
    publish(home, page)
    return page


def make_association_pages(home: HomePage, name: str) -> None:
    """The three pages that the law asks of every site, to be completed."""
    for title, slug, summary, text in _legal_pages(name):
        if not home.get_children().filter(slug=slug).exists():
            page = AssociationPage(title=title, slug=slug, summary=summary, body=[("text", text)], in_footer=True)
            publish(home, page)


def _legal_pages(name: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            "Mentions légales",
            "mentions-legales",
            "Qui publie ce site et qui l’héberge.",
            f"<p>Ce site est publié par l’association {name}. Indiquez ici l’adresse du siège, le nom de la personne "
            "responsable de la publication, et le nom, l’adresse et le téléphone de l’hébergeur.</p>",
        ),
        (
            "Vos données",
            "vos-donnees",
            "Ce que ce site garde sur vous, pourquoi et combien de temps.",
            "<p>Vous pouvez lire tout le site sans donner votre nom. Ce site ne vous suit pas et n’envoie rien à "
            "d’autres sites.</p><h2>Quand vous nous écrivez</h2><p>Votre message est gardé douze mois au plus, pour "
            "vous répondre, puis il est effacé.</p><h2>Quand vous réservez une place</h2><p>Ce qui vous nomme est "
            "effacé six mois après la réunion. Ce qu’il vous faut pour y participer à l’aise n’est lu que par la "
            "personne qui l’anime, et effacé un mois après.</p><h2>Quand vous êtes membre</h2><p>Ce que nous gardons "
            "de vous est effacé vingt-quatre mois après le dernier contact. La liste de qui a consulté votre page et "
            "les messages que le site vous envoie sont gardés douze mois.</p><h2>Vos droits</h2><p>Vous avez un "
            "compte ? Dans "
            'votre espace, <a href="/espace/mes-donnees/">Mes données</a> vous permet de tout lire, de l’emporter, de '
            "le corriger et de l’effacer.</p><p>Sans compte, vous pouvez demander à lire, à corriger ou à "
            'effacer ce qui vous concerne : <a href="/contact/">écrivez-nous</a>.</p>',
        ),
        (
            "Accessibilité",
            "accessibilite",
            "Où en est ce site, et comment signaler une difficulté.",
            "<p>Ce site est fait pour être utilisé au clavier, avec un lecteur d’écran et avec des caractères "
            "agrandis. Il n’a pas encore été audité par un organisme extérieur.</p><h2>Signaler une difficulté</h2>"
            '<p>Une page vous bloque ? <a href="/contact/">Dites-nous laquelle</a> et avec quel outil vous '
            "naviguez.</p>",
        ),
    ]
