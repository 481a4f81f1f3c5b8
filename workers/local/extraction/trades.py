"""Whole labels of payslips, statements of account, bills and papers of trade, in many languages.

Accents are left out, as in `tongues`; what stands before the colon are concepts.
"""

from __future__ import annotations

LABELS = """
start balance: solde initial, ancien solde, solde precedent, solde anterieur, anfangssaldo, alter
  saldo, alter kontostand, kontostand alt, saldovortrag, saldo anterior, saldo inicial, saldo
  iniziale, saldo precedente, beginsaldo, vorig saldo, oud saldo, saldo poczatkowe, pocatecni
  zustatek, ingaende saldo, balance brought forward, brought forward, opening balance, beginning
  balance, starting balance, anfangsbestand
end balance: solde final, nouveau solde, solde de cloture, endsaldo, neuer saldo, neuer kontostand,
  kontostand neu, schlusssaldo, saldo final, saldo finale, nuovo saldo, eindsaldo, nieuw saldo,
  saldo koncowe, konecny zustatek, utgaende saldo, balance carried forward, carried forward,
  closing balance, ending balance, endbestand
balance: running balance, account balance, balance after, laufender saldo, solde courant, saldo
  corriente
debit: debit, debits, debit amount, withdrawal, amount out, payments out, soll, belastung,
  belastungen, lastschrift, ausgaben, cargo, cargos, debe, addebiti, dare, af, debiteringen,
  obciazenia, uttag, withdrawals, money out, paid out, sorties, uscite
credit: credit, credits, credit amount, amount in, payments in, haben, gutschrift, gutschriften,
  einnahmen, abono, abonos, haber, accrediti, avere, bij, crediteringen, uznania, insattningar,
  deposits, money in, paid in, entrees, entrate
description: operations, nature des operations, libelle de l operation, buchungstext,
  verwendungszweck, umsatz, concepto, movimiento, operazione, descrizione operazione,
  omschrijving, tytul, tytul operacji, opis operacji, transaction details, narrative
account holder: titulaire, titulaire du compte, titolare, titolare del conto, tenaamstelling,
  posiadacz rachunku, kontohavare, majitel uctu
branch: agence, filiale, geschaftsstelle, sucursal, oficina, agenzia, kantoor, oddzial
mandate reference: mandatsreferenz, mandatsref, reference unique du mandat, reference du mandat,
  rum, referencia del mandato, riferimento mandato, mandaatreferentie, machtigingskenmerk,
  referencja mandatu
vendor number: glaubiger id, glaubiger identifikationsnummer, glaubiger identnummer, ics,
  identifiant creancier sepa, identifiant creancier, identificador del acreedor, identificativo
  creditore, incassant id, creditor identifier, sepa creditor identifier
register number: handelsregister, handelsregisternummer, registernummer, handelsregister nr, hrb,
  hra, amtsgericht, registergericht, rcs, n# rcs, kvk, kvk nummer, kvk nr, registro mercantil,
  rea, company registration number, company reg no, registered number, krs
company number: siret, n# siret, siren, n# siren, ico, ic, regon, organisationsnummer, org nr, y
  tunnus, company no, company number, abn, acn, uid, kbo, ondernemingsnummer
payment method: zahlungsart, zahlungsweise, zahlweise, zahlungsmethode, mode de reglement,
  reglement, moyen de paiement, mode de paiement, forma de pago, medio de pago, metodo di
  pagamento, modalita di pagamento, betaalwijze, betaalmethode, betalingswijze, sposob zaplaty,
  forma zaplaty, forma uhrady, betalningssatt, betalingsmate, paid by, payment type
payment terms: zahlungsbedingungen, zahlungsbedingung, zahlungskonditionen, conditions de
  paiement, conditions de reglement, condiciones de pago, condizioni di pagamento, termini di
  pagamento, betalingsvoorwaarden, betalingsconditie, terms of payment, terms
delivery note number: lieferschein, lieferscheinnummer, lieferschein nr, lieferscheinnr, bon de
  livraison, n# bl, bl n#, albaran, n# albaran, ddt, numero ddt, bolla, pakbon, pakbonnummer,
  dodaci list, numer wz, foljesedelsnummer, delivery note no, packing slip number, packing slip no
order date: bestelldatum, bestellt am, auftragsdatum, bestellung vom, date de commande, fecha de
  pedido, fecha del pedido, data ordine, data dell ordine, besteldatum, orderdatum, data
  zamowienia, datum objednavky, ordered on
contact: bearbeiter, sachbearbeiter, sachbearbeiterin, ihr ansprechpartner, interlocuteur, votre
  contact, votre interlocuteur, persona de contacto, referente, uw contactpersoon, osoba
  kontaktowa, kontaktperson, your contact, account manager, contact person, contact name
reference customer: ihr zeichen, ihre referenz, votre reference, v reference, su referencia,
  vostro riferimento, uw referentie, uw kenmerk, er referens, your reference
contract number: vertragsnummer, vertragskonto, vertragskontonummer, n# de contrat, numero de
  contrat, reference du contrat, ref contrat, ref marche, numero de contrato, numero contratto,
  contractnummer, avtalsnummer, umowa nr
meter number: zahlernummer, zahler nr, zahlernr, n# de compteur, numero de compteur, compteur n#,
  numero de contador, n# contador, matricola contatore, meternummer, meter no, meter id, serial no
  of meter, meter number, meter serial number
meter reading: zahlerstand, releve, index, lectura, lettura, meterstand, stan licznika, reading
consumption: verbrauch, gesamtverbrauch, consommation, consommation totale, consumo, consumo
  total, consumi, verbruik, zuzycie, spotreba, forbrukning, usage, total usage, energy used
period: zeitraum, abrechnungszeitraum, leistungszeitraum, rechnungszeitraum, periode, periode de
  facturation, periode facturee, periodo, periodo de facturacion, periodo facturado, periodo di
  riferimento, periodo di fatturazione, factuurperiode, okres, okres rozliczeniowy, obdobi, billing
  period, statement period, service period, period covered, period of service, auszugszeitraum,
  statement dates
salary period: periode de paie, paye du, abrechnungsmonat, periodo de liquidacion, periodo di paga,
  loonperiode, okres wynagrodzenia, pay period, pay cycle, payroll period, wage period,
  lohnabrechnungszeitraum
gross salary: salaire brut, remuneration brute, bruttolohn, bruttogehalt, gesamtbrutto,
  bruttobezuge, total devengado, salario bruto, retribuzione lorda, lordo, totale competenze,
  brutoloon, bruto loon, bruto salaris, wynagrodzenie brutto, bruttolon, gross pay, gross earnings,
  gross wages, gross salary, total gross pay, bruttoentgelt, brutolon
net salary: net paye, net a payer, net a payer avant impot, nettolohn, nettogehalt,
  auszahlungsbetrag, nettoverdienst, uberweisung, liquido a percibir, total a percibir, netto in
  busta, netto del mese, netto a pagare, nettoloon, netto loon, netto salaris, netto te ontvangen,
  wynagrodzenie netto, do wyplaty, nettolon, take home pay, net pay, net earnings, net wages, net
  salary, nettoentgelt, salario neto
base salary: salaire de base, grundgehalt, grundlohn, salario base, paga base, retribuzione base,
  basisloon, basissalaris, grundlon, base salary, basic salary, base pay, basic pay
employee number: matricule, personalnummer, pers nr, personal nr, mitarbeiternummer, numero de
  empleado, numero dipendente, personeelsnummer, numer pracownika, anstallningsnummer, employee
  id, employee no, emp id, staff no
ssn: ssn, social security,
  n# securite sociale, numero de securite sociale, n# ss, sozialversicherungsnummer, sv nummer, sv
  nr, numero de afiliacion, numero de la seguridad social, bsn, burgerservicenummer, pesel,
  personnummer
hire date: date d entree, entree le, date d embauche, date d anciennete, eintritt,
  eintrittsdatum, eintritt am, fecha de alta, fecha de antiguedad, data assunzione, data di
  assunzione, datum in dienst, in dienst sinds, date of joining, hire date, entry date, date of
  hire, join date
job title: emploi, fonction, poste, intitule du poste, tatigkeit, stelle, puesto, categoria,
  categoria profesional, qualifica, mansione, functie, stanowisko, befattning, job title,
  designation, occupation, position title, title of position, berufsbezeichnung
due date: prelevement le, date de prelevement, abbuchung am, abbuchungsdatum, fecha de cargo, data
  addebito, incassodatum, payment due date, auto pay date
rounding: rundung, rundungsdifferenz, arrondi, redondeo, arrotondamento, afronding, zaokraglenie,
  zaokrouhleni, avrundning, oresavrundning, round off, rounding
currency: devise, wahrung, moneda, divisa, valuta, waluta, mena, moeda
salesperson: verkaufer, vendeur, commercial, vendedor, agente, verkoper, sprzedawca, saljare,
  sales rep, sales representative, sold by, served by, server, cashier
issue name: issued by, vystavil, wystawil, emis par, ausgestellt von, emesso da, expedido por
weight gross: bruttogewicht, poids brut, peso bruto, peso lordo, brutogewicht, waga brutto,
  bruttovikt, gross weight, gross wt
weight net: nettogewicht, poids net, peso neto, peso netto, waga netto, net weight, net wt
total deductions: total deductions, summe abzuge, gesamtabzuge, total des retenues, total
  deducciones
federal tax: federal tax, federal withholding, fed withholding, federal income tax, federal tax
  withheld, fed income tax
hourly rate: hourly rate, rate per hour, stundenlohn, stundensatz, taux horaire, tarifa hora
total credits: total credits, total deposits, deposits and credits, total money in, total paid in,
  total payments in, summe gutschriften, total des credits
total debits: total debits, total withdrawals, withdrawals and debits, total money out, total paid
  out, total payments out, summe lastschriften, total des debits
billing days: billing days, days in period, days billed, days in billing period, abrechnungstage
service address: service address, supply address, address of supply, service location,
  verbrauchsstelle, lieferstelle, lieu de consommation, direccion de suministro, indirizzo di
  fornitura
previous balance: previous balance, balance forward, last balance, prior balance, previous amount
  due
current charges: current charges, new charges, total current charges, charges this period, total
  new charges
insured: policyholder, policy holder, named insured, insured person, insured party, preneur d
  assurance, tomador, contraente, verzekeringnemer
insurance company: insurance company, insurer, insurance carrier, insurance provider, versicherer,
  assureur, aseguradora, assicuratore, verzekeraar
effective date: effective date, policy effective, coverage start, inception date, coverage start
  date, versicherungsbeginn, date d effet
premium: annual premium, total premium, premium amount, jahresbeitrag, prime annuelle
coverage limit: coverage limit, coverage amount, limit of liability, sum insured, insured sum,
  policy limit, versicherungssumme, deckungssumme, capital assure
bill lading number: bill of lading number, b l no, b l number, bl no, bl number, bill of lading no,
  bill of lading, b l
package count: package count, no of pkgs, no of packages, number of packages, total packages,
  packages, pkgs, number of cartons, no of cartons, cartons, number of parcels, packstucke, colli,
  anzahl packstucke, anzahl colli, nombre de colis, numero de bultos, numero colli
shipping cost: shipping cost, shipping costs, freight charge, freight charges, freight cost,
  shipping charge, shipping charges, shipping fee, shipping and handling, shipping handling, s h,
  delivery charge, delivery charges, delivery fee, delivery cost, postage, postage and packing,
  carriage, frachtkosten, frais de port, frais de livraison, frais d envoi, gastos de envio, spese
  di spedizione, verzendkosten, shipping amount, freight amount
loading port: port of loading, loading port, ladehafen, port de chargement
discharge port: port of discharge, discharge port, loschhafen, port de dechargement
tracking number: tracking number, tracking no, tracking id, tracking, pro number, sendungsnummer,
  numero de suivi, numero de seguimiento
medical record number: medical record number, mrn, medical record no, chart number, patient mrn,
  hospital number
collection date: collection date, collected, date collected, specimen collected, sample date, date
  of collection, date of sample, entnahmedatum, abnahmedatum
physician: physician, ordering physician, referring physician, requesting physician, attending
  physician, ordering provider, requesting doctor, referring doctor, behandelnder arzt,
  einsendender arzt, medecin prescripteur, prescriber, doctor
property address: property address, premises, leased premises, rental property, address of
  property, premises address, objektadresse, mietobjekt, adresse du bien, address of premises
rent: monthly rent, rent amount, rent per month, monthly rent amount, monatsmiete, monatliche
  miete, loyer mensuel, loyer, alquiler mensual, canone mensile
deposit: security deposit, damage deposit, rental deposit, mietkaution, kaution, depot de garantie,
  fianza, deposito cauzionale, waarborgsom
discount: disc, discount amount, total discount, preisnachlass, rebate
customer number: kd nr, kd no, kdnr, cust no, cust id, client no, client number, no client, n
  client, debitorennummer, debitor nr, kunden id, client id
amount paid: amount paid, paid to date, payments received, payment received, already paid, bereits
  gezahlt, bereits bezahlt, gezahlt, deja paye, montant paye, importe pagado
valid date: valid until, valid till, valid through, offer valid until, quote valid until, gultig
  bis, angebot gultig bis, valable jusqu au, valido hasta, valido fino al, geldig tot
booking date: buchung, gebucht, gebucht am, booked, posted, date posted, geboekt, operation le
"""
