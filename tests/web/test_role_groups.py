"""The groups that hold the roles' rights: as they are made, upgraded, and given by the command."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection

from tests import factories as make
from tests.web.upgrading import before_the_upgrade
from timeline.migrations._roles import GROUPS, give_roles, rights_of, take_roles
from timeline.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]


class TestTheGroups:
    def test_they_are_made_with_their_rights_by_the_migration(self, db) -> None:
        for name in GROUPS:
            held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
            assert set(rights_of(name)) <= set(held)

    def test_each_may_all_that_the_one_before_may(self) -> None:
        for less, more in pairwise(GROUPS):
            assert set(rights_of(less)) < set(rights_of(more))

    def test_every_right_of_the_app_is_held_by_publishers(self, db) -> None:
        """A new model takes a migration that gives its rights to the groups."""
        rights = Permission.objects.filter(content_type__app_label="timeline")
        unheld = rights.exclude(group__name="Publishers").values_list("codename", flat=True)
        assert sorted(unheld) == []


def _as_before(db_apps: object = apps) -> None:
    """Groups and rights as they were before the roles: one group of editors, who may all."""
    take_roles(db_apps, SimpleNamespace(connection=connection))
    Group.objects.filter(name="Contributors").delete()


class TestTheUpgrade:
    def upgrade(self) -> None:
        give_roles(apps, SimpleNamespace(connection=connection))

    def test_whoever_could_publish_still_can(self, db) -> None:
        _as_before()
        change = Permission.objects.get(codename="change_event")
        alice, bob, carol, dora = (User.objects.create_user(name) for name in "abcd")
        alice.groups.add(Group.objects.get(name="Editors"))
        newsroom = Group.objects.create(name="Newsroom")
        newsroom.permissions.add(change)
        bob.groups.add(newsroom)
        carol.user_permissions.add(change)
        self.upgrade()
        may = [User.objects.get(pk=one.pk).has_perm("timeline.publish_event")
               for one in (alice, bob, carol, dora)]  # fmt: skip
        assert may == [True, True, True, False]
        assert {one.name for one in alice.groups.all()} == {"Editors", "Publishers"}

    def test_going_back_lets_publishers_do_all_and_twice_changes_nothing(self, db) -> None:
        call_command("editor", "alice", verbosity=0)
        _as_before()
        assert User.objects.get().groups.get().name == "Editors"
        assert not Permission.objects.filter(codename__startswith="publish_").exists()
        self.upgrade()
        self.upgrade()
        assert User.objects.get().has_perm("timeline.publish_event")
        assert Permission.objects.filter(codename="publish_event").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_the_migration_goes_back_and_forth(self) -> None:
        make.event("Kept")
        call_command("editor", "alice", verbosity=0)
        with before_the_upgrade([("timeline", "0026_cards_set_before")]):
            assert not Group.objects.filter(name="Publishers").exists()
        assert User.objects.get(username="alice").has_perm("timeline.publish_event")
        assert Event.objects.get().title == "Kept"


class TestTheCommand:
    def test_the_first_account_may_do_everything(self, db) -> None:
        call_command("editor", "alice", verbosity=0)
        assert [one.name for one in User.objects.get().groups.all()] == ["Publishers"]

    def test_a_role_can_be_given_and_changed_later_and_the_password_stays(self, db, capsys) -> None:
        call_command("editor", "alice", role="contributor", verbosity=0)
        password = User.objects.get().password
        call_command("editor", "alice", role="editor", verbosity=0)
        alice = User.objects.get()
        assert [one.name for one in alice.groups.all()] == ["Editors"]
        assert alice.password == password
        assert "“alice” is a editor" not in capsys.readouterr().out

    def test_an_account_that_exists_keeps_its_role_unasked(self, db) -> None:
        call_command("editor", "alice", role="editor", verbosity=0)
        call_command("editor", "alice", reset_password=True, verbosity=0)
        assert [one.name for one in User.objects.get().groups.all()] == ["Editors"]
