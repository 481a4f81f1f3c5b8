"""Well-known kinds of documents, so that a kind's bare name says enough."""

from __future__ import annotations

from workers.local import words

# For each, what it is called, and what stands on it; in the languages of many businesses.
_KNOWN = (
    (
        "invoice bill rechnung facture factura fattura factuur",
        "invoice rechnung facture factura fattura factuur total amount due payable subtotal vat "
        "mwst tva iva btw tax net gross quantity unit price rechnungsnummer rechnungsdatum "
        "betrag montant importe payment terms bank iban",
    ),
    (
        "contract agreement vertrag contrat contrato contratto overeenkomst lease mietvertrag nda",
        "contract agreement vertrag contrat contrato parties hereby clause term termination "
        "governing law signed whereas obligations liability confidentiality paragraph parteien "
        "vertragspartei kundigung unterschrift article cession",
    ),
    (
        "bank statement kontoauszug releve extracto rekeningafschrift account",
        "statement account kontoauszug opening closing balance deposit withdrawal debit credit "
        "transaction saldo solde buchung haben soll valuta booking iban bic",
    ),
    (
        "payslip payroll salary wage gehaltsabrechnung lohnabrechnung bulletin paie nomina",
        "payslip salary gross net pay deductions employee employer pension tax social security "
        "gehalt lohn brutto netto lohnsteuer bulletin paie salaire nomina hours overtime earnings",
    ),
    (
        "receipt quittung kassenbon recu recibo ricevuta bon ticket",
        "receipt quittung kassenbon cash card change total paid thank cashier terminal beleg recu",
    ),
    (
        "purchase order bestellung commande pedido ordine bestelling",
        "purchase order bestellung commande pedido supplier buyer ship deliver quantity item "
        "requested ordered lieferant besteller po",
    ),
    (
        "delivery note lieferschein bon livraison albaran packing slip shipping",
        "delivery lieferschein livraison albaran packing shipped delivered carrier parcel weight "
        "packages received consignee lieferung versand goods",
    ),
    (
        "quote quotation offer estimate angebot devis presupuesto preventivo offerte",
        "quotation quote offer angebot devis presupuesto valid until estimate proposal price",
    ),
    (
        "cv resume curriculum vitae lebenslauf",
        "curriculum vitae resume lebenslauf experience education skills languages employment "
        "university degree references berufserfahrung ausbildung kenntnisse profile",
    ),
    (
        "letter correspondence brief lettre carta",
        "dear sincerely regards sehr geehrte freundlichen grussen madame monsieur cordialement "
        "estimado atentamente subject betreff yours faithfully",
    ),
    (
        "passport identity id card ausweis reisepass passeport pasaporte identite",
        "passport identity nationality surname given names date birth sex authority reisepass "
        "ausweis staatsangehorigkeit nationalite issued expiry",
    ),
    (
        "tax return form steuererklarung steuerbescheid impots",
        "tax return taxable income declaration refund taxpayer steuer finanzamt bescheid "
        "einkommensteuer impot revenu fiscal year assessment",
    ),
    (
        "medical report arztbrief befund diagnosis prescription rezept",
        "patient diagnosis medical doctor hospital treatment medication symptoms history "
        "arzt diagnose befund behandlung dosage prescription clinic",
    ),
    (
        "insurance policy versicherung police assurance poliza seguro",
        "insurance policy insured insurer coverage premium deductible claim versicherung "
        "versicherungsnehmer pramie assurance assure prime poliza",
    ),
    (
        "report annual bericht rapport informe",
        "report summary findings results conclusion introduction analysis executive bericht "
        "ergebnis rapport conclusions",
    ),
    (
        "minutes meeting protokoll",
        "minutes meeting attendees agenda action items chair present absent protokoll "
        "teilnehmer tagesordnung resolved",
    ),
)
KNOWN = tuple((frozenset(words.stems(names)), words.stems(content)) for names, content in _KNOWN)


def known(name: str) -> tuple[list[str], list[str]]:
    """What a kind is called elsewhere, and what stands on its documents, as stems.

    Both are empty for a kind that is not known.
    """
    asked = set(words.stems(name.replace("_", " ")))
    names, content = max(KNOWN, key=lambda each: len(each[0] & asked))
    return (sorted(names), content) if names & asked else ([], [])
