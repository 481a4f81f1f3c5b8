"""Well-known kinds of documents: what they are called, and the words that are typical of them.

Each has its names and its words in several languages. A kind's broader one takes its names over
where only the broader one is asked for: a lease is a contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from workers.local import matters, offices, publications, societies
from workers.local.terms import is_idle, terms

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """What is known of a kind.

    Attributes:
        kind: its English name.
        names: what such documents are called, and call themselves.
        words: what is typical of them.
        broader: the kind that it is one of; empty if there is none.
        openings: those of its words that a line begins with, such as a salutation.
    """

    kind: str
    names: tuple[Phrase, ...]
    words: tuple[Phrase, ...]
    broader: str = ""
    openings: tuple[Phrase, ...] = ()


@cache
def known() -> dict[str, Vocabulary]:
    """All of them, by their kind."""
    found: dict[str, Vocabulary] = {}
    texts = (_KINDS, publications.KINDS, offices.KINDS, societies.KINDS, matters.KINDS)
    for block in "\n\n".join(text.strip() for text in texts).split("\n\n"):
        kind, names, *words = block.split("\n")
        kind, _, broader = (part.strip() for part in kind.partition("<"))
        openings = _phrases("".join(line[1:] for line in words if line.startswith("^")))
        typical = _phrases(",".join(line.lstrip("^") for line in words))
        found[kind] = Vocabulary(kind, _phrases(names), typical, broader, openings)
    return found


def broader(vocabulary: Vocabulary) -> Iterator[str]:
    """The kinds that one is of, from the narrowest."""
    while vocabulary.broader:
        vocabulary = known()[vocabulary.broader]
        yield vocabulary.kind


@cache
def catch_all() -> frozenset[Phrase]:
    """Names of the kind that takes whatever is of no other."""
    return frozenset(terms(name) for name in _CATCH_ALL.split(","))


def holders(term: str) -> frozenset[str]:
    """The kinds with a name or a typical phrase that has a term in it."""
    return _holders().get(term, frozenset())


@cache
def _holders() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for vocabulary in known().values():
        for phrase in (*vocabulary.names, *vocabulary.words):
            for term in phrase:
                found.setdefault(term, set()).add(vocabulary.kind)
    return {term: frozenset(kinds) for term, kinds in found.items()}


def _phrases(text: str) -> tuple[Phrase, ...]:
    phrases = (terms(phrase) for phrase in text.split(","))
    return tuple(dict.fromkeys(phrase for phrase in phrases if not all(map(is_idle, phrase))))


_CATCH_ALL = (
    "other, others, other document, other documents, miscellaneous, misc, unknown, unclassified, "
    "uncategorized, none, none of the above, none of these, not applicable, rest, everything else, "
    "anything else, any other document, all other documents, sonstige, sonstiges, "
    "sonstige dokumente, andere, anderes, unbekannt, autre, autres, divers, inconnu, "
    "otro, otros, otros documentos, desconocido, altro, altri, varie, overig, overige, onbekend, "
    "outro, outros, inne, annet, 其他, その他"
)

_KINDS = """
invoice
invoice, tax invoice, commercial invoice, sales invoice, bill, fee note, note of fees, honorarnote, honorarrechnung, kostennote, note d'honoraires, minuta de honorarios, parcella, rechnung, ausgangsrechnung, facture, factura, fattura, factuur, fatura, nota fiscal, faktura, 发票, 請求書
invoice number, invoice no, invoice date, bill to, amount due, total due, balance due, due date, payment terms, unit price, subtotal, vat, tax, quantity, please pay, remit to
rechnungsnummer, rechnungsnr, rechnungsdatum, rechnungsbetrag, gesamtbetrag, mwst, umsatzsteuer, netto, brutto, zahlbar, zahlungsziel, einzelpreis, menge, leistungsdatum
numero de facture, date de facture, total ttc, montant ht, tva, net a payer, echeance, prix unitaire, numero de factura, fecha de factura, importe total, base imponible, iva, vencimiento
numero fattura, imponibile, totale fattura, scadenza, factuurnummer, factuurdatum, btw, te betalen, vervaldatum, valor total, vencimento

