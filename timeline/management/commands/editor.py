"""`manage.py editor`: make an editor of the desk, in a role; the first may do everything there."""

import errno
import os
import secrets
import sys
from typing import Any

from axes.utils import reset
from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from timeline.management.streams import hush
from timeline.migrations._roles import rights_of
from timeline.two_factor import switch_off

# The groups that migration 0028 has made
ROLES = {"contributor": "Contributors", "editor": "Editors", "publisher": "Publishers"}


class Command(BaseCommand):
    """Make an editor with a random password, printed once."""

    help = "Make an editor of the desk and print the password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a name, and whether to give an existing editor a new password."""
        parser.add_argument("name", nargs="?", default="editor", help="the name to sign in with")
        parser.add_argument(
            "--role",
            choices=ROLES,
            help="contributor brings in and proposes, editor decides, publisher publishes, too; "
            "a new account is a publisher, and one that exists changes its role if told so",
        )
        parser.add_argument(
            "--reset-password",
            action="store_true",
            help="give the editor a new password, and end the waiting after wrong ones",
        )
        parser.add_argument(
            "--reset-two-factor",
            action="store_true",
            help="forget the editor's authenticator app and recovery codes",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the group and the editor where they are missing; never touch a password unasked."""
        if options["reset_two_factor"]:
            self.reset_two_factor(options["name"])
            if not options["reset_password"]:
                return
        editor, is_new = User.objects.get_or_create(
            username=options["name"], defaults={"is_staff": True}
        )
        if is_new or options["role"]:
            self.give_role(editor, options["role"] or "publisher")
        if not is_new and not options["reset_password"]:
            if options["role"]:
                self.stdout.write(f"“{editor}” has the role {options['role']} now.")
                return
            self.stdout.write(f"The editor “{editor}” exists; --reset-password gives a new one.")
            return
        password = secrets.token_urlsafe(12)
        editor.set_password(password)
        editor.save()
        reset()
        self._print(f"Sign in at /desk/ as {editor} with the password {password}")

    def give_role(self, editor: User, role: str) -> None:
        """Put an account into the group of a role, and out of those of the others."""
        group, is_new = Group.objects.get_or_create(name=ROLES[role])
        if is_new:  # somebody has deleted it, or emptied the database
            rights = Permission.objects.filter(content_type__app_label="timeline")
            group.permissions.set(rights.filter(codename__in=rights_of(ROLES[role])))
        editor.groups.remove(*Group.objects.filter(name__in=ROLES.values()).exclude(pk=group.pk))
        editor.groups.add(group)

    def _print(self, text: str) -> None:
        """Print a password that is told once, before it is stored: nobody may lose it."""
        try:
            if getattr(self.stdout._out, "name", "") == os.devnull:  # the shell had closed it
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            self.stdout.write(text)
            self.stdout.flush()
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                hush(sys.stdout)
            raise CommandError(
                f"The password could not be printed ({error.strerror}), so nothing was changed."
            ) from error

    def reset_two_factor(self, name: str) -> None:
        """Let an editor who has lost the app sign in by password, to set it up anew."""
        editor = User.objects.filter(username=name).first()
        if editor is None:
            raise CommandError(f"There is no editor “{name}”.")
        switch_off(editor)
        self.stdout.write(f"{editor} signs in without a code now, or sets up a new app.")
