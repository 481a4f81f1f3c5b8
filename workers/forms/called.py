"""What a form may call what somebody tells, such as where they live."""

from __future__ import annotations

# Whom a form may be about who says only `I`.
_WRITERS = (
    "guest",
    "resident",
    "customer",
    "member",
    "employee",
    "patient",
    "participant",
    "tenant",
    "visitor",
    "traveller",
    "claimant",
)
GUARDIAN = (
    "parent or guardian",
    "parent",
    "guardian",
    "name of parent",
    "contact",
    "responsable l\u00e9gal",
    "Erziehungsberechtigte",
    "Erziehungsberechtigter",
    "tutor",
    "genitore",
)
GUARDIAN_KIN = (
    "relationship to child",
    "relationship to pupil",
    "relationship",
    "lien de parent\u00e9",
    "parentesco",
    "grado di parentela",
    "Verwandtschaftsverh\u00e4ltnis",
)
# What a form may call each of these; the first that it has is meant.
_NAMES = {
    "birth_date": (
        "date of birth",
        "Geburtsdatum",
        "date de naissance",
        "fecha de nacimiento",
        "data di nascita",
    ),
    "signed": ("parent or guardian", "name of parent", "parent", "guardian", "contact", "name"),
    "guardian": GUARDIAN,
    "guardian_kin": GUARDIAN_KIN,
    "special_needs": ("special requirements", "special needs", "accessibility requirements"),
    "property": ("property address", "address of property", "address of the property", "property"),
    "how_long": ("how long", "years there", "length of employment", "time with employer"),
    "employed_since": ("employed since", "start of employment", "employed there since"),
    "destination": ("destination", "place of destination", "travel destination"),
    "purpose": ("purpose of trip", "purpose of travel", "purpose", "reason for travel"),
    "legal_name": ("legal name of company", "company", "supplier", "business name"),
    "birth_place": (
        "place of birth",
        "Geburtsort",
        "lieu de naissance",
        "lugar de nacimiento",
        "luogo di nascita",
    ),
    "occupation": ("occupation", "position", "job title"),
    "employer": ("employer", "company", "name of employer"),
    "company": ("company", "organisation", "employer", "university", "department"),
    "department": ("department", "team", "division"),
    "organisation": ("company", "organisation", "club", "association", "business name"),
    "name": ("name", *(f"{who} name" for who in _WRITERS)),
    "income": ("monthly income", "income", "net income", "salary", "gross monthly income"),
    "rent": ("monthly rent", "rent", "current rent"),
    "insurer": ("insurance company", "insurer", "insurance provider", "health insurance"),
    "allergies": ("allergies", "known allergies", "drug allergies"),
    "medication": ("medications", "medication", "current medications", "current medication"),
    "reason_leaving": ("reason for leaving", "reason for moving"),
    "reason_visit": ("reason for visit", "reason for today's visit", "reason"),
    "issue_date": ("date of issue", "issue date", "issued on"),
    "expiry_date": ("valid until", "expiry date", "date of expiry", "expiration date", "expires"),
    "start_date": ("start date", "starting date", "membership start", "start"),
    "arrival": ("date of arrival", "arrival date", "arrival", "check in"),
    "departure": ("departure date", "date of departure", "departure", "check out"),
    "return_date": ("return date", "date of return", "return"),
    "trading_name": ("trading name", "trading as", "doing business as", "business name"),
    "founded": ("year founded", "founded", "year of foundation"),
    "phone": ("phone", "mobile", "contact phone"),
    "email": ("email",),
    "emergency_name": ("emergency contact name", "emergency contact", "contact in an emergency"),
    "emergency_kin": ("emergency contact relationship", "emergency relationship", "relationship"),
    "emergency_relationship": (
        "emergency contact relationship",
        "emergency relationship",
        "relationship",
    ),
    "emergency_phone": ("emergency contact phone", "emergency phone"),
}
_ADDRESSED = "address"
STREET = (
    "address", "street", "street address", "Stra\u00dfe und Hausnummer", "Stra\u00dfe", "Anschrift",
    "Adresse", "rue", "domicilio", "direcci\u00f3n", "calle", "indirizzo", "residenza", "via",
    "residente in via",
    "business address", "company address",
)  # fmt: skip


def names(what: str) -> tuple[str, ...]:
    """What a form may call something; the first that it has is meant.

    Args:
        what: what is told, such as `birth_date`.
    """
    return STREET if what == _ADDRESSED else _NAMES.get(what, (what.replace("_", " "),))
