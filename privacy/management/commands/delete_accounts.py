from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts.models import User


class Command(BaseCommand):
    """Deletes accounts with everything in them: those that a restored backup has brought back."""

    help = "Deletes accounts with everything in them; reads their ids from its input, too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ids of the accounts."""
        parser.add_argument("ids", nargs="*", metavar="ID")

    def handle(self, *args: Any, ids: list[str], **options: Any) -> None:
        """Delete those that are there, one after the other. Raises CommandError for those left."""
        named = ids or sys.stdin.read().split()
        deleted, left = 0, []
        for user in User.objects.filter(pk__in=named):
            key = user.pk
            try:
                user.delete()
                deleted += 1
            except DatabaseError:
                left.append(key)
        self.stdout.write(f"{deleted} of {len(named)} accounts deleted")
        if left:
            raise CommandError(f"not deleted: {' '.join(left)}")
