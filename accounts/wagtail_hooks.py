"""What the administrators' interface knows of people."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts.journal import ACTIONS
from accounts.viewsets import PeopleGroup


@hooks.register("register_log_actions")
def name_our_actions(actions: LogActionRegistry) -> None:
    """How the history tells what was done to whom."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_viewset")
def people() -> PeopleGroup:
    return PeopleGroup()