credit note < invoice
credit note, credit memo, credit invoice, corrective invoice, corrected invoice, gutschrift, rechnungskorrektur, korrekturrechnung, rechnungsberichtigung, stornorechnung, avoir, facture d'avoir, facture rectificative, note de credit, nota de credito, factura rectificativa, nota di credito, creditnota, creditfactuur
credit note number, credited amount, original invoice, gutschriftsnummer, wird gutgeschrieben

reminder
payment reminder, overdue notice, dunning letter, final notice, mahnung, zahlungserinnerung, rappel, relance, mise en demeure, recordatorio de pago, sollecito di pagamento, aanmaning, betalingsherinnering
overdue, outstanding, was due, still open, late payment, overlooked, disregard this, ignore this letter, statutory interest, solicitors, if you have paid, second letter, outstanding amount, have not received payment, late fee, verzugszinsen, begleichen, ubersehen, gegenstandslos, sauf erreur, reglement, pendiente de pago, mahngebuhr, noch offen, uberfallig, impaye

contract
contract, agreement, terms of contract, vertrag, vereinbarung, contrat, convention, contrato, acuerdo, contratto, accordo, overeenkomst, contrato de prestacao, umowa, 合同, 契約書
hereinafter, the parties, party of the first part, between the parties, whereas, witnesseth, in witness whereof, governing law, termination, confidentiality, force majeure, entire agreement, obligations, indemnification, effective date, severability, notice of termination, jurisdiction, signed by both parties
vertragspartner, vertragsparteien, nachfolgend, vertragsgegenstand, vertragsdauer, kundigung, kundigungsfrist, gerichtsstand, salvatorische klausel, schriftform, auftraggeber, auftragnehmer, schlussbestimmungen, haftung
les parties, ci-apres, entre les soussignes, objet du contrat, duree du contrat, resiliation, droit applicable, obligations, las partes, en adelante, clausula, clausulas, objeto del contrato, duracion, rescision, legislacion aplicable
le parti, di seguito, oggetto del contratto, recesso, foro competente, partijen, opzegging, toepasselijk recht, as partes, rescisao, foro

lease < contract
lease, lease agreement, residential lease, rental agreement, rental contract, tenancy agreement, tenancy contract, mietvertrag, pachtvertrag, bail, contrat de bail, contrat de location, contrato de arrendamiento, contrato de alquiler, contratto di locazione, huurovereenkomst
tenant, landlord, monthly rent, security deposit, premises, lessee, lessor, mieter, vermieter, kaution, miete, mietsache, locataire, bailleur, loyer, arrendador, arrendatario, renta, locatore, conduttore, huurder, verhuurder

employment contract < contract
employment contract, employment agreement, offer of employment, arbeitsvertrag, anstellungsvertrag, contrat de travail, contrato de trabajo, contrato laboral, contratto di lavoro, arbeidsovereenkomst
employer, employee, probationary period, working hours, annual leave, arbeitgeber, arbeitnehmer, probezeit, arbeitszeit, urlaubsanspruch, employeur, salarie, periode d'essai, empleador, trabajador

non-disclosure agreement < contract
non-disclosure agreement, nda, confidentiality agreement, geheimhaltungsvereinbarung, verschwiegenheitsvereinbarung, accord de confidentialite, acuerdo de confidencialidad, accordo di riservatezza
confidential information, disclosing party, receiving party, vertrauliche informationen, informations confidentielles

