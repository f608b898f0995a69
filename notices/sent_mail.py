"""The mails that a development site has sent: files in a folder instead of messages on the network."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

# Django's file backend writes this line after each message of a connection.
BETWEEN_MESSAGES = b"\n" + b"-" * 79 + b"\n"
BLOCKS = {"blockquote", "br", "div", "h1", "h2", "h3", "h4", "li", "ol", "p", "table", "tr", "ul"}
UNREAD = {"head", "script", "style", "title"}


@dataclass(frozen=True)
class SentMail:
    """One message, as text: `html` is what its HTML part says, links included."""

    subject: str
    sender: str
    recipients: str
    sent_at: datetime
    text: str
    html: str


def sent_mails(folder: Path) -> list[SentMail]:
    """Every message of the folder, newest first."""
    mails = [
        _read(message)
        for path in folder.glob("*.log")
        for message in path.read_bytes().split(BETWEEN_MESSAGES)
        if message.strip()
    ]
    return sorted(mails, key=lambda mail: mail.sent_at, reverse=True)


def _read(source: bytes) -> SentMail:
    message = message_from_bytes(source, _class=EmailMessage, policy=default)
    return SentMail(
        subject=message["Subject"] or "",
        sender=message["From"] or "",
        recipients=", ".join(message.get_all("To", []) + message.get_all("Cc", [])),
        sent_at=_moment(message["Date"]),
        text=_part(message, "plain"),
        html=html_as_text(_part(message, "html")),
    )


def _moment(date: str | None) -> datetime:
    if not date:
        return datetime.min.replace(tzinfo=UTC)
    sent_at = parsedate_to_datetime(date)
    return sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content().strip() if part else ""


def html_as_text(html: str) -> str:
    """What the HTML says, a line per block, each link followed by its address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.address = ""
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread += 1
        elif tag in BLOCKS:
            self.pieces.append("\n")
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread -= 1
        elif tag in BLOCKS:
            self.pieces.append("\n")
        elif tag == "a" and self.address:
            self.pieces.append(f" ({self.address}) ")
            self.address = ""

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.pieces.append(data)
