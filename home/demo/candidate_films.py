"""The films of two of the demonstration's members: one that companies may watch, one that waits for the counsellor."""

from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from accounts.models import Member, Referent
from candidates import captions
from candidates.copies import forget
from candidates.models import Profile, Video
from home.demo import content
from home.demo.content import Item

FOLDER = Path(__file__).parent / "media" / "candidates"
SIZE = 960, 540
AFTER = timedelta(days=1)


def load(members: dict[str, Member]) -> None:
    for item in content.read("candidate_films")["film"]:
        _film(item, Profile.objects.get(member=members[item["key"]]))


def _film(item: Item, profile: Profile) -> None:
    said = (FOLDER / f"{item['key']}.vtt").read_text()
    sent = profile.created_at + AFTER
    video = Video(
        profile=profile,
        state=Video.State.READY,
        transcript=captions.words(said),
        seconds=item["seconds"],
        width=SIZE[0],
        height=SIZE[1],
        sent_at=sent,
        changed_at=sent,
        sent_by=profile.member.user,
    )
    for field, name in ((video.film, "mp4"), (video.captions, "vtt"), (video.poster, "webp")):
        field.save(f"film.{name}", ContentFile((FOLDER / f"{item['key']}.{name}").read_bytes()), save=False)
    if item["approved"]:
        referent = Referent.objects.get(member=profile.member, role=Referent.Role.REFERENT)
        video.approved_at, video.approved_by = sent + AFTER, referent.counsellor.user
    video.save()


def remove() -> None:
    """Rows go with their pages, once this is written for good; their files with them."""
    for video in Video.objects.all():
        for file in (video.original, video.film, video.captions, video.poster):
            forget(file)
