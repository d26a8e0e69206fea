"""The directory of payers, which all practices and networks share; it holds no patient data."""

from networks.errors import Conflict, DomainError
from networks.models import Payer


def add(name: str, *, kind: str) -> Payer:
    """Add a payer to the directory; Conflict where one is called so, DomainError for a kind there is not."""
    if not name.strip() or kind not in Payer.Kind.values:
        raise DomainError("A payer needs a name and one of the kinds.", field="name")
    if Payer.objects.filter(name__iexact=name.strip()).exists():
        raise Conflict("A payer of this name is in the directory already.", field="name")
    return Payer.objects.create(name=name.strip(), kind=kind)
