"""Words as the search compares them, the same on every database, in texts and in questions.

Lower case, without accents, ligatures, elisions and punctuation, each cut down
to a stem that its plural shares: « L’emploi », « emplois » and « EMPLOI » are
all `emploi`; « travail » and « travaux » are both `traval`.
"""

import re
import unicodedata

LONGEST_WORD = 40
MOST_TERMS = 12

_LIGATURES = (("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"))
_MARKS = re.compile("[\u0300-\u036f]+")
# Apostrophes are typed, typographic or misplaced.
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['\u2018\u2019\u02bc`](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[^\w\n]+")
# Words so common that asking for them finds nothing better.
_EMPTY = frozenset(
    {"au", "aux", "avec", "ce", "ces", "cette", "dans", "de", "des", "du", "elle", "en", "est", "et", "il", "la", "le"}
    | {"les", "leur", "leurs", "mes", "mon", "ne", "nos", "notre", "ou", "par", "pour", "que", "qui", "sa", "se", "ses"}
    | {"son", "sont", "sur", "un", "une", "vos", "votre", "vous"}
)


def fold(text: str) -> str:
    """The text in lower case, without accents nor ligatures."""
    folded = text.casefold()
    for ligature, letters in _LIGATURES:
        folded = folded.replace(ligature, letters)
    return _MARKS.sub("", unicodedata.normalize("NFKD", folded))


def stem(word: str) -> str:
    """What a folded word shares with its plural."""
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-2]}l"
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    return f"{word[:-2]}l" if len(word) > 4 and word.endswith("ail") else word


def raw_words(text: str) -> list[str]:
    """The folded words of a text, elisions left out, not yet cut to their stems."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_ELISION.sub(" ", fold(text)))]


def folded_lines(texts: list[str]) -> list[str]:
    """The words of each text with a space between: `raw_words` of thousands of short texts, at once, none cut."""
    together = "\n".join([text.replace("\n", " ") for text in texts])
    lines = _BETWEEN.sub(" ", _ELISION.sub(" ", fold(together)).replace("_", " ")).split("\n")
    return [line.strip() for line in lines[: len(texts)]]


def normalised(text: str) -> str:
    """The stems of a text, in its order, with a space between."""
    return " ".join(map(stem, raw_words(text)))


def terms(question: str) -> list[tuple[str, ...]]:
    """What must all be found, each as the beginning of a word.

    A term is one beginning or several of which any will do: « travail » also
    finds « travailler », which its stem alone would not.
    """
    asked = dict.fromkeys(raw_words(question))
    telling = [word for word in asked if len(word) > 1 and word not in _EMPTY]
    return [_beginnings(word) for word in (telling or list(asked))[:MOST_TERMS]]


def _beginnings(word: str) -> tuple[str, ...]:
    short = stem(word)
    return (short,) if word.startswith(short) else (short, word)