bank statement
bank statement, account statement, statement of account, kontoauszug, releve de compte, releve bancaire, extracto bancario, estado de cuenta, extracto de cuenta, estratto conto, rekeningafschrift, bankafschrift, extrato bancario, extrato de conta, wyciag bankowy
opening balance, closing balance, previous balance, ending balance, balance brought forward, beginning balance, statement period, withdrawals, deposits, debit, credit, balance, transaction, sort code, iban, account number, standing order, direct debit
alter saldo, neuer saldo, anfangssaldo, endsaldo, kontostand, buchungstag, wertstellung, valuta, lastschrift, uberweisung, kontonummer
ancien solde, nouveau solde, solde, virement, prelevement, saldo anterior, saldo final, saldo inicial, abono, cargo, saldo iniziale, addebito, accredito, beginsaldo, eindsaldo, bijschrijving, saldo

credit card statement < bank statement
credit card statement, kreditkartenabrechnung, releve de carte, estado de cuenta de tarjeta
minimum payment, credit limit, new balance, card number, purchases, cash advances

payslip
payslip, pay slip, pay stub, paystub, paycheck, salary slip, wage slip, payroll, earnings statement, lohnabrechnung, gehaltsabrechnung, entgeltabrechnung, verdienstabrechnung, verdienstnachweis, bulletin de paie, bulletin de salaire, fiche de paie, nomina, recibo de nomina, recibo de salarios, recibo individual justificativo del pago de salarios, recibo individual de salarios, busta paga, cedolino, loonstrook, salarisspecificatie, recibo de vencimento, holerite
gross pay, net pay, pay period, pay date, earnings, deductions, year to date, ytd, income tax, national insurance, social security, employee id, basic salary, overtime, hourly rate, take home pay, paye, tax code, total payments, total deductions
bruttolohn, nettolohn, bruttogehalt, gesamtbrutto, auszahlungsbetrag, lohnsteuer, solidaritatszuschlag, rentenversicherung, krankenversicherung, sozialversicherung, steuerklasse, personalnummer, abrechnungsmonat, abrechnung
salaire brut, salaire net, net a payer, cotisations, matricule, conges payes, salario bruto, salario neto, devengos, deducciones, liquido a percibir, retribuzione, trattenute, netto in busta, brutoloon, nettoloon, loonheffing

receipt
receipt, payment receipt, sales receipt, cash receipt, quittung, kassenbon, kassenbeleg, beleg, recu, ticket de caisse, quittance, recibo, ticket de compra, ricevuta, scontrino, kassabon, betaalbewijs, recibo de pagamento
thank you for your purchase, change due, cash, cashier, card payment, amount paid, received from, visa, mastercard, terminal id, auth code, bar bezahlt, ruckgeld, kassierer, betrag dankend erhalten, especes, rendu, merci de votre visite, efectivo, cambio, gracias por su compra, contanti, resto

purchase order
purchase order, po, bestellung, bestellschein, bon de commande, commande d'achat, orden de compra, pedido, pedido de compra, ordine di acquisto, inkooporder, bestelbon, ordem de compra
po number, purchase order number, ship to, vendor, supplier, delivery date, order date, requested by, buyer, authorized by, please supply, bestellnummer, bestelldatum, lieferant, liefertermin, lieferadresse, fournisseur, date de livraison souhaitee, proveedor, fecha de entrega, fornitore, leverancier

order confirmation
order confirmation, order acknowledgement, sales order, auftragsbestatigung, bestellbestatigung, confirmation de commande, confirmacion de pedido, conferma d'ordine, orderbevestiging
thank you for your order, your order, confirm your order, auftragsnummer, auftragsdatum, wir bestatigen, ihre bestellung, votre commande, su pedido

