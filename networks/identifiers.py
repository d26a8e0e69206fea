"""Identifiers of the field: shapes and check digits, decided with pencil and paper."""


def is_npi(text: str) -> bool:
    """Tell whether ten digits form a valid NPI: Luhn over 80840 + NPI (45 CFR 162.406, 2004)."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0
