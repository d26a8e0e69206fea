"""What the printed sign with the keyword says, and the address that opens a phone's texting app with it.

Carriers ask of a keyword that the sign names the sender, how often texts come, what they may cost, how to stop and
where to ask (CTIA Messaging Principles and Best Practices, 2023). Consent by the keyword rests on these words.
"""

from dataclasses import dataclass

from checkins.join_words import KEYWORDS

# The same as the version kept with the consent (patients/services/consents.py); a new wording gets a new one.
WORDING_VERSION = "texts.keyword.2026-1"


@dataclass(frozen=True, slots=True)
class SignWords:
    """The sign's words in one language."""

    language: str
    keyword: str
    heading: str
    scan: str
    by_hand: str
    desk: str
    terms: str


def words_of(language: str, *, practice: str, number: str, phone: str) -> SignWords:
    """Return the sign's words in "en" or "es"; `number` is what one texts to, `phone` whom one calls."""
    keyword = KEYWORDS[language]
    if language == "es":
        return SignWords(
            language=language,
            keyword=keyword,
            heading="¿Cómo va su recuperación? Cuéntenos por mensaje de texto.",
            scan="Apunte la cámara del teléfono al cuadro y envíe el mensaje que aparece.",
            by_hand=f"O envíe la palabra {keyword} al {number}.",
            desk="Luego dígalo en recepción: terminamos el registro con usted en un minuto.",
            terms=f"Al enviar {keyword} usted acepta recibir de {practice} mensajes sobre su recuperación, hasta 1 "
            "al día; antes, una sola respuesta. No es condición para atenderse. Pueden aplicar tarifas de mensajes "
            f"y datos. Responda STOP para terminar, HELP para ayuda, o llame al {phone}. No es para emergencias "
            "ni se vigila las 24 horas: llame al 911.",
        )
    return SignWords(
        language=language,
        keyword=keyword,
        heading="How is your recovery going? Tell us by text.",
        scan="Point your phone's camera at the square and send the text that appears.",
        by_hand=f"Or text the word {keyword} to {number}.",
        desk="Then tell the front desk: we finish the sign-up with you in a minute.",
        terms=f"By texting {keyword} you agree to check-in texts from {practice} about your recovery, up to 1 a day; "
        "before that, one answer only. It is not a condition of care. Message and data rates may apply. Reply STOP "
        f"to end, HELP for help, or call {phone}. Not for emergencies and not watched 24/7: call 911.",
    )


def texting_address(number: str, keyword: str) -> str:
    """Return the address that opens a new text to an E.164 number with the keyword in it.

    "?&" is what both iPhones and Android phones understand.

    >>> texting_address("+13125550100", "JOIN")
    'sms:+13125550100?&body=JOIN'
    """
    return f"sms:{number}?&body={keyword}"
