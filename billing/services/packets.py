"""Audit packets: made and signed once, when a charge is certified; the same bytes whenever they are taken."""

from collections.abc import Sequence
from datetime import datetime

from billing.models import Certification, Charge, Packet
from billing.packets.sealed_file import seal
from billing.services.live_decisions import LiveEpisode
from billing.services.packet_evidence import evidence_entries
from billing.services.packet_gates import gate_entries
from billing.services.packet_record import record_entries
from billing.services.packet_subject import load_subject
from networks import audit
from networks.actors import Actor
from networks.canonical_json import digest
from networks.services.sealing import key_fingerprint, signing_key


def file_packets(
    charges: Sequence[Charge], *, certification: Certification, live: LiveEpisode, now: datetime
) -> None:
    """Make, sign and keep the packet of each new charge of a certification, in its transaction."""
    if not charges:
        return
    subject = load_subject(certification, live=live, now=now)
    key = signing_key()
    for charge in charges:
        entries = [
            *record_entries(subject, charge),
            *gate_entries(subject, charge),
            *evidence_entries(subject, charge),
        ]
        head = {
            "charge": charge.reference,
            "claim": certification.claim,
            "practice": str(charge.practice_id),
            "practice_name": subject.episode.practice.name,
            "certified_at": now.isoformat(),
            "certification": certification.digest,
        }
        content = seal(head, entries=entries, sign=key.sign, key_id=key_fingerprint())
        Packet(
            practice_id=charge.practice_id,
            charge=charge,
            content=content.decode(),
            sha256=digest(content),
            occurred_at=now,
            recorded_at=now,
        ).save(force_insert=True)


def take(packet: Packet, *, kind: str, actor: Actor, now: datetime) -> bytes:
    """Return a packet's file and write down who took it, in which form ("json" or "pdf")."""
    audit.record(
        "packet.taken",
        actor=actor,
        subject_type="packet",
        subject_id=packet.pk,
        now=now,
        practice_id=packet.practice_id,
        patient_id=packet.charge.episode.patient_id,
        details={"charge": packet.charge.reference, "form": kind},
    )
    content: str = packet.content
    return content.encode()
