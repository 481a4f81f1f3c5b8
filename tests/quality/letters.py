"""Letters and forms in words, with what has to be extracted of them."""

from __future__ import annotations

from typing import Any

Letter = tuple[str, str, dict[str, Any], dict[str, Any]]

_INSURANCE = """Harbour Insurance
PO Box 12, Oldtown

Mr John Miller
4 Mill Lane
Bristol BS1 4QD

12 March 2024

Subject: Your claim

Dear Mr Miller,

thank you for your letter. Your policy number is HX-4471-B and your claim number is 20240077.
We will pay the amount of GBP 1,250.00 by 30 April 2024. If you have any questions please
write to claims@harbour.example.com.

Yours sincerely,
Anna Pilot
"""
_KUENDIGUNG = """Telefon AG

Kundennummer: 4711-88
Vertragsnummer: V 20 441
Hamburg, den 5. Februar 2024

Betreff: Kündigung

Sehr geehrte Frau Köhler,

Ihr Vertrag endet. Vertragsende: 31.03.2024
Monatlicher Grundpreis: 19,99 €
"""
_REGISTRATION = """REGISTRATION FORM

First name: Maria                 Last name: Santos
Date of birth: 03/25/1990         Gender: female
Phone: +1 555 010 2030            E-mail: maria@example.com
Nationality ........ Portuguese
Membership type: Gold
Newsletter: yes
[x] I accept the terms
Languages: English, Spanish, Portuguese
Emergency contact:
  Name: Pedro Santos
  Phone: +1 555 010 9999
"""


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


_TEXT, _DATE = {"type": ["string", "null"]}, {"type": ["string", "null"], "format": "date"}


def all_of_them() -> list[Letter]:
    """Each: its name, its text, the schema, and the truth."""
    return [
        (
            "claim",
            _INSURANCE,
            _object(
                policy_number=_TEXT,
                claim_number=_TEXT,
                date=_DATE,
                amount={"type": "number"},
                subject=_TEXT,
                email=_TEXT,
            ),
            {
                "policy_number": "HX-4471-B",
                "claim_number": "20240077",
                "date": "2024-03-12",
                "amount": 1250,
                "subject": "Your claim",
                "email": "claims@harbour.example.com",
            },
        ),
        (
            "kuendigung",
            _KUENDIGUNG,
            _object(
                customer_number=_TEXT,
                contract_number=_TEXT,
                letter_date=_DATE,
                contract_end=_DATE,
                subject=_TEXT,
                monthly_price={"type": "number", "title": "Monatlicher Grundpreis"},
            ),
            {
                "customer_number": "4711-88",
                "contract_number": "V 20 441",
                "letter_date": "2024-02-05",
                "contract_end": "2024-03-31",
                "subject": "Kündigung",
                "monthly_price": 19.99,
            },
        ),
        (
            "registration",
            _REGISTRATION,
            _object(
                firstName=_TEXT,
                lastName=_TEXT,
                dateOfBirth=_DATE,
                gender={"enum": ["male", "female", "other", None]},
                nationality=_TEXT,
                membership_type={"type": "string", "enum": ["silver", "gold"]},
                newsletter={"type": "boolean"},
                accept_terms={"type": "boolean"},
                languages={"type": "array", "items": {"type": "string"}},
                phone=_TEXT,
                email=_TEXT,
                emergency_contact=_object(name=_TEXT, phone=_TEXT),
            ),
            {
                "firstName": "Maria",
                "lastName": "Santos",
                "dateOfBirth": "1990-03-25",
                "gender": "female",
                "nationality": "Portuguese",
                "membership_type": "gold",
                "newsletter": True,
                "accept_terms": True,
                "languages": ["English", "Spanish", "Portuguese"],
                "phone": "+1 555 010 2030",
                "email": "maria@example.com",
                "emergency_contact": {"name": "Pedro Santos", "phone": "+1 555 010 9999"},
            },
        ),
    ]