delivery note
delivery note, delivery slip, delivery receipt, goods received note, dispatch note, despatch note, packing slip, packing list, proof of delivery, lieferschein, packliste, bon de livraison, bordereau de livraison, albaran, albaran de entrega, nota de entrega, documento di trasporto, ddt, bolla di consegna, pakbon, leveringsbon, guia de remessa
delivery number, delivered to, delivery address, delivery date, goods received, received in good condition, packages, gross weight, net weight, carrier, quantity delivered, quantity shipped, pallets, driver
lieferscheinnummer, lieferdatum, lieferanschrift, ware erhalten, empfanger, versandart, packstucke, gewicht, marchandises recues, transporteur, colis, quantite livree, adresse de livraison, mercancia recibida, bultos, transportista, direccion de entrega, colli, vettore, destinatario

bill of lading
bill of lading, waybill, air waybill, sea waybill, cmr, frachtbrief, konnossement, lettre de voiture, connaissement, conocimiento de embarque, carta de porte, polizza di carico, vrachtbrief
shipper, consignee, notify party, port of loading, port of discharge, vessel, container number, freight, gross weight, place of delivery, absender, frachtfuhrer, expediteur, destinataire

quote
quote, quotation, estimate, offer, price offer, proposal, angebot, kostenvoranschlag, devis, offre, presupuesto, cotizacion, oferta, preventivo, offerta, offerte, orcamento
valid until, quote number, quotation number, we are pleased to offer, estimated total, validity, angebotsnummer, gultig bis, bieten wir ihnen an, freibleibend, valable jusqu, bon pour accord, valido hasta, validez, geldig tot

cv
cv, curriculum vitae, resume, lebenslauf, curriculo, hoja de vida, beruflicher werdegang
work experience, professional experience, experience, employment, employment history, education, profile, skills, languages, references, career objective, summary, hobbies, interests, bachelor, master, university, certifications, native speaker, linkedin
berufserfahrung, ausbildung, kenntnisse, sprachkenntnisse, sprachen, studium, schulbildung, geboren am, hobbys, praktikum, experience professionnelle, formation, competences, langues, centres d'interet, diplome
experiencia laboral, experiencia profesional, formacion academica, habilidades, idiomas, esperienza lavorativa, istruzione, competenze, lingue, werkervaring, opleiding, vaardigheden, formacao

letter
letter, cover letter, correspondence, brief, schreiben, anschreiben, lettre, courrier, carta, lettera
dear sir, dear madam, dear mr, dear ms, dear mrs, dear, yours sincerely, yours faithfully, kind regards, best regards, sincerely, with reference to your letter, i am writing to, we look forward to hearing
sehr geehrte damen, sehr geehrter herr, sehr geehrte frau, sehr geehrte, mit freundlichen grussen, hochachtungsvoll, betreff, madame monsieur, cher monsieur, chere madame, veuillez agreer, salutations distinguees, cordialement, objet
estimado senor, estimada senora, estimados senores, estimado, atentamente, saludos cordiales, un cordial saludo, asunto, egregio signore, gentile, cordiali saluti, distinti saluti, oggetto, geachte heer, geachte mevrouw, met vriendelijke groet, hoogachtend, prezado, atenciosamente
^dear, sehr geehrte, sehr geehrter, sehr geehrtes, liebe, lieber, madame monsieur, cher monsieur, chere madame, madame, monsieur, estimado senor, estimada senora, estimados senores, estimado, estimada, egregio signore, gentile, spettabile, geachte heer, geachte mevrouw, beste, prezado, prezada, to whom it may concern

email
email, e-mail, mail message
sent, cc, bcc, subject, forwarded message, original message, attachments, gesendet, betreff, envoye, objet, asunto, enviado

id document
id document, identity document, identification document, proof of identity, ausweisdokument, piece d'identite, documento de identidad, documento d'identita, identiteitsbewijs
date of birth, nationality, surname, given names

passport < id document
passport, reisepass, passeport, pasaporte, passaporto, paspoort, passaporte
passport no, nationality, place of birth, date of birth, date of issue, date of expiry, authority, holder's signature, surname, given names, staatsangehorigkeit, geburtsort, ausstellungsdatum, gultig bis, nationalite, lieu de naissance, nacionalidad, lugar de nacimiento, cittadinanza

