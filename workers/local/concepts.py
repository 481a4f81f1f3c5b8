"""What labels are about, in several languages: `Invoice No.` and `Rechnungsnummer` are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from workers.local.terms import Lexicon, is_idle, spaced, terms

# What a value has to look like, by the concept that a key ends in.
NUMBERED = frozenset(("number", "code", "iban", "vin", "ssn", "plate"))
DATED = frozenset(("date", "period", "month", "year"))
COUNTED = frozenset(("amount", "total", "quantity"))
# A label may be written without these: `Invoice: 17` gives its number, `Employee: Smith` a name.
LEFT_OUT = frozenset(("number", "name", "date"))
# And it may say more of the same thing: `Purchase order 17` gives an order's number.
_QUALIFIERS = {"order": frozenset(("purchase",)), "plate": frozenset(("vehicle", "licence"))}

_WORDS = """
number: number, no, nr, num, numbers, nummer, numero, #, №, nº, n, id, identifier, identification,
  ident, kennung, numer, номер, 番号, 号码
code: code, codigo, codice, kode
reference: reference, ref, referenz, referencia, riferimento, zeichen, referentie
name: name, names, nom, nombre, nome, naam, bezeichnung, fullname, имя, 名
date: date, datum, fecha, data, dated, dt
period: period, zeitraum, periode, periodo
month: month, monat, mois, mes, mese, maand
year: year, jahr, annee, ano, anno, jaar
amount: amount, betrag, montant, importe, importo, bedrag
total: total, summe, gesamt, totale, totaal
quantity: quantity, qty, menge, quantite, cantidad, quantita
address: address, adresse, anschrift, direccion, indirizzo, adres
invoice: invoice, inv, bill, rechnung, rechn, rg, facture, factura, fattura, factuur, fatura,
  faktura
order: order, auftrag, bestellung, bestell, commande, pedido, ordine
purchase: purchase, einkauf, achat, compra, acquisto, inkoop
delivery: delivery, lieferung, liefer, lieferschein, albaran, livraison, entrega, consegna, levering
customer: customer, client, cust, kunde, kunden, cliente, klant, buyer, kaufer, sold,
  consignee, recipient, empfanger, destinataire, destinatario, ontvanger, debitor
supplier: supplier, vendor, seller, lieferant, fournisseur, proveedor, fornitore, leverancier
employee: employee, emp, pers, mitarbeiter, mitarbeiterin, arbeitnehmer, arbeitnehmerin, personal,
  beschaftigter, beschaftigte, salarie, employe, empleado, empleada, trabajador, trabajadora,
  dipendente, werknemer, medewerker, staff, worker
employer: employer, arbeitgeber, employeur, empleador, patron, datore, werkgever
account: account, acct, konto, compte, cuenta, conto, rekening, conta, girokonto,
  bankkonto, kundenkonto
contract: contract, agreement, vertrag, contrat, contrato, contratto
policy: policy, police, versicherungsschein, poliza, polizza, polis
claim: claim, schaden, sinistre, siniestro, sinistro
patient: patient, patientin, paciente, paziente
insured: insured, policyholder, versicherter, versicherungsnehmer, assure, asegurado, assicurato
member: member, mitglied, membre, adherent, miembro, socio, lid
guest: guest, gast, huesped, ospite
driver: driver, fahrer, fahrerin, conducteur, chauffeur, conductor, conducente
project: project, projekt, projet, proyecto, progetto
property: property, objekt, immobilie, bien, inmueble, propiedad, immobile
student: student, pupil, schuler, schulerin, etudiant, eleve, estudiante, alumno, alumna, studente
tenant: tenant, renter, lessee, mieter, mieterin, locataire, inquilino, arrendatario, conduttore,
  huurder
