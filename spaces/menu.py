"""Where each role's space is, and what its menu leads to."""

from dataclasses import dataclass

from accounts.roles import Role


@dataclass(frozen=True)
class Entry:
    title: str
    url: str
    symbol: str
    current: bool = False
    here: bool = False
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Space:
    """The area of one role: its first page, and the others in the order of its menu."""

    title: str
    url: str
    summary: str
    symbol: str
    entries: tuple[Entry, ...]


DOOR = "/espace/"
EVENTS = Entry("Événements", "/espace/evenements/", "calendar")
DECKS = Entry("Diaporamas", "/espace/diaporamas/", "file")
FIRST_PAGE = "Accueil"


def _space(title: str, url: str, summary: str, symbol: str, *entries: Entry) -> Space:
    return Space(title, url, summary, symbol, (Entry(FIRST_PAGE, url, "home"), *entries))


SPACES = {
    Role.MEMBER: _space(
        "Espace membre",
        "/espace/membre/",
        "Votre passeport, votre page, votre conseiller.",
        "people",
        Entry("Mon passeport", "/espace/passeport/", "check"),
        Entry("Mon parcours", "/espace/membre/parcours/", "kind-rv"),
        Entry("Ma page", "/espace/ma-page/", "kind-candidature"),
        EVENTS,
        DECKS,
    ),
    Role.COUNSELLOR: _space(
        "Espace conseil",
        "/espace/conseil/",
        "Vos réunions, les pages à relire et les personnes que vous accompagnez.",
        "kind-rv",
        Entry("Agenda", "/espace/conseil/agenda/", "calendar"),
        Entry("Réunions", "/espace/conseil/reunions/", "pin"),
        Entry("Mes membres", "/espace/conseil/membres/", "people"),
        Entry("Passeports", "/espace/conseil/passeports/", "check"),
        EVENTS,
        DECKS,
        Entry("Chiffres", "/espace/conseil/chiffres/", "file"),
    ),
    Role.PRESCRIBER: _space(
        "Espace prescripteur",
        "/espace/prescripteur/",
        "Vos passeports, vos commandes et les prochaines réunions.",
        "organisation",
        Entry(
            "Passeports",
            "/espace/prescripteur/passeports/",
            "kind-rv",
            near=("/espace/prescripteur/decisions/", "/espace/prescripteur/controle/"),
        ),
        Entry("Commandes", "/espace/prescripteur/commandes/", "euro"),
        Entry("Réunions", "/espace/prescripteur/reunions/", "calendar"),
        Entry("Inscriptions", "/espace/prescripteur/inscriptions/", "people"),
        Entry("Chiffres", "/espace/prescripteur/chiffres/", "file"),
    ),
    Role.COMPANY: _space(
        "Espace entreprise",
        "/espace/entreprise/",
        "Les candidats qui vous montrent leur page.",
        "kind-rencontre",
        Entry("Candidats", "/espace/entreprise/candidats/", "people"),
    ),
    Role.TREASURER: _space(
        "Espace trésorerie",
        "/espace/tresorerie/",
        "Les commandes et les pièces de la comptabilité.",
        "euro",
        Entry("Commandes", "/espace/tresorerie/commandes/", "organisation"),
        Entry("Souches", "/espace/tresorerie/souches/", "tag"),
        Entry("Lignes de facture", "/espace/tresorerie/lignes/", "euro"),
        Entry("Relevés", "/espace/tresorerie/releves/", "file"),
    ),
    Role.VOLUNTEER: _space("Espace vidéo", "/espace/video/", "Les vidéos que vous préparez.", "play"),
    Role.EDITOR: Space("Rédaction du site", "/gestion/", "Les actualités, les guides, les vidéos.", "news", ()),
    Role.ADMIN: Space("Administration", "/gestion/", "Les comptes et les réglages.", "access", ()),
}


def spaces_of(roles: frozenset[Role]) -> list[Space]:
    """The spaces of somebody, in the order of roles; editors and administrators share one."""
    mine = {SPACES[role].url: SPACES[role] for role in reversed(Role) if role in roles}
    return list(reversed(mine.values()))


def space_at(path: str, roles: frozenset[Role]) -> Space | None:
    """The space that a page belongs to: of those whose menu leads near to it, the first that this person has."""
    mine = spaces_of(roles)
    if path == DOOR and len(mine) > 1:
        return None
    near = [space for space in mine if any(path.startswith(entry.url) for entry in space.entries)]
    return next(iter(near or mine), None)


def menu_at(path: str, space: Space) -> list[Entry]:
    """The entries of a space, the one that shows now marked."""
    deep = [max(len(url) for url in ("", entry.url, *entry.near) if path.startswith(url)) for entry in space.entries]
    return [
        Entry(entry.title, entry.url, entry.symbol, current=0 < depth == max(deep), here=entry.url == path)
        for entry, depth in zip(space.entries, deep, strict=True)
    ]
