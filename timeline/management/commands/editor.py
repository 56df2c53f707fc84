"""`manage.py editor`: make the first editor, who may do everything at the desk and nothing else."""

import secrets

from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

GROUP = "Editors"


class Command(BaseCommand):
    """Make an editor with a random password, printed once."""

    help = "Make an editor of the desk and print the password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a name, and whether to give an existing editor a new password."""
        parser.add_argument("name", nargs="?", default="editor", help="the name to sign in with")
        parser.add_argument(
            "--reset-password", action="store_true", help="give the editor a new password"
        )

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Make the group and the editor where they are missing; never touch a password unasked."""
        group, is_new = Group.objects.get_or_create(name=GROUP)
        if is_new:
            group.permissions.set(Permission.objects.filter(content_type__app_label="timeline"))
        editor, is_new = User.objects.get_or_create(
            username=options["name"], defaults={"is_staff": True}
        )
        if not is_new and not options["reset_password"]:
            self.stdout.write(f"The editor “{editor}” exists; --reset-password gives a new one.")
            return
        password = secrets.token_urlsafe(12)
        editor.set_password(password)
        editor.save()
        if is_new:
            editor.groups.add(group)
        self.stdout.write(f"Sign in at /desk/ as {editor} with the password {password}")
