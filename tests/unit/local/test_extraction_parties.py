"""Who sells and who buys, as real invoices tell it: blocks, sections, footers, tax numbers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT = {"type": ["string", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}
NUMBER = {"type": ["number", "null"]}
WHO = schema(name=TEXT, street=TEXT, postal_code=TEXT, city=TEXT)


def _output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


def _who(name: str, street: str, postal_code: str, city: str) -> dict[str, str]:
    return {"name": name, "street": street, "postal_code": postal_code, "city": city}


BUYER = _who("Nordwind AG Mitte", "Uferweg 4", "20457", "Hamburg")


@pytest.mark.parametrize(
    "town", ["20457 Hamburg", "DE 20457 Hamburg", "D-20457 Hamburg", "Hamburg 20457"]
)
def test_a_block_under_a_heading_is_the_headings(town: str) -> None:
    text = f"""
Verkäufer:                        Käufer/Leistungsempfänger:
Globale Nummer: 4000001 (GLN)     Nummer: K-17
Lieferant GmbH                    Nordwind AG Mitte
Lieferantenstraße 20              Uferweg 4
80333 München                     {town}
"""
    found = _output(schema(seller=WHO, buyer=WHO), text)
    assert found["seller"] == _who("Lieferant GmbH", "Lieferantenstraße 20", "80333", "München")
    assert found["buyer"] == BUYER


def test_labels_under_a_partys_heading_are_the_partys() -> None:
    text = """
Rechnung Nr. 4711

Verkäufer
Nummer:         550
Name:           Lieferant GmbH
Anschrift:      Seestr. 20

Käufer
Nummer:         K-17
Name:           Nordwind AG
Anschrift:      Uferweg 4
"""
    wanted = schema(
        supplier_name=TEXT,
        customer_name=TEXT,
        customer_number=TEXT,
        invoice_number=TEXT,
        supplier_address=TEXT,
    )
    assert _output(wanted, text) == {
        "supplier_name": "Lieferant GmbH",
        "customer_name": "Nordwind AG",
        "customer_number": "K-17",
        "invoice_number": "4711",
        "supplier_address": "Seestr. 20",
    }


def test_a_sum_under_a_partys_heading_is_still_the_invoices() -> None:
    text = "Bill to\nOkapi Ltd\n\n   Subtotal    10.00\n   Sales tax   1.90\n   Total   11.90"
    assert _output(schema(tax_amount=NUMBER), text) == {"tax_amount": 1.9}


def test_with_the_recipient_labelled_the_other_address_is_the_senders() -> None:
    text = """
Invoice
Invoice number   A-17

Okapi Limited             Bill to
Mill Lane 3               Ada Roe
Leeds LS1 4DY             Pine Street 5
                          Hull HU1 2AB
"""
    found = _output(schema(seller=WHO, buyer=WHO), text + "\n" * 25)
    assert found["seller"] == _who("Okapi Limited", "Mill Lane 3", "LS1 4DY", "Leeds")
    assert found["buyer"]["name"] == "Ada Roe"


def test_a_footer_may_name_the_sender_in_one_line() -> None:
    text = "Invoice\n\nNumber: A-17" + "\n" * 40
    footer = "Okapi Pty Ltd, Level 6, 3 Mill Lane, Sydney NSW 2000, Australia"
    wanted = schema(supplier_name=TEXT)
    assert _output(wanted, text + footer) == {"supplier_name": "Okapi Pty Ltd"}
    assert _output(wanted, text + "Okapi Pty Ltd, thank you") == {"supplier_name": None}


def test_a_letter_is_addressed_to_whom_a_title_precedes() -> None:
    text = """
Okapi Versicherung a.G.
Herrn
Max Muster
Seestr. 11
12346 Neustadt

Büro Nord
Uferweg 12
12345 Altstadt
"""
    found = _output(schema(buyer=WHO), text + "\n" * 25)
    assert found["buyer"] == _who("Max Muster", "Seestr. 11", "12346", "Neustadt")


def test_a_billing_address_is_no_delivery_address() -> None:
    text = """
Factuuradres           Afleveradres
Okapi Corp             Ada Roe
Laan 46                Kade 3
3500 MJ Utrecht        1025 RX Amsterdam
"""
    found = _output(schema(buyer=WHO), text)
    assert found["buyer"] == _who("Okapi Corp", "Laan 46", "3500 MJ", "Utrecht")


def test_a_vat_number_beside_the_recipient_is_not_the_senders() -> None:
    text = """
