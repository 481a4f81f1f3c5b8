"""Who is a paper's vendor or customer where a schema calls nobody so: `contractor`, `tenant`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workers.local.extraction.labels import Tokens

LIKE_VENDORS = frozenset(
    re.findall(
        r"\w+",
        "contractor subcontractor payee station hospital clinic association insurer carrier "
        "restaurant hotel shop landlord agency biller school university institution organization "
        "organisation utility dealer lender practice laboratory lab pharmacy airline garage "
        "creditor shipper consignor exporter freelancer installer plumber "
        "electrician workshop studio distributor wholesaler retailer "
        "lessor licensor cafe bakery surgery caterer "
        "versorger energieversorger stromversorger gasversorger netzbetreiber stadtwerke betrieb "
        "handwerker werkstatt gasthaus gaststatte wirtshaus lokal vermieter vermieterin aussteller "
        "praxis labor apotheke klinik krankenhaus versicherer spediteur dienstleister "
        "auftragnehmer freiberufler makler verein behorde filiale handler "
        "prestataire artisan bailleur emetteur garagiste transporteur laboratoire pharmacie "
        "boutique magasin proprietaire assureur commercant "
        "emisor arrendador contratista taller tienda laboratorio aseguradora comercializadora "
        "emittente locatore officina negozio farmacia ristorante "
        "verhuurder aannemer winkel uitgever verzekeraar",
    )
)
LIKE_CUSTOMERS = frozenset(
    re.findall(
        r"\w+",
        "homeowner tenant guest member subscriber policyholder insured passenger student borrower "
        "debtor resident owner applicant cardholder accountholder addressee lessee importer payer "
        "rechnungsempfanger auftraggeber karteninhaber empfangerin bauherr bauherrin gast "
        "locataire abonne titulaire arrendatario suscriptor titular locatario intestatario huurder",
    )
)
# Those of whom a paper that somebody else issues speaks as well: who brings what a shop sells.
_SELDOM_VENDORS = frozenset(("carrier", "insurer", "transporteur", "spediteur", "payee"))
# Those whose name is asked for by the word alone; the others may be places, or what is done there.
NAMED = (LIKE_VENDORS - frozenset(("station", "practice", "labor", "betrieb", "studio"))) | {
    "cardholder", "accountholder", "karteninhaber", "owner", "tenant", "lessee", "borrower",
    "subscriber", "policyholder", "homeowner",
}  # fmt: skip
_VENDORS = frozenset(("vendor", "sender", "company", "employer"))
_CUSTOMERS = frozenset(("customer", "employee", "patient"))
_PERSONS = frozenset((one,) for one in ("employee", "patient", *LIKE_CUSTOMERS))


def of(known: Iterable[Tokens]) -> dict[Tokens, Tokens]:
    """The one that is like a vendor, and the one that is like a customer, if nobody is called so.

    Args:
        known: whom a schema asks for.
    """
    asked = list(known)
    found: dict[Tokens, Tokens] = {}
    for alike, whom, same in (
        (LIKE_VENDORS, ("vendor",), _VENDORS),
        (LIKE_CUSTOMERS, ("customer",), _CUSTOMERS),
    ):
        likely = [who for who in asked if who[0] in alike]
        likely = [who for who in likely if who[0] not in _SELDOM_VENDORS] or likely
        if len(likely) == 1 and not any(who[0] in same for who in asked):
            found[likely[0]] = whom
    return found


def only_person(asked: Sequence[Tokens]) -> int | None:
    """Which property a label `Name` means; None if more people, or other names, are asked for.

    Args:
        asked: the properties' names.
    """
    found = [number for number, own in enumerate(asked) if own in _PERSONS]
    is_alone = len(found) == 1 and not any("name" in own for own in asked)
    return found[0] if is_alone else None
