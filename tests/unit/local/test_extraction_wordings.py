"""What documents call things, and what only looks like the value that is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local.conftest import page, schema
from workers.local import extraction

TEXT, NUMBER = {"type": ["string", "null"]}, {"type": ["number", "null"]}
DATE = {"type": ["string", "null"], "format": "date"}


def output(json_schema: dict[str, Any], text: str) -> Any:
    return extraction.extract(json_schema, [page(text)]).output


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("grand_total", "Total price incl. VAT"),
        ("net_total", "Total price excl. VAT"),
        ("net_total", "Subtotal without tax"),
        ("total", "Totalt att betala:"),
        ("tax", "Enthaltene Umsatzsteuer (DE) 16%"),
        ("tax", "Moms:"),
        ("gross_pay", "Gross salary:"),
        ("opening_balance", "Beginning balance on 3 March 2024"),
        ("closing_balance", "Ending balance on 2 April 2024"),
    ],
)
def test_amounts_are_known_by_what_else_they_are_called(name: str, label: str) -> None:
    assert output(schema(**{name: NUMBER}), f"{label}   12.50") == {name: 12.5}


def test_swedish_labels_name_the_parties() -> None:
    wanted = schema(vendor_name=TEXT, customer_name=TEXT)
    assert output(wanted, "Säljare: Okapi AB\nKöpare: Ada Roe") == {
        "vendor_name": "Okapi AB",
        "customer_name": "Ada Roe",
    }


@pytest.mark.parametrize("heading", ["Vendor Information:", "Seller details", "Payable to :"])
def test_a_heading_may_say_more_than_whom_it_is_about(heading: str) -> None:
    text = f"INVOICE\n\n{heading}\nOkapi Corp.\n7 Mill Lane\nYork YO1 7HH\n\nTotal  5.00"
    assert output(schema(vendor_name=TEXT), text) == {"vendor_name": "Okapi Corp."}


def test_what_a_template_has_left_of_its_markup_is_no_text() -> None:
    assert output(schema(total=NUMBER), "<b>Total due:</b><b>$12.50</b>") == {"total": 12.5}


def test_a_comma_behind_a_day_is_read_over() -> None:
    assert output(schema(date=DATE), "Datum: 21, Juni 2021") == {"date": "2021-06-21"}


def test_days_to_pay_in_are_no_amount() -> None:
    assert output(schema(net_total=NUMBER), "Net 45 days") == {"net_total": None}


def test_an_id_alone_is_no_documents_number() -> None:
    wanted = schema(number=TEXT, customer_id=TEXT)
    assert output(schema(number=TEXT), "Sold to Ada Roe\nID#: 5554443") == {"number": None}
    assert output(wanted, "Invoice no.: 17\nCustomer ID: 42") == {
        "number": "17",
        "customer_id": "42",
    }


def test_a_number_is_without_the_word_for_it() -> None:
    assert output(schema(invoice_number=TEXT), "Invoice: NO. 001") == {"invoice_number": "001"}


def test_the_end_of_a_telephones_number_is_no_tax_number() -> None:
    assert output(schema(vat_id=TEXT), "Phone: +92-21-3456789") == {"vat_id": None}
    assert output(schema(vat_id=TEXT), "21-3456789") == {"vat_id": "21-3456789"}


def test_a_mail_address_behind_a_name_is_not_of_it() -> None:
    text = "Bill to:\nAda Roe <ada@okapi.example>\n7 Mill Lane\nYork YO1 7HH"
    assert output(schema(customer_name=TEXT), text) == {"customer_name": "Ada Roe"}


def test_a_heading_may_stand_over_the_middle_of_its_address() -> None:
    text = """
              Ship to
