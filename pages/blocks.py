"""The blocks that a page's body is made of."""

from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtailmedia.blocks import VideoChooserBlock

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]


class TextSection(RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT, "label": "texte"} | kwargs)

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"


class Picture(StructBlock):
    image = ImageBlock(label="image")
    caption = CharBlock(label="légende", required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "image"
        template = "blocks/picture.html"


class Quote(StructBlock):
    text = TextBlock(label="citation", max_length=600)
    author = CharBlock(label="qui le dit", max_length=120)

    class Meta:
        icon = "openquote"
        label = "citation"
        template = "blocks/quote.html"


class Figure(StructBlock):
    figure = SnippetChooserBlock("pages.KeyFigure", label="chiffre clé")

    class Meta:
        icon = "order"
        label = "chiffre clé"
        template = "blocks/figure.html"


class File(StructBlock):
    document = DocumentChooserBlock(label="document")
    title = CharBlock(label="intitulé", required=False, max_length=120)

    class Meta:
        icon = "doc-full"
        label = "fichier à télécharger"
        template = "blocks/file.html"


class Film(StructBlock):
    media = VideoChooserBlock(label="film")
    caption = CharBlock(label="légende", required=False, max_length=200)

    class Meta:
        icon = "media"
        label = "vidéo"
        template = "blocks/film.html"


class Note(StructBlock):
    title = CharBlock(label="titre", max_length=100)
    text = RichTextBlock(label="texte", features=RICH_TEXT)

    class Meta:
        icon = "info-circle"
        label = "encadré"
        template = "blocks/note.html"


class Footnotes(StructBlock):
    items = ListBlock(TextBlock(label="note", max_length=400), label="notes")

    class Meta:
        icon = "list-ol"
        label = "notes de bas de page"
        template = "blocks/footnotes.html"


class Body(StreamBlock):
    """What an article, a guide's presentation or a page of the association is written with."""

    text = TextSection()
    picture = Picture()
    quote = Quote()
    figure = Figure()
    file = File()
    film = Film()
    note = Note()
    footnotes = Footnotes()

    class Meta:
        block_counts = {"footnotes": {"max_num": 1}}