case: case, matter, docket, fall, akte, dossier, affaire, caso, expediente, pratica
vehicle: vehicle, fahrzeug, vehicule, vehiculo, veicolo, voertuig
plate: plate, registration, kennzeichen, immatriculation, targa, kenteken
licence: licence, license
meter: meter, zahler, compteur, contador, contatore
booking: booking, reservation, buchung, reservierung, reserva, prenotazione
loan: loan, darlehen, kredit, pret, prestamo, mutuo
flat: flat, apartment, wohnung, logement, appartement, vivienda, piso, appartamento
department: department, dept, abteilung, departement, departamento, reparto, afdeling
company: company, firma, unternehmen, entreprise, societe, empresa, azienda, bedrijf
document: document, dokument, documento, beleg
item: item, artikel, article, articulo, articolo, position, pos
tax: tax, steuer, impot, impuesto, imposta
birth: birth, geburt, geburts, naissance, nacimiento, nascita
serial: serial, serien, serie
shipment: shipment, shipping, sendung, versand, expedition, envio, spedizione
chapter: chapter, kapitel, chapitre, capitulo, capitolo, hoofdstuk
section: section, abschnitt, seccion, sezione, sectie
page: page, seite, pagina
"""
_OF_SEVERAL = {
    "po": ("purchase", "order"),
    "bl": ("delivery",),
    "dob": ("date", "birth"),
    "kundennr": ("customer", "number"),
    "kontonr": ("account", "number"),
    "matricul": ("employee", "number"),
    "aktenzeich": ("case", "number"),
    "geschaftszeich": ("case", "number"),
    "az": ("case", "number"),
}
# What a document is called beside what it is of: `delivery note`, `insurance policy document`.
_GENERIC = frozenset(terms("note slip form document record certificate card bon nota schein"))


@dataclass(frozen=True)
class Key:
    """What is looked for on pages, as concepts.

    Attributes:
        parts: what its label is about; a word that is no known concept stands for itself.
        words: the terms by which the parts are written.
    """

    parts: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Key:
        """The key that somebody has put into words."""
        # `Rechnungsnummer` is made of two that are known.
        words = Lexicon({*_by_term(), *_OF_SEVERAL}).read(spaced(text), False)
        parts = _subject(words)
        parts -= frozenset[str]().union(*(_QUALIFIERS.get(part, ()) for part in parts))
        told = parts - _GENERIC - LEFT_OUT
        return cls(parts - _GENERIC if told else parts, frozenset(words))

    @property
    def needs_digit(self) -> bool:
        """Whether only what holds a digit can be its value."""
        return bool(self.parts & (NUMBERED | DATED | COUNTED))

    @property
    def is_name(self) -> bool:
        """Whether its values are names, of people mostly."""
        return "name" in self.parts

    @property
    def qualifiers(self) -> frozenset[str]:
        """What its label may say besides."""
        return frozenset[str]().union(*(_QUALIFIERS.get(part, ()) for part in self.parts))

    @property
    def is_dated(self) -> bool:
        """Whether its values are dates."""
        return bool(self.parts & DATED) and not self.is_number

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers that name something."""
        return bool(self.parts & NUMBERED)

    def likeness(self, parts: frozenset[str]) -> float:
        """How well a label that is about `parts` names it, from 0 to 1."""
        if parts == self.parts:
            return 1.0
        if parts and parts <= DATED and self.parts <= DATED:
            return 0.9
        if not parts & self.parts:
            return 0.0
        missing, more = self.parts - parts, parts - self.parts
        if not missing and more <= LEFT_OUT:
            return 0.9
        if more <= self.qualifiers and missing <= LEFT_OUT:
            return 0.75 if not more else 0.7
        if not more and parts <= LEFT_OUT and len(self.parts) == 2:
            return 0.5
        return 0.0


def concepts(word: str, lexicon: Lexicon, is_recognized: bool) -> tuple[str, ...]:
    """What a word on a page is about; empty for one that says nothing."""
    found = lexicon.read(word, is_recognized)
    return tuple(part for term in found for part in _meaning(term) if part not in _GENERIC)


def is_generic(word: str) -> bool:
    """Whether a word only says that something is a document: `note` of `delivery note`."""
    found = terms(word)
    return bool(found) and set(found) <= _GENERIC


def lexicon(key: Key) -> Lexicon:
    """The terms that labels are made of, a key's own included."""
    return Lexicon({*_by_term(), *_OF_SEVERAL, *key.words})


def is_known(part: str) -> bool:
    """Whether it is a concept, and not a word that stands for itself."""
    return part in _names()


def _subject(words: Iterable[str]) -> frozenset[str]:
    return frozenset(part for word in words for part in _meaning(word))


def _meaning(term: str) -> tuple[str, ...]:
    if term in _OF_SEVERAL:
        return _OF_SEVERAL[term]
    concept = _by_term().get(term)
    if concept:
        return (concept,)
    return () if is_idle(term) else (term,)


@cache
def _by_term() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _WORDS.strip().replace("\n  ", " ").splitlines():
        concept, _, words = line.partition(": ")
        for word in words.split(", "):
            for term in terms(word)[:1]:
                found.setdefault(term, concept)
    return found


@cache
def _names() -> frozenset[str]:
    return frozenset(_by_term().values())