Okapi Warehouse of the North
7 Mill Lane
York YO1 7HH
"""
    assert output(schema(customer_name=TEXT), text) == {"customer_name": None}


def test_a_share_between_a_label_and_its_colon_leaves_it_an_amount() -> None:
    wanted = schema(tax_total=NUMBER, tax_rate=NUMBER)
    assert output(wanted, "Tax (8.5%):   17.50")["tax_total"] == 17.5


def test_a_date_that_begins_with_its_month_ends_the_label() -> None:
    wanted = schema(date=DATE, due_date=DATE)
    assert output(wanted, "DATE May 24, 2020\n\nDUE DATE Jun 08, 2020") == {
        "date": "2020-05-24",
        "due_date": "2020-06-08",
    }


def test_an_indian_tax_number_is_known_by_its_shape() -> None:
    assert output(schema(vat_id=TEXT), "GSTIN: 29ABCDE1234F1Z5") == {"vat_id": "29ABCDE1234F1Z5"}


def test_a_number_without_a_name_is_that_of_the_title_above_it() -> None:
    text = (
        "Okapi Ltd                 SALES ORDER\n7 Mill Lane               No. S-0617\n\nTotal  5.00"
    )
    wanted = schema(order_number=TEXT, invoice_number=TEXT)
    assert output(wanted, text) == {"order_number": "S-0617", "invoice_number": None}


def test_a_product_is_a_description_rather_than_an_item_number() -> None:
    row = {"type": "object", "properties": {"sku": TEXT, "description": TEXT, "quantity": NUMBER}}
    wanted = schema(items={"type": "array", "items": row})
    text = "Product      Qty     Amount\nDesk lamp    2       8.00\nOak chair    1       9.00"
    assert output(wanted, text)["items"] == [
        {"sku": None, "description": "Desk lamp", "quantity": 2},
        {"sku": None, "description": "Oak chair", "quantity": 1},
    ]


def test_periods_and_balances_go_by_other_names() -> None:
    period = "Period statement from\n2024-03-01\n\nPeriod statement until\n2024-03-31"
    text = f"{period}\n\nPrevious charges ($)  4.00"
    wanted = schema(period_start=DATE, period_end=DATE, previous_balance=NUMBER)
    assert output(wanted, text) == {
        "period_start": "2024-03-01",
        "period_end": "2024-03-31",
        "previous_balance": 4,
    }


@pytest.mark.parametrize("code", ["KWD", "QAR", "MYR"])
def test_further_currencies_are_known_by_their_codes(code: str) -> None:
    assert output(schema(currency=TEXT), f"Currency\n{code}") == {"currency": code}


def test_a_share_before_a_colon_is_the_rate() -> None:
    wanted = schema(vat_rate=NUMBER, vat_amount=NUMBER)
    assert output(wanted, "VAT 19%: 9.48") == {"vat_rate": 19, "vat_amount": 9.48}


def test_who_holds_an_account_is_its_name() -> None:
    assert output(schema(account_holder=TEXT), "Account name    Ada Roe") == {
        "account_holder": "Ada Roe"
    }


@pytest.mark.parametrize(
    ("number", "due", "total"),
    [
        ("Arve nr 17", "Maksetähtaeg 24.04.2026", "Kokku 120,00"),
        ("Laskun numero 17", "Eräpäivä 24.04.2026", "Yhteensä 120,00"),
        ("Fakturanummer 17", "Förfallodag 24.04.2026", "Att betala totalt 120,00"),
        ("Številka računa 17", "Rok plačila 24.04.2026", "Skupaj 120,00"),
        ("Számla sorszáma 17", "Fizetési határidő 24.04.2026", "Összesen 120,00"),
        ("Număr factură 17", "Data scadentei 24.04.2026", "Total de plată 120,00"),
    ],
)
def test_labels_of_further_languages(number: str, due: str, total: str) -> None:
    wanted = schema(invoice_number=TEXT, due_date=DATE, total=NUMBER)
    found = output(wanted, "\n".join((number, due, total)))
    assert found == {"invoice_number": "17", "due_date": "2026-04-24", "total": 120}


def test_a_word_of_a_further_language_is_none_within_other_words() -> None:
    # `Ale` is a discount in Estonian, and `km` a tax.
    wanted = schema(discount=NUMBER, tax=NUMBER)
    assert output(wanted, "Brown ale  4.50\nDistance in km  120") == {"discount": None, "tax": None}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Usage of July 1 - July 31, 2024", "2024-07-01", "2024-07-31"),
        ("Zeitraum: 01.-31.07.2024", "2024-07-01", "2024-07-31"),
        ("Usage: 1 - 31 July 2024", "2024-07-01", "2024-07-31"),
        ("vom 28.06. bis 03.07.2024", "2024-06-28", "2024-07-03"),
        ("Room 12 - 31.07.2024", None, None),
    ],
)
def test_a_period_may_say_the_year_once(text: str, start: str | None, end: str | None) -> None:
    wanted = schema(service_period=schema(**{"from": DATE, "to": DATE}))
    found = output(wanted, text).get("service_period", {"from": None, "to": None})
    assert found == {"from": start, "to": end}


def test_your_reference_is_the_customers() -> None:
    assert output(schema(customer_reference=TEXT), "Your reference: K-7") == {
        "customer_reference": "K-7"
    }


def test_a_customers_vat_as_a_text_is_its_number() -> None:
    wanted = schema(customer_vat=TEXT)
    assert output(wanted, "N° TVA client FR90343434346") == {"customer_vat": "FR90343434346"}


def test_a_value_ends_at_the_dash_before_another_label() -> None:
    text = "SIRET : 99999999800010 - APE : 4778C - Firm of 1990"
    assert output(schema(siret=TEXT), text) == {"siret": "99999999800010"}


def test_what_a_description_says_of_the_unit_is_no_name() -> None:
    rate = {**NUMBER, "description": "in percent"}
    rows = schema(items={"type": "array", "items": schema(text=TEXT, price=NUMBER, tax_rate=rate)})
    text = "Product       VAT     Price\nOak boards    7 %     160.00\nNails         19 %      3.00"
    assert output(rows, text)["items"] == [
        {"text": "Oak boards", "price": 160, "tax_rate": 7},
        {"text": "Nails", "price": 3, "tax_rate": 19},
    ]


def test_mail_addresses_belong_to_whose_lines_they_follow() -> None:
    party = schema(name=TEXT, email=TEXT)
    wanted = schema(seller=party, bill_to=party, support_email=TEXT)
    text = (
        "Okapi Trading Ltd\n8 Elm Street\nCambridge CB1 4DH\nEmail: ada@okapi.example\n\n"
        "Bill to\nTapir & Sons\n9 Elm Street\nLondon LB1 5FH\nEmail: bo@tapir.example\n\n"
        "Questions? Write to support@okapi.example"
    )
    found = output(wanted, text)
    assert found["seller"]["email"] == "ada@okapi.example"
    assert found["bill_to"]["email"] == "bo@tapir.example"
    assert found["support_email"] == "support@okapi.example"


def test_a_share_in_brackets_is_no_discount() -> None:
    assert output(schema(discount=NUMBER), "Discount (21%):   4.70") == {"discount": 4.7}


def test_the_number_of_a_row_is_no_documents_number() -> None:
    text = "S.No. | Article | Price\n1 | Bench | 5.00\n2 | Table | 9.00\n"
    assert output(schema(quotation_number=TEXT), text) == {"quotation_number": None}


def test_a_firms_legal_form_is_no_currency() -> None:
    text = "Beneficiary: OKAPI SDN. BHD. Account 2293044629\nTotal(MYR):   500.00"
    assert output(schema(currency=TEXT, total=NUMBER), text) == {"currency": "MYR", "total": 500}


def test_a_number_ends_before_the_next_labels_first_word() -> None:
    text = "Account number: 2293044629 Beneficiary Bank: Okapi"
    assert output(schema(account_number=TEXT), text) == {"account_number": "2293044629"}


def test_headings_of_an_empty_form_are_nobodys_name() -> None:
    text = "BILL TO          SHIP TO          SALESPERSON          P.O. NO.\n"
    assert output(schema(ship_to=schema(name=TEXT)), text) == {}


def test_what_stands_behind_a_sum_is_no_label() -> None:
    text = "Power used        957.43      HT\nStanding charge   59.00\n"
    assert output(schema(montant_ht=NUMBER), text) == {"montant_ht": None}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("mandate_reference", "Mandatsreferenz"),
        ("creditor_id", "Gläubiger-ID"),
        ("payment_method", "Mode de règlement"),
        ("modalita_pagamento", "Modalità di pagamento"),
        ("closing_balance", "Neuer Kontostand"),
        ("opening_balance", "Ancien solde"),
        ("meter_number", "Zählernummer"),
        ("gross_salary", "Total devengado"),
        ("social_security_number", "Soc Sec No"),
        ("delivery_note_number", "Lieferschein-Nr."),
        ("rounding", "Arrondi"),
        ("gross_weight", "Peso lordo"),
    ],
)
def test_papers_of_trade_have_labels_in_many_languages(name: str, label: str) -> None:
    assert output(schema(**{name: TEXT, "other": TEXT}), f"{label}: A-4711\n")[name] == "A-4711"
