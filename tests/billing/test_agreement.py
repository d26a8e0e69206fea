"""The product's billing decision agrees with the naive one, asked the way outside programs ask it."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from .naive.decision import decide
from .naive.generator import hand_made, random_document

ROOT = Path(__file__).resolve().parents[2]
RANDOM_DOCUMENTS = 1_500
SEED = "agreement"
SHOWN_DIFFERENCES = 3
# The product's rule names for the gates of the naive decision; an exclusion is named by its kind.
GATE_RULES = {
    "gate.exclusion": {"exclusion.rpm", "exclusion.other_rtm", "exclusion.home_health"},
    "gate.device_determination": {"gate.device_determination"},
    "gate.payer": {"gate.coverage"},
    "gate.covered_codes": {"gate.covered_codes"},
    "gate.episode": {"gate.episode"},
    "gate.consent": {"gate.consent"},
    "gate.plan_of_care": {"gate.plan_of_care"},
    "gate.rule_set": {"gate.rule_set"},
    "gate.already_billed": {"setup.once"},
}


def named_documents(count, seed):
    """All documents by hand and so many random ones, each with a name that finds it again."""
    named = [(case["name"], case["document"]) for case in hand_made()]
    for number in range(count):
        name = f"{seed} {number}"
        named.append((name, random_document(random.Random(name))))
    return named


def decided_by_product(documents):
    """The decisions of `decide_billing` on one array of documents."""
    finished = subprocess.run(
        [sys.executable, "manage.py", "decide_billing", "-"],
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=600,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-2_000:]
    return json.loads(finished.stdout)


def without_reasons(decision):
    """What both sides must agree on: everything but the reasons and what was added to the contract."""
    kept = {key: decision[key] for key in ("episode", "rule_sets", "windows", "months")}
    kept["lines"] = [
        {key: line[key] for key in ("code", "units", "date_of_service", "modifiers", "status")}
        for line in decision["lines"]
    ]
    return kept


def difference(name, document, product, naive):
    """The text of one disagreement: the document and the parts on which the two differ."""
    parts = [key for key in naive if product[key] != naive[key]]
    shown = [f"{name}: {json.dumps(document)}"]
    for part in parts:
        shown.append(f"  {part}, product: {json.dumps(product[part])}")
        shown.append(f"  {part}, naive:   {json.dumps(naive[part])}")
    return "\n".join(shown)


@pytest.fixture(scope="module")
def compared():
    """Name, document, the product's whole decision and the naive one, for every document."""
    named = named_documents(RANDOM_DOCUMENTS, SEED)
    decisions = decided_by_product([document for _, document in named])
    assert len(decisions) == len(named)
    return [
        (name, document, decision, decide(document))
        for (name, document), decision in zip(named, decisions, strict=True)
    ]


def test_product_and_naive_decision_agree(compared):
    differences = [
        difference(name, document, without_reasons(product), without_reasons(naive))
        for name, document, product, naive in compared
        if without_reasons(product) != without_reasons(naive)
    ]
    assert not differences, "\n".join(
        [f"{len(differences)} of {len(compared)} documents differ", *differences[:SHOWN_DIFFERENCES]]
    )


def test_every_line_of_the_product_has_a_reason(compared):
    for name, _, product, _ in compared:
        for line in product["lines"]:
            assert line["reasons"], f"{name}: {line}"
            assert all(reason["rule"] and reason["text"] for reason in line["reasons"]), f"{name}: {line}"


def test_the_product_names_every_failing_gate_and_no_other(compared):
    for name, _, product, naive in compared:
        for line, witness in zip(product["lines"], naive["lines"], strict=True):
            rules = {reason["rule"] for reason in line["reasons"]}
            named = {gate for gate, of_gate in GATE_RULES.items() if rules & of_gate}
            failing = {reason for reason in witness["reasons"] if reason in GATE_RULES}
            assert named == failing, f"{name}: {line}"