id card < id document
id card, identity card, national id, identification card, personalausweis, ausweis, carte d'identite, carte nationale d'identite, documento nacional de identidad, dni, cedula de identidad, carta d'identita, identiteitskaart, cartao de cidadao
date of birth, nationality, place of birth, id number, expiry date, sex, surname, given names, height, augenfarbe, eye colour, eye color, ausstellende behorde, issuing authority, couleur des yeux, geburtstag, staatsangehorigkeit, nom, prenom, nationalite, apellidos, nombre, nacionalidad, cognome

driving licence < id card
driving licence, driver license, drivers license, driver's licence, driving license, fuhrerschein, permis de conduire, permiso de conducir, licencia de conducir, patente di guida, rijbewijs
class, date of birth, expires, endorsements, restrictions, vehicle categories, klassen

tax form < form
tax form, tax return, income tax return, tax declaration, tax assessment, w-2, w-9, w2, w9, form 1040, 1099, steuererklarung, steuerbescheid, einkommensteuerbescheid, declaration de revenus, avis d'imposition, declaracion de la renta, declaracion de impuestos, dichiarazione dei redditi, belastingaangifte
taxpayer, taxpayer identification number, filing status, adjusted gross income, taxable income, withholding, internal revenue service, tax year, employer identification number, federal income tax withheld, finanzamt, steuernummer, veranlagungszeitraum, zu versteuerndes einkommen, festsetzung, revenu imposable, foyer fiscal, ejercicio, contribuyente, codice fiscale, belastingdienst

medical report
medical report, doctor's report, discharge summary, clinical report, lab report, laboratory report, radiology report, medical record, arztbericht, arztbrief, befund, entlassungsbericht, laborbefund, compte rendu medical, compte rendu d'hospitalisation, rapport medical, informe medico, informe de alta, referto, referto medico, medisch verslag, relatorio medico
patient, diagnosis, findings, medical history, treatment, medication, symptoms, physician, referred by, impression, blood pressure, examination, follow up, specimen, reference range
diagnose, anamnese, befund, therapie, medikation, untersuchung, patientin, diagnostic, antecedents, traitement, examen clinique, paciente, diagnostico, antecedentes, tratamiento, paziente, diagnosi, anamnesi, terapia

prescription
prescription, rezept, ordonnance, receta, receta medica, ricetta, recept
dosage, tablets, take daily, refills, dispense, pharmacy, mg, einnahme, posologie, comprimes, pharmacie, dosis

insurance policy
insurance policy, policy, certificate of insurance, insurance certificate, policy schedule, versicherungspolice, versicherungsschein, police d'assurance, contrat d'assurance, attestation d'assurance, poliza de seguro, poliza, polizza, polizza assicurativa, verzekeringspolis, apolice de seguro
insured, policyholder, policy number, premium, coverage, deductible, sum insured, insurer, exclusions, period of insurance, limit of liability, versicherungsnehmer, versicherungsnummer, versicherungssumme, selbstbeteiligung, beitrag, versicherer, assure, prime, franchise, garanties, asegurado, prima, cobertura, assicurato, premio, massimale

insurance claim
insurance claim, claim form, health insurance claim form, cms-1500, ub-04, claim report, notice of loss, accident report, schadenmeldung, schadensanzeige, unfallbericht, declaration de sinistre, constat amiable, parte de accidente, declaracion de siniestro, denuncia di sinistro, schadeformulier
claim number, insured's name, insured's id, npi, federal tax id, diagnosis or nature of illness, rendering provider, rev cd, hcpcs, payer name, assignment of benefits, date of loss, claimant, description of accident, description of damage, witness, estimated loss, schadennummer, schadentag, schadenhergang, sinistre, dommages, siniestro, danos, sinistro

