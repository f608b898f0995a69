"""Every column that leads to a person is declared, with what becomes of it."""

import pytest
from django.apps import apps
from django.db import models

from accounts.models import Member, User
from candidates.models import Profile, Version
from spaces.personal_data import ADDRESSES, HOLDINGS, Fate

# What belongs to one person only: a row that leads to it leads to them.
THEIRS = {User, Member, Profile, Version}
# Many-to-many tables of a version hold the numbers of two rows and nothing else: they leave with it.
JOINS = {"candidates.Version_sectors", "candidates.Version_structures", "candidates.Version_departements"}
# The parents of our own tables, in the row that is declared.
IS_ITS_OWN_PERSON = {("accounts.User", "pk"), ("accounts.Member", "pk")}


def columns_to_people():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model._meta.label in JOINS:
            continue
        for field in model._meta.local_concrete_fields:
            is_address = isinstance(field, models.EmailField) and not is_known(model)
            if is_address or (field.is_relation and field.related_model in THEIRS):
                yield model._meta.label, field.name


def is_known(model):
    """An address in a row that leads to its person in another way, or that is nobody's."""
    leads = any(field.related_model in THEIRS for field in model._meta.local_concrete_fields if field.is_relation)
    return leads or model in THEIRS or model._meta.label in {"association.Identity", "accounts.Organisation"}


DECLARED = {(holding.model, holding.path.split("__")[0]) for holding in HOLDINGS} | IS_ITS_OWN_PERSON


@pytest.mark.parametrize(("model", "column"), sorted(columns_to_people()))
def test_a_column_that_leads_to_a_person_says_what_becomes_of_it(model, column):
    assert (model, column) in DECLARED


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: f"{holding.model} {holding.path}")
def test_a_declared_path_exists_and_says_why_it_is_not_read(holding):
    model = apps.get_model(holding.model)
    model._base_manager.filter(**{f"{holding.path}__isnull": True}).query.sql_with_params()

    assert holding.title or holding.why
    assert holding.fate != Fate.UNLINKED or model._meta.get_field(holding.path).null
    assert all(model._meta.get_field(name) for name in holding.hidden)
    assert holding.path not in ADDRESSES or isinstance(model._meta.get_field(holding.path), models.EmailField)
