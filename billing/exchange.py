"""JSON text in, JSON text out: what `manage.py decide_billing` does between its two streams."""

import json
from collections.abc import Iterable
from typing import NoReturn

from billing.decision import decision_as_json
from billing.intake import read_document
from billing.json_field import DocumentError, JsonField
from billing.rules import decide


def decide_text(text: bytes) -> str:
    """The decision on one document, or the list of decisions on a list of them, as one line each.

    Raises DocumentError, naming field and reason, when anything in the text does not fit.
    """
    whole = JsonField(_parse(text))
    if isinstance(whole.value, list):
        return "[" + ",\n ".join(_decide(each) for each in whole.items()) + "]\n"
    return _decide(whole) + "\n"


def _decide(value: JsonField) -> str:
    return json.dumps(decision_as_json(decide(read_document(value))))


def _parse(text: bytes) -> object:
    try:
        return json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=_without_repeats, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise DocumentError("document", "must be text in UTF-8.") from error
    except json.JSONDecodeError as error:
        raise DocumentError("document", f"must be JSON; line {error.lineno}: {error.msg}.") from error
    except DocumentError:
        raise
    except (ValueError, RecursionError) as error:
        raise DocumentError(
            "document", "must be JSON with numbers and nesting of a reasonable size."
        ) from error


def _without_repeats(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise DocumentError(json.dumps(key), "this key stands twice in one object.")
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise DocumentError("document", f"must be JSON; {name} is no JSON number.")
