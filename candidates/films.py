"""A candidate's film: sent, made into what browsers play, watched by the counsellor, then shown.

The only code that writes `Video` rows, and their files. Captions are in
`candidates.captions`.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from candidates import mails, transcoding
from candidates.consents import is_adult
from candidates.copies import forget
from candidates.models import Profile, Video
from candidates.permissions import can_delete_film, can_prepare_film, can_review_page
from candidates.writing import TICK, ask
from errands import work
from pages.library import sandbox
from pages.library.forms import checked
from pages.library.refusal import RefusedError

FILM = "film"
MEGABYTE = 1024 * 1024
LARGEST = 300 * MEGABYTE
LONGEST = 180
# What a telephone calls three minutes.
GRACE = 0.5
TOO_LARGE = "Cette vidéo est trop lourde : 300 Mo au plus."
TOO_LONG = "Cette vidéo dure {told} : trois minutes au plus. Raccourcissez-la, puis envoyez-la de nouveau."
UNKNOWN_AGE = "La vidéo est ouverte à partir de 18 ans : donnez d’abord votre date de naissance."
TOO_YOUNG = "La vidéo est ouverte à partir de 18 ans."
NOT_THE_SAME = "Cette vidéo a changé depuis que vous l’avez ouverte. Regardez-la avant de la valider."
NOT_READY = "Cette vidéo n’est pas prête : regardez-la quand elle le sera."


def check(upload: UploadedFile) -> None:
    """Of a size, a kind and a length that can be taken; `RefusedError` says why not."""
    if (upload.size or 0) > LARGEST:
        raise RefusedError(TOO_LARGE)
    seconds = sandbox.read("footage", upload)["duration"]
    if seconds > LONGEST + GRACE:
        raise RefusedError(TOO_LONG.format(told=_in_words(seconds)))


def _in_words(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def send(profile: Profile, *, upload: UploadedFile, by: User, now: datetime | None = None) -> Video:
    """Take the film in the place of one that is not approved; what is approved stays until this one is."""
    moment = now or timezone.now()
    ask(can_prepare_film(by, profile=profile, now=moment))
    check_age(profile, now=moment)
    checked(check, upload)
    video = Video(profile=profile, sent_by=by, sent_at=moment, changed_at=moment)
    video.original.save(str(upload.name), upload, save=False)
    try:
        with transaction.atomic():
            _lock(profile)
            for before in profile.videos.to_approve():
                _drop(before)
            video.save()
            work.ask(FILM, about=video.reference)
    except BaseException:
        video.original.storage.delete(str(video.original.name))
        raise
    return video


def check_age(profile: Profile, *, now: datetime | None = None) -> None:
    if profile.member.born_on is None:
        raise ValidationError(UNKNOWN_AGE, code="unknown_age")
    if not is_adult(profile.member, timezone.localdate(now)):
        raise ValidationError(TOO_YOUNG, code="too_young")


def prepare(reference: str, *, while_waiting: Callable[[], None] = lambda: None) -> None:
    """Make the film of what was sent. What is made already, replaced or deleted is left alone."""
    waiting = Video.objects.waiting().filter(reference=reference)
    video = waiting.select_related("profile__member__user").first()
    if video is None:
        return

    def is_wanted() -> bool:
        while_waiting()
        return waiting.exists()

    try:
        with transcoding.made_of(video.original, mark=reference, is_wanted=is_wanted) as made:
            if made is not None:
                _keep(video, made)
    except RefusedError as refused:
        _refuse(video, str(refused))


def _keep(video: Video, made: transcoding.Made) -> None:
    video.film.save("film.mp4", made.film, save=False)
    video.poster.save("affiche.webp", ContentFile(made.poster), save=False)
    written = [(file.storage, str(file.name)) for file in (video.film, video.poster)]
    is_kept = False
    try:
        with transaction.atomic():
            is_wanted = _still_waits(video)
            if is_wanted:
                _become_ready(video, made)
        is_kept = is_wanted
    finally:
        if not is_kept:
            for storage, name in written:
                storage.delete(name)


def _become_ready(video: Video, made: transcoding.Made) -> None:
    forget(video.original)
    video.original, video.state = "", Video.State.READY
    video.seconds, video.width, video.height = made.seconds, made.width, made.height
    video.changed_at = max(timezone.now(), video.changed_at + TICK)
    video.save()
    mails.tell_of_a_film(video)


def _still_waits(video: Video) -> bool:
    return Video.objects.select_for_update().waiting().filter(pk=video.pk).exists()


def _refuse(video: Video, reason: str) -> None:
    """Nothing stays of the file; the member reads why."""
    with transaction.atomic():
        if _still_waits(video):
            forget(video.original)
            video.original, video.state, video.refusal = "", Video.State.REFUSED, reason[:300]
            video.save()
            mails.tell_member(video.profile.member, template="film_refused", key=f"film-refused {video.pk}")


def approve(video: Video, *, by: User, seen: datetime, now: datetime | None = None) -> Video:
    """Companies that the member allows see this film from now on; the one before it goes."""
    ask(can_review_page(by, member=video.profile.member, now=now))
    with transaction.atomic():
        _lock(video.profile)
        fresh = Video.objects.filter(pk=video.pk).first()
        if fresh is None or fresh.changed_at != seen:
            raise ValidationError(NOT_THE_SAME, code="stale")
        if fresh.state != Video.State.READY:
            raise ValidationError(NOT_READY, code="not_ready")
        if fresh.approved_at is None:
            for before in video.profile.videos.approved():
                _drop(before)
            fresh.approved_at, fresh.approved_by = now or timezone.now(), by
            fresh.save()
            mails.tell_member(video.profile.member, template="film_approved", key=f"film-approved {video.pk} {seen}")
    return fresh


def describe(video: Video, *, captions: str, transcript: str, by: User, now: datetime | None = None) -> Video:
    """What is said in the film, as WebVTT and as text. The counsellor watches again what others see of it."""
    ask(can_prepare_film(by, profile=video.profile, now=now))
    with transaction.atomic():
        _lock(video.profile)
        fresh = video.profile.videos.ready().get(pk=video.pk)
        if fresh.approved_at and video.profile.videos.to_approve().exists():
            raise ValidationError("Une autre vidéo attend votre conseiller : sous-titrez celle-là.", code="replaced")
        forget(fresh.captions)
        fresh.captions = ""
        if captions:
            fresh.captions.save("sous-titres.vtt", ContentFile(captions.encode()), save=False)
        fresh.transcript = transcript
        fresh.changed_at = max(now or timezone.now(), fresh.changed_at + TICK)
        fresh.approved_at = fresh.approved_by = None
        fresh.save()
    return fresh


def delete(video: Video, *, by: User) -> None:
    """The member's own decision, whatever their membership."""
    ask(can_delete_film(by, profile=video.profile))
    with transaction.atomic():
        _lock(video.profile)
        for found in Video.objects.filter(pk=video.pk):
            _drop(found)


def _drop(video: Video) -> None:
    for file in (video.original, video.film, video.poster, video.captions):
        forget(file)
    video.delete()


def _lock(profile: Profile) -> None:
    Profile.objects.select_for_update().get(pk=profile.pk)