Okapi Limited             Bill to
Mill Lane 3               Nordwind GmbH
Leeds LS1 4DY             Uferweg 4
                          20457 Hamburg
                          VAT DE123456788
"""
    wanted = schema(supplier_vat_id=TEXT)
    assert _output(wanted, text + "\n" * 25) == {"supplier_vat_id": None}
    own = text + "\n" * 25 + "VAT number: GB123456789\n"
    assert _output(wanted, own) == {"supplier_vat_id": "GB123456789"}
    yours = "Ihre USt-IdNr.: DE123456788\nUSt-IdNr.: DE987654321"
    both = schema(supplier_vat_id=TEXT, customer_vat_id=TEXT)
    assert _output(both, yours) == {
        "supplier_vat_id": "DE987654321",
        "customer_vat_id": "DE123456788",
    }


def test_a_name_and_address_beside_labels_are_told_apart() -> None:
    text = """
Verkäufer
Nummer:         550
Name:           Lieferant GmbH
Anschrift:      Seestr. 20
                DE 80333 München

Käufer
Nummer:         GE2020211
Name:           Nordwind AG Mitte
Anschrift:      Uferweg 4
                DE 20457 Hamburg
"""
    found = _output(schema(seller=WHO, buyer=WHO), text)
    assert found["seller"] == _who("Lieferant GmbH", "Seestr. 20", "80333", "München")
    assert found["buyer"] == BUYER


def test_a_footer_may_name_the_sender_above_its_address() -> None:
    text = "Facture\n\nNuméro : A-17" + "\n" * 40
    footer = "             OKAPI\nSiège social : 16 rue Haute - 92100 BOULOGNE - Tél : 01 71 17"
    found = _output(schema(seller=WHO), text + footer)
    assert found["seller"] == _who("OKAPI", "16 rue Haute", "92100", "BOULOGNE")


def test_a_date_beside_another_label_is_not_the_documents() -> None:
    text = "Rechnung\n\nHamburg            04.07.2024\nLieferdatum,       30.06.2024"
    assert _output(schema(invoice_date=DATE), text) == {"invoice_date": "2024-07-04"}


def test_a_label_with_a_percent_sign_alone_is_a_rates() -> None:
    assert _output(schema(vat_amount=NUMBER), "MwSt-%   19,0") == {"vat_amount": None}
    assert _output(schema(vat_amount=NUMBER), "MwSt 19 %   4,75") == {"vat_amount": 4.75}


def test_a_tax_rate_is_no_tax_number() -> None:
    wanted = schema(supplier_tax_number=TEXT)
    assert _output(wanted, "VAT (0 %)   0.00\nMwSt 19,0") == {"supplier_tax_number": None}
    text = "Steuernr.: 201/113/40209"
    assert _output(wanted, text) == {"supplier_tax_number": "201/113/40209"}


@pytest.mark.parametrize(
    "title",
    [
        "Rechnung Nr. 4711 vom 03.07.2024",
        "Stromrechnung Nr. 4711 vom 03.07.2024",
        "Facture n° 4711 du 3 juillet 2024",
        "Invoice no. 4711 of 3 July 2024",
    ],
)
def test_a_title_says_number_and_date(title: str) -> None:
    wanted = schema(invoice_number=TEXT, invoice_date=DATE)
    text = f"{title}\nLiefertermin 05.07.2024"
    assert _output(wanted, text) == {"invoice_number": "4711", "invoice_date": "2024-07-03"}


def test_a_description_tells_a_name_from_its_date() -> None:
    name = {"type": "string", "description": "Name of the company that issued the invoice"}
    assert _output(schema(vendorName=name), "Vendor name: Okapi") == {"vendorName": "Okapi"}


def test_sums_with_and_without_tax_are_told_apart() -> None:
    text = """
Rechnungssumme ohne USt.            100,00
zzgl. 19,0 % USt. aus 100,00 EUR     19,00
Rechnungssumme brutto (inkl. USt.)  119,00
"""
    wanted = schema(total_net=NUMBER, total_tax=NUMBER, total_gross=NUMBER)
    assert _output(wanted, text) == {"total_net": 100, "total_tax": 19, "total_gross": 119}


def test_a_bank_is_not_called_as_its_account_is_numbered() -> None:
    wanted = schema(bank_name=TEXT)
    assert _output(wanted, "Bank details\nDE89 3704 0044 0532 0130 00") == {"bank_name": None}
    assert _output(wanted, "Bank name: Okapi Bank") == {"bank_name": "Okapi Bank"}


@pytest.mark.parametrize("text", ["2024年3月12日", "2024 年 3 月 12 日", "2024년 3월 12일"])
def test_eastern_dates(text: str) -> None:
    assert _output(schema(invoice_date=DATE), f"Invoice date: {text}") == {
        "invoice_date": "2024-03-12"
    }


def test_an_account_number_may_be_grouped_as_a_bank_likes() -> None:
    text = "IBAN : FR76 30006 00001 12345678901 89 - BIC : AGRIFRPP"
    assert _output(schema(iban=TEXT, bic=TEXT), text) == {
        "iban": "FR76 30006 00001 12345678901 89",
        "bic": "AGRIFRPP",
    }


def test_labels_under_a_partys_name_are_the_partys() -> None:
    text = """
