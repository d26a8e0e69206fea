"""Check every chain of seals against its facts and against the file of roots outside the database."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from networks.scoping import open_scope
from networks.services import sealing
from networks.services.sealed_outside import chains_outside, differing_outside
from networks.services.sealing import Chain


class Command(BaseCommand):
    """`manage.py check_seals [PRACTICE ...]`: exit code 1 and a sentence for each broken or missing seal."""

    help = "Checks seals against facts and against the roots written outside the database."

    def add_arguments(self, parser: Any) -> None:  # noqa: ANN401 - Django's signature
        """Take the ids of practices; everything in the file of roots when none is given."""
        parser.add_argument(
            "practices", nargs="*", help="Ids; default: every practice and network in the file of roots."
        )

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Check and say what was found."""
        chains = [Chain("practice", UUID(each)) for each in options["practices"]] or chains_outside()
        found = [sentence for chain in chains for sentence in _faults(chain)]
        if found:
            raise CommandError("\n".join(found))
        practices = sum(each.home == "practice" for each in chains)
        self.stdout.write(
            f"{practices} practices and {len(chains) - practices} networks: every seal is whole, inside and outside."
        )


def _faults(chain: Chain) -> list[str]:
    with open_scope(chain.scope):
        broken = [f"seal {number} does not match its facts." for number in sealing.broken_seals(chain)]
        return [f"{chain}: {each}" for each in [*broken, *differing_outside(chain)]]
