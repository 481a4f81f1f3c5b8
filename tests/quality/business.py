"""Made-up business papers: what they say, in words and figures of three languages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

LABELS = {
    "en": {
        "title": ["Invoice", "INVOICE", "Tax invoice"],
        "number": ["Invoice number", "Invoice No.", "Invoice #", "Inv. no"],
        "date": ["Invoice date", "Date", "Date of issue"],
        "due": ["Due date", "Payment due", "Pay by"],
        "order": ["Order number", "PO number", "Order no."],
        "customer": ["Bill to", "Customer", "Sold to"],
        "description": ["Description", "Item", "Article"],
        "quantity": ["Qty", "Quantity"],
        "price": ["Unit price", "Price", "Price each"],
        "line": ["Amount", "Total", "Line total"],
        "subtotal": ["Subtotal", "Net amount", "Sub-total"],
        "tax": ["VAT 20%", "Tax", "Sales tax"],
        "total": ["Total", "Total due", "Grand total", "Amount due"],
        "email": ["E-mail", "Email"],
    },
    "de": {
        "title": ["Rechnung", "RECHNUNG"],
        "number": ["Rechnungsnummer", "Rechnungs-Nr.", "Rechnung Nr."],
        "date": ["Rechnungsdatum", "Datum"],
        "due": ["Fällig am", "Zahlbar bis", "Fälligkeitsdatum"],
        "order": ["Bestellnummer", "Auftragsnummer", "Bestell-Nr."],
        "customer": ["Rechnungsempfänger", "Kunde", "Rechnung an"],
        "description": ["Bezeichnung", "Beschreibung", "Artikel"],
        "quantity": ["Menge", "Anzahl"],
        "price": ["Einzelpreis", "E-Preis", "Preis"],
        "line": ["Gesamtpreis", "Betrag", "Gesamt"],
        "subtotal": ["Zwischensumme", "Nettobetrag", "Summe netto"],
        "tax": ["MwSt. 19 %", "Umsatzsteuer", "USt."],
        "total": ["Gesamtbetrag", "Rechnungsbetrag", "Zu zahlen", "Endbetrag"],
        "email": ["E-Mail"],
    },
    "fr": {
        "title": ["Facture", "FACTURE"],
        "number": ["Numéro de facture", "Facture n°", "N° de facture"],
        "date": ["Date de facture", "Date", "Date d'émission"],
        "due": ["Date d'échéance", "Échéance"],
        "order": ["Numéro de commande", "N° de commande", "Commande n°"],
        "customer": ["Facturé à", "Client", "Destinataire"],
        "description": ["Désignation", "Description", "Article"],
        "quantity": ["Quantité", "Qté"],
        "price": ["Prix unitaire", "P.U. HT"],
        "line": ["Montant", "Total HT", "Montant HT"],
        "subtotal": ["Sous-total", "Total HT", "Montant HT"],
        "tax": ["TVA 20 %", "TVA", "Montant TVA"],
        "total": ["Total TTC", "Net à payer", "Montant total"],
        "email": ["Courriel", "E-mail"],
    },
}
_WARES = {
    "en": ["Steel bolt M8", "Paint, white", "Cable 5 m", "Site inspection", "Oak panel", "Hinge"],
    "de": ["Stahlschraube M8", "Farbe weiß", "Kabel 5 m", "Montage vor Ort", "Eichenplatte"],
    "fr": ["Boulon acier M8", "Peinture blanche", "Câble 5 m", "Pose sur site", "Panneau chêne"],
}
_NAMES = {
    "en": ["Northwind Traders Ltd", "Harbour & Sons", "Maple Street Books"],
    "de": ["Nordlicht GmbH", "Bäckerei Köhler", "Hafen Logistik AG"],
    "fr": ["Dupont et Fils SARL", "Librairie du Port", "Atelier Lumière"],
}
_STREETS = {
    "en": ["12 High Street", "4 Mill Lane"],
    "de": ["Hauptstraße 5", "Am Hafen 17"],
    "fr": ["8 rue des Lilas", "25 avenue Foch"],
}
_TOWNS = {"en": "Bristol", "de": "Hamburg", "fr": "Lyon"}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@dataclass(frozen=True)
class Paper:
    """An invoice.

    Attributes:
        locale: its language.
        labels: what it calls things.
        truth: what has to be extracted.
        texts: the same as it is printed, by the names of the labels.
        address: the customer's lines.
        rows: the table's, as printed.
    """

    locale: str
    labels: dict[str, str]
    truth: dict[str, Any]
    texts: dict[str, str]
    address: list[str]
    rows: list[list[str]]


def paper(seed: int, locale: str, row_count: int = 0) -> Paper:
    """Make an invoice up; the same seed makes the same."""
    random = Random(seed)  # noqa: S311
    labels = {name: random.choice(names) for name, names in LABELS[locale].items()}
    issued = datetime.date(2024, 1, 1) + datetime.timedelta(days=random.randrange(700))
    due = issued + datetime.timedelta(days=random.choice((14, 30)))
    written = _date_style(random, locale)
    items = [_item(random, locale, n) for n in range(row_count or random.randrange(2, 7))]
    net = sum((item["total"] for item in items), Decimal(0))
    tax = (net * (19 if locale == "de" else 20) / 100).quantize(Decimal("0.01"))
    number, order = f"R-{random.randrange(10000, 99999)}", f"{random.randrange(100000, 999999)}"
    name, street = random.choice(_NAMES[locale]), random.choice(_STREETS[locale])
    town = f"{random.randrange(10000, 69999)} {_TOWNS[locale]}"
    if locale == "en":
        town = f"{_TOWNS[locale]} BS{random.randrange(1, 9)} {random.randrange(1, 9)}QD"
    email = f"billing{random.randrange(99)}@example.com"
    truth = {
        "invoice_number": number,
        "invoice_date": issued.isoformat(),
        "due_date": due.isoformat(),
        "order_number": order,
        "customer_name": name,
        "customer_address": f"{street}\n{town}",
        "email": email,
        "line_items": [
            {key: float(cell) if isinstance(cell, Decimal) else cell for key, cell in item.items()}
            for item in items
        ],
        "subtotal": float(net),
        "tax_amount": float(tax),
        "total": float(net + tax),
    }
    texts = {
        "number": number,
        "date": written(issued),
        "due": written(due),
        "order": order,
        "email": email,
        "subtotal": money(net, locale),
        "tax": money(tax, locale),
        "total": money(net + tax, locale, "£" if locale == "en" else "€"),
    }
    rows = [
        [
            item["description"],
            str(item["quantity"]),
            money(item["unit_price"], locale),
            money(item["total"], locale),
        ]
        for item in items
    ]
    return Paper(locale, labels, truth, texts, [name, street, town], rows)


def money(value: Decimal, locale: str, currency: str = "") -> str:
    """An amount as people of this language write it."""
    plain = f"{value:,.2f}"
    if locale == "de":
        plain = plain.replace(",", " ").replace(".", ",").replace(" ", ".")
    elif locale == "fr":
        plain = plain.replace(",", " ").replace(".", ",")
    if not currency:
        return plain
    return f"{currency}{plain}" if locale == "en" else f"{plain} {currency}"


def _item(random: Random, locale: str, number: int) -> dict[str, Any]:
    quantity = random.randrange(1, 40)
    price = Decimal(random.randrange(150, 90000)) / 100
    ware = f"{random.choice(_WARES[locale])} {chr(65 + number % 26)}"
    return {
        "description": ware,
        "quantity": quantity,
        "unit_price": price,
        "total": price * quantity,
    }


def _date_style(random: Random, locale: str) -> Any:
    months = _MONTHS[locale].split()
    dot = "." if locale == "de" else ""
    styles = {
        "en": ["{day:02}/{month:02}/{year}", "{day} {name} {year}", "{name} {day}, {year}"],
        "de": ["{day:02}.{month:02}.{year}", "{day}{dot} {name} {year}"],
        "fr": ["{day:02}/{month:02}/{year}", "{day} {name} {year}"],
    }[locale]
    style = random.choice([*styles, "{year}-{month:02}-{day:02}"])
    return lambda at: style.format(
        day=at.day, month=at.month, year=at.year, name=months[at.month - 1], dot=dot
    )