certificate
certificate, diploma, certificate of completion, birth certificate, marriage certificate, death certificate, transcript, urkunde, zeugnis, bescheinigung, zertifikat, geburtsurkunde, attestation, certificat, acte de naissance, certificado, acta de nacimiento, titulo, certificato, attestato, getuigschrift
this is to certify, hereby certify, has successfully completed, awarded to, hiermit wird bescheinigt, hat erfolgreich, certifie que, certifica que, si certifica

utility bill < invoice
utility bill, electricity bill, gas bill, water bill, phone bill, energy bill, stromrechnung, gasrechnung, nebenkostenabrechnung, facture d'electricite, factura de luz, factura de electricidad, bolletta, energierekening
meter reading, kwh, consumption, tariff, supply address, previous reading, zahlerstand, verbrauch, zahlernummer, consommation, compteur, consumo, contador, lectura, contatore, meterstand

financial statement
financial statement, financial report, quarterly report, interim report, earnings release, 10-k, 10-q, finanzbericht, geschaftsbericht, rapport financier, informe financiero, balance sheet, income statement, profit and loss, annual report, cash flow statement, bilanz, jahresabschluss, gewinn- und verlustrechnung, bilan, compte de resultat, balance general, cuenta de resultados, bilancio, conto economico, jaarrekening
assets, liabilities, equity, net income, revenue, operating expenses, shareholders, depreciation, aktiva, passiva, eigenkapital, umsatzerlose, actif, passif, capitaux propres, activo, pasivo, patrimonio neto, attivo, passivo

minutes
minutes, meeting minutes, minutes of meeting, protokoll, sitzungsprotokoll, proces-verbal, compte rendu de reunion, acta de reunion, verbale, notulen
attendees, present, apologies, agenda, action items, adjourned, chair, motion, resolved, teilnehmer, tagesordnung, beschluss, ordre du jour, participants, asistentes, orden del dia, presenti

application form < form
application form, loan application, application, registration form, mortgage application, antrag, antragsformular, kreditantrag, formulaire de demande, demande de pret, solicitud, formulario de solicitud, modulo di richiesta, domanda, aanvraagformulier
applicant, signature of applicant, please complete, marital status, antragsteller, familienstand, demandeur, solicitante, estado civil, richiedente

power of attorney
power of attorney, vollmacht, procuration, poder notarial, procura, volmacht
hereby appoint, attorney in fact, on my behalf, bevollmachtige, vollmachtgeber, mandant, apoderado

customs declaration
customs declaration, customs form, zollanmeldung, declaration en douane, declaracion de aduanas, dichiarazione doganale, douaneaangifte
hs code, country of origin, exporter, importer, customs value, tariff number, zollwert, ursprungsland, douane, aduana

timesheet
timesheet, time sheet, stundenzettel, arbeitszeitnachweis, feuille de temps, hoja de horas, foglio ore, urenstaat
hours worked, total hours, week ending, period ending, time report, time in, time out, supervisor, arbeitsstunden, heures travaillees, horas trabajadas

travel document
boarding pass, travel ticket, flight ticket, plane ticket, itinerary, e-ticket, hotel reservation, booking confirmation, bordkarte, reiseplan, buchungsbestatigung, carte d'embarquement, tarjeta de embarque, carta d'imbarco, instapkaart
flight, departure, arrival, gate, seat, passenger, booking reference, check in, abflug, ankunft, vol, depart, vuelo, salida, volo, partenza

expense report
expense report, travel expense report, travel expenses, expense claim, expense reimbursement, reisekostenabrechnung, reisekosten, spesenabrechnung, note de frais, informe de gastos, nota spese, onkostendeclaratie, reimbursement request, reimbursement form, auslagenerstattung, erstattungsantrag, demande de remboursement, solicitud de reembolso, richiesta di rimborso
reimbursement, mileage, expense category, total expenses, per diem, spesen, auslagen, erstattung, belege, kilometergeld, remboursement, reembolso
"""  # noqa: E501
