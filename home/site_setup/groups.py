"""Who may do what in the editors' interface, and the way a page takes from draft to publication."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, TREASURERS, VOLUNTEERS

# Their groups give a role on the site and nothing in the editors' interface.
WITHOUT_ADMIN = [TREASURERS, VOLUNTEERS]
WORKFLOW = "Relecture"
WAGTAIL_GROUPS = ["Editors", "Moderators"]
WAGTAIL_WORKFLOW = "Moderators approval"

PAGES = {
    EDITORS: ["add_page", "change_page"],
    MODERATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
# Wagtail asks for the rights on its own models, whichever ones a site uses in their place.
ADD_TO_LIBRARIES = [
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    *("wagtailmedia.add_media", "wagtailmedia.change_media"),
]
TAKE_FROM_LIBRARIES = ["wagtailimages.delete_image", "wagtaildocs.delete_document", "wagtailmedia.delete_media"]
LIBRARIES = {EDITORS: ADD_TO_LIBRARIES, MODERATORS: [*ADD_TO_LIBRARIES, *TAKE_FROM_LIBRARIES]}
MEETINGS = ("infosession", "memberevent", "place")
# What both groups write besides pages.
SHARED = [
    "wagtailadmin.access_admin",
    *(f"pages.{verb}_{noun}" for noun in ("keyfigure", "tag") for verb in ("add", "change", "delete", "view")),
    *(
        f"events.{verb}_{noun}"
        for noun in ("infosession", "memberevent", "place")
        for verb in ("add", "change", "delete", "view")
    ),
    *(f"decks.{verb}_slidedeck" for verb in ("add", "change", "delete", "view")),
]
# People are looked after by administrators alone; what somebody wrote of themselves is on no screen of theirs.
PEOPLE = [
    "wagtailadmin.access_admin",
    *(f"accounts.{verb}_{noun}" for noun in ("member", "organisation") for verb in ("add", "change", "view")),
    *(f"accounts.view_{noun}" for noun in ("membership", "referent", "counsellor", "invitation", "accountrequest")),
    "accounts.add_invitation",
    "accounts.add_counsellor",
    # Whether messages leave, work is done, and what was kept too long is gone.
    *("notices.view_notice", "errands.view_errand"),
    *("spaces.view_retentionreport", "spaces.change_retention"),
    "association.change_identity",
    *(f"association.{verb}_{noun}" for noun in ("sector", "structurekind") for verb in ("add", "change", "view")),
    # What is sold and what is asked; never what was answered.
    *(f"accompaniment.{verb}_{noun}" for noun in ("packageversion", "grid") for verb in ("add", "change", "view")),
    # What was bought; the treasurer's own space is where an order is answered.
    "passport.view_order",
]
EVERYTHING_ELSE = {
    EDITORS: [*SHARED, "association.view_departement", "videos.view_featuredvideo"],
    # Messages are personal: only those who answer read them.
    MODERATORS: [
        *SHARED,
        "association.view_departement",
        "association.change_departement",
        "association.change_identity",
        *(f"videos.{verb}_featuredvideo" for verb in ("add", "change", "delete", "view")),
        "home.view_contactmessage",
        "home.change_contactmessage",
        "home.delete_contactmessage",
        *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")),
    ],
}


def make_groups(home: Page) -> None:
    """The groups, their rights, and the workflow of the home page and all below it."""
    collections = Collection.get_first_root_node()
    for name in (EDITORS, MODERATORS):
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(EVERYTHING_ELSE[name]))
        for permission in _permissions([f"wagtailcore.{codename}" for codename in PAGES[name]]):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for permission in _permissions(LIBRARIES[name]):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collections, permission=permission)
    administrators, _created = Group.objects.get_or_create(name=ADMINISTRATORS)
    administrators.permissions.add(*_permissions(PEOPLE))
    for name in WITHOUT_ADMIN:
        Group.objects.get_or_create(name=name)
    _make_workflow(home)
    _forget_those_of_wagtail()


def _permissions(names: list[str]) -> list[Permission]:
    """The permissions of these names; a name that means nothing is refused, not skipped."""
    codenames = {name.split(".")[1] for name in names}
    rows = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    known = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    return [known[name] for name in names]


def _make_workflow(home: Page) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    if not WorkflowTask.objects.filter(workflow=workflow).exists():
        task = GroupApprovalTask.objects.create(name="Relecture par la modération")
        task.groups.set(Group.objects.filter(name=MODERATORS))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    if not WorkflowPage.objects.filter(page=home).exists():
        WorkflowPage.objects.create(page=home, workflow=workflow)


def _forget_those_of_wagtail() -> None:
    """Its two groups in English and their workflow, where nobody has used them."""
    for workflow in Workflow.objects.filter(name=WAGTAIL_WORKFLOW, workflow_states=None):
        GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow, task_states=None).delete()
        workflow.delete()
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()
