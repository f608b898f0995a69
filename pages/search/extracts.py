"""The few words of a text where a question was found, marked for a reader."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from pages.search.full_text import Terms
from pages.search.words import fold, stem

LENGTH = 240
# A no-break space stays one: French puts it before « : ».
SPACES = re.compile(r"[ \t\r\n]+")
BEFORE = 80
# A text is not searched further: what is found later is shown by its beginning.
READ = 20_000

_WORD = re.compile(r"[^\W_]+")


def marked(text: str, asked: Terms) -> SafeString:
    """The text, escaped, with the words that were asked for between `<mark>`."""
    parts, end = [], 0
    for match in _WORD.finditer(text):
        if answers(match[0], asked):
            parts += [escape(text[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
            end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308  # every part of the text is escaped above


def extract(lead: str, text: str, asked: Terms) -> SafeString:
    """The lead where it says a word of the question, otherwise the first passage of the text that does."""
    if any(answers(match[0], asked) for match in _WORD.finditer(lead)):
        return marked(cut(lead, 0), asked)
    for match in _WORD.finditer(text[:READ]):
        if answers(match[0], asked):
            return marked(cut(text, match.start() - BEFORE), asked)
    return marked(cut(lead or text, 0), asked)


def cut(text: str, start: int) -> str:
    """About `LENGTH` characters from `start`, on whole words, with « … » where something was left out."""
    start = max(0, start)
    piece = SPACES.sub(" ", text[start : start + LENGTH]).strip()
    if start and " " in piece:
        piece = f"… {piece.split(' ', 1)[1]}"
    if start + LENGTH < len(text) and " " in piece:
        piece = f"{piece.rsplit(' ', 1)[0]} …"
    return piece


def answers(word: str, asked: Terms) -> bool:
    folded = fold(word)
    return any(folded.startswith(begin) or stem(folded).startswith(begin) for term in asked for begin in term)
