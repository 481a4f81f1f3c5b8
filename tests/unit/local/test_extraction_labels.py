"""Which labels mean which property."""

from __future__ import annotations

import pytest

from tests.unit.local.conftest import schema
from workers.local.extraction import labels, schemas
from workers.local.extraction.names import Names


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("invoice_number", "Invoice No."),
        ("invoiceNumber", "Rechnungs-Nr."),
        ("invoiceNo", "Rechnungsnummer"),
        ("invoice_num", "N° de facture"),
        ("invoice_number", "Número de factura"),
        ("invoice_number", "Numero fattura"),
        ("iva_porcentaje", "IVA %"),
        ("raison_sociale", "Name"),
        ("customer_name", "Datos del cliente"),
        ("serial_number", "SN"),
        ("invoice_number", "Factuurnummer"),
        ("due_date", "Zahlbar bis"),
        ("dueDate", "Date d'échéance"),
        ("qty", "Menge"),
        ("total_amt", "Gesamtbetrag"),
        ("total", "Amount due"),
        ("net_total", "Zwischensumme"),
        ("vat_amount", "MwSt. 19 %"),
        ("vatId", "USt-IdNr."),
        ("customer_name", "Kunde"),
        ("unit_price", "Prix unitaire"),
        ("postalCode", "PLZ"),
        ("date_of_birth", "Geburtsdatum"),
        ("reactor_temperature", "Reactor temperature"),
        ("due_date", "Termin płatności"),
        ("customer_name", "Nabywca"),
        ("unit_price", "Cena jednostkowa"),
        ("invoice_date", "Datum vystavení"),
        ("supplier_name", "Dodavatel"),
        ("total_due", "Celkem k úhradě"),
        ("due_date", "Data de vencimento"),
        ("quantity", "Quantidade"),
        ("tax_id", "CVR-nr."),
        ("total", "Beløb til betaling"),
    ],
)
def test_names_and_labels_that_mean_the_same(name: str, label: str) -> None:
    assert labels.similarity(labels.tokens(name), labels.tokens(label)) >= labels.SIMILAR


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("due_date", "Date"),
        ("due_date", "Invoice date"),
        ("total", "Subtotal"),
        ("order_number", "Invoice number"),
        ("customer_number", "Invoice number"),
        ("vendor_name", "Customer name"),
        ("reactor_temperature", "Reactor pressure"),
        ("tax_rate", "Total"),
    ],
)
def test_names_and_labels_that_do_not(name: str, label: str) -> None:
    assert labels.similarity(labels.tokens(name), labels.tokens(label)) < labels.SIMILAR


def test_misread_letters_are_seen_through_in_scans_alone() -> None:
    root = schemas.tree(schema(reactor_temperature={"type": "number"}, invoice_number={}))
    known = Names(list(root.leaves()))
    assert known.best("Reactcr temperatvre", True) > 0.9
    assert known.best("lnvoicenumber", True) > 0.9
    assert known.best("Reactcr temperatvre", False) < 0.9


def test_titles_and_descriptions_are_names_too() -> None:
    rules = {"type": "string", "title": "Aktenzeichen", "description": "printed as 'Our sign'"}
    known = Names(list(schemas.tree(schema(field_17=rules)).leaves()))
    assert known.best("Aktenzeichen", False) == 1
    assert known.best("Our sign", False) == 1