From: Okapi Ltd                       To: Ada Roe
Address: 7 Mill Lane                  Address: 12 Elm Street
Email: post@okapi.example             Email: ada@roe.example

Total: 5.00
"""
    who = schema(name=TEXT, address=TEXT, email=TEXT)
    found = _output(schema(vendor=who, customer=who), text)
    assert found["vendor"] == {
        "name": "Okapi Ltd",
        "address": "7 Mill Lane",
        "email": "post@okapi.example",
    }
    assert found["customer"] == {
        "name": "Ada Roe",
        "address": "12 Elm Street",
        "email": "ada@roe.example",
    }


def test_parties_may_be_called_from_and_to() -> None:
    text = """
INVOICE FROM                                   INVOICE TO
Okapi Ltd                                   Umbra GmbH Co
7 Mill Lane                                  12 Elm Court
York YO1 7HH                                  London EC4N
United Kingdom                             United Kingdom
"""
    who = schema(name=TEXT, address=TEXT)
    assert _output(schema(**{"from": who, "to": who}), text) == {
        "from": {"name": "Okapi Ltd", "address": "7 Mill Lane\nYork YO1 7HH\nUnited Kingdom"},
        "to": {"name": "Umbra GmbH Co", "address": "12 Elm Court\nLondon EC4N\nUnited Kingdom"},
    }


def test_headings_may_add_that_they_inform() -> None:
    text = """
Billing Information         Shipping Information
Name                        Name
Ada Roe                     Eva Poe
"""
    who = schema(name=TEXT)
    assert _output(schema(billing=who, shipping=who), text) == {
        "billing": {"name": "Ada Roe"},
        "shipping": {"name": "Eva Poe"},
    }


@pytest.mark.parametrize("person", ["Ada Gnu", "Frau Ada Gnu", "z.Hd. Ada Gnu", "Attn: Ada Gnu"])
def test_whom_to_ask_for_stands_under_the_firms_name(person: str) -> None:
    text = f"""
Bill to:
Nordwind AG Mitte
{person}
Uferweg 4
20457 Hamburg
"""
    buyer = schema(name=TEXT, contact_person=TEXT, address=TEXT)
    assert _output(schema(customer=buyer), text)["customer"] == {
        "name": "Nordwind AG Mitte",
        "contact_person": "Ada Gnu",
        "address": "Uferweg 4\n20457 Hamburg",
    }


def test_a_line_of_an_address_is_nobody_unless_a_person_is_asked_for() -> None:
    text = """
Bill to:
Nordwind AG Mitte
Hafen West
Uferweg 4
20457 Hamburg
"""
    found = _output(schema(customer=schema(name=TEXT, address=TEXT)), text)
    assert found["customer"]["address"] == "Hafen West\nUferweg 4\n20457 Hamburg"


def test_of_two_vat_numbers_that_in_the_footer_is_the_senders() -> None:
    lines = ["Tapir Ltd", "Kundennummer: K-17", "USt-IdNr.: DE199952957", *[""] * 40]
    footer = "Okapi GmbH | Industriestr. 25 | 91710 Gunzenhausen    USt-IdNr. DE812871812"
    wanted = schema(seller=schema(name=TEXT, vat_id=TEXT), buyer=schema(name=TEXT, vat_id=TEXT))
    found = _output(wanted, "\n".join([*lines, footer]))
    assert (found["seller"]["vat_id"], found["buyer"]["vat_id"]) == ("DE812871812", "DE199952957")


def test_a_reference_with_a_countrys_letters_is_no_vat_number() -> None:
    text = "TVA : FR11999999998\nAgreement Ref.: FROLIVE2017\n"
    assert _output(schema(seller=schema(vat_id=TEXT)), text) == {
        "seller": {"vat_id": "FR11999999998"}
    }
