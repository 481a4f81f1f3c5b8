"""Words and labels of business documents in further languages, beside those of `synonyms`.

Portuguese, Polish, Czech and Slovak, Danish, Norwegian and Swedish, Finnish and Estonian, Slovene,
Croatian and Serbian, Hungarian, Romanian and Turkish. Accents are left out here, too; letters with
a stroke are letters of their own, and stay.
"""

from __future__ import annotations

from functools import cache

from workers.local.extraction import trades

CONCEPTS: dict[str, str] = {
    "number": "cislo cisla",
    "date": "dato",
    "amount": "valor kwota castka beløb beløp wartosc",
    "name": "nazwa nazev navn",
    "reference": "referencja",
    "code": "kod",
    "invoice": "fatura faktury fakturu rachunek",
    "document": "documento doklad dokument",
    "order": "encomenda zamowienie zamowienia objednavka objednavky ordre ordren",
    "customer": "nabywca odbiorca kupujacy klient odberatel zakaznik kupujici kunden køber "
    "kjøper comprador",
    "vendor": "fornecedor sprzedawca wystawca dostawca dodavatel prodavajici sælger selger "
    "leverandør",
    "company": "firmy spolecnost",
    "address": "endereco morada adresa adresse",
    "city": "cidade miasto mesto",
    "country": "kraj zeme",
    "postal": "cep",
    "phone": "telefone telemovel",
    "account": "rachunku ucet uctu ucty",
    "tax": "imposto imposta podatek podatku dph",
    "rate": "stawka sazba taxa",
    "total": "suma razem łacznie łaczna łaczny celkem celkova",
    "subtotal": "zaklad",
    "net": "liquido",
    "gross": "bruttobeløb",
    "discount": "desconto rabat sleva",
    "shipping": "frete doprava przesyłka fragt frakt",
    "paid": "pago zapłacono uhrazeno betalt",
    "due": "vencimento płatnosci splatnosti splatnost forfald forfall forfaldsdato",
    "delivery": "dostawa dostawy dodani dodaci",
    "service": "servico usługa usługi sluzba",
    "issue": "emissao wystawienia vystaveni",
    "currency": "moeda waluta mena",
    "payment": "pagamento płatnosc uhrada uhrady platba betaling",
    "method": "metoda forma sposob zpusob",
    "description": "descricao opis nazwa popis beskrivelse tekst",
    "item": "artigo produto towar towaru zbozi polozka vare",
    "quantity": "quantidade qtde ilosc mnozstvi pocet antall",
    "unit": "unidade jm mj enhed enhet",
    "price": "preco cena ceny",
    "line": "linje",
    "note": "observacao observacoes uwagi poznamka",
    "balance": "zustatek",
    "signature": "assinatura podpis",
    "page": "strona strana",
}

PHRASES: dict[str, str] = {
    "taxid": "nip|nr nip|dic|cvr|cvr nr|cnpj|contribuinte|org nr|orgnr|organisasjonsnummer",
    "registration number": "ic|ico|regon|krs",
    "payable": "do zapłaty|razem do zapłaty|k uhrade|celkem k uhrade|k zaplaceni|"
    "at betale|a betale|til betaling|beløb til betaling|total a pagar|valor a pagar",
    "subtotal": "razem netto|suma netto|wartosc netto|kwota netto|celkem bez dph|zaklad dane|"
    "total sem iva|valor liquido|subtotal ekskl moms",
    "total": "razem brutto|suma brutto|wartosc brutto|kwota brutto|celkem s dph|doklad celkem|"
    "total com iva|valor total|i alt|total inkl moms",
    "tax": "kwota vat|podatek vat|celkem dph|castka dph",
    "net": "bez dph|sem iva|ekskl moms|eks mva",
    "gross": "vcetne dph|s dph|com iva|inkl moms|inkl mva",
    "unit price": "cena jednostkowa|cena jedn|cena netto|cena mj|cena za mj|cena za jednotku|"
    "jednotkova cena|preco unitario|enhedspris|enhetspris|stk pris",
    "line total": "cena łaczna",
    "tax rate": "stawka vat|sazba dph|taxa iva|taxa de iva|moms sats",
    "due date": "termin płatnosci|datum splatnosti|data de vencimento|data vencimento|"
    "forfaldsdato|betalingsfrist|sidste rettidige betalingsdato",
    "invoice date": "data wystawienia|datum vystaveni|data de emissao|data emissao|fakturadato",
    "sale date": "data sprzedazy",
    "delivery date": "datum uskutecneni zdan plneni|"
    "datum uskutecneni zdanitelneho plneni|datum zdanitelneho plneni|duzp|"
    "data dostawy|data wykonania usługi",
    "place issue": "miejsce wystawienia|misto vystaveni",
    "bank account": "bankovni spojeni|cislo uctu|numer konta|nr konta|konto bankowe|"
    "rachunek bankowy",
    "invoice number": "faktura c|danovy doklad c|doklad c|fatura n#|factura n#",
    "invoice": "faktura vat|fatura recibo|danovy doklad|faktura danovy doklad|nota fiscal",
    "order": "zakazka",
    "delivery note": "dodaci list|guia de remessa|følgeseddel",
    "bank": "nazwa banku",
}

_JOINING_WORDS = "de di du del dell da des d l la le of the van"
_JOINING = frozenset(_JOINING_WORDS.split())

# Known as whole labels alone: some of their words are words of other languages.
_LABELS = """
type: buchungsart, umsatzart, vorgangsart, transaction type
invoice: arve, lasku, faktuuri, racun, szamla
invoice number: numero da fatura, fatura n, fakturanummer, fakturanr, faktura nr, laskun numero,
  laskunumero, arve number, arve nr, numer faktury, faktura vat nr, cislo faktury, faktura cislo,
  cislo dokladu, broj racuna, stevilka racuna, racun br, racun st, racun broj, szamla sorszama,
  szamlaszam, numar factura, factura nr, fatura no, fatura numarasi, factura seria
invoice date: data da fatura, fakturadatum, laskun paivays, laskun pvm, laskun paivamaara,
  arve kuupaev, datum vystavenia, datum racuna, datum izdavanja, datum izdaje, szamla kelte,
  kiallitas datuma, data facturii, data emiterii, fatura tarihi, duzenleme tarihi
document date: dokumendi kuupaev
date: kuupaev, paivays, paivamaara, pvm, datums, tarih, kelt
due date: forfallsdato, betalingsdato, erapaiva, maksetahtaeg, maksetahtpaev, makse tahtaeg,
  tasuda enne, termin platnosci, termin zaplaty, rok placanja, rok placila, valuta placanja,
  dospece, datum dospeca, datum dospijeca, zapadlost, fizetesi hatarido, esedekesseg,
  data scadentei, scadenta, termen de plata, son odeme tarihi, vade tarihi
delivery date: data de entrega, leveringsdato, leveransdatum, toimituspaiva, tarne kuupaev,
  tarnekuupaev, datum dodani, datum dodania, datum uskutecneni plneni, datum prometa,
  datum isporuke, datum opravljene storitve, teljesites datuma, data livrarii, teslim tarihi
customer: kjoper, kober, asiakas, ostaja, ostja, maksja, kupac, kupec, narocnik, primatelj,
  primalac, vevo, cumparator, beneficiar, alici, musteri
vendor: emitente, saelger, leverandor, myyja, toimittaja, muuja, tarnija, prodavac, prodavatelj,
  prodajalec, izdajatelj, dobavljac, dobavitelj, elado, szallito, vanzator, furnizor, satici
customer number: numero do cliente, kundenummer, kundenr, kundnummer, kundnr, asiakasnumero,
  kliendi number, kliendinumber, kliendi nr, kliendi kood, numer klienta, nr klienta,
  cislo zakaznika, sifra kupca, broj kupca, ugyfelszam, vevokod, cod client, musteri no
order number: numero do pedido, ordrenummer, ordrenr, ordernummer, tilausnumero, tellimuse number,
  tellimuse nr, tellimus nr, tellimus, numer zamowienia, nr zamowienia, cislo objednavky,
  objednavka c, broj narudzbe, broj porudzbine, stevilka narocila, narocilo st, rendelesszam,
  numar comanda, comanda nr, siparis no, siparis numarasi
reference number: viitenumero, viitenumber, viite number, viite nr, referenssi
contract number: numero do contrato, kontraktnummer, sopimusnumero, lepingu number, lepingu nr,
  numer umowy, cislo smlouvy, cislo zmluvy, broj ugovora, szerzodesszam, numar contract
taxid: nif contribuinte, cvr nummer, org nummer, organisationsnummer, momsregistreringsnummer,
  vat nr, alv numero, alv nro, kmkr number, kmkr nr, kmkr, kmkr kood,
  kaibemaksukohustuslase number, ic dph, oib, pib, id za ddv, adoszam, kozossegi adoszam,
  cod fiscal, cui, vergi no, vergi numarasi, vkn
registration number: y tunnus, registrikood, reg kood, reg nr, registreerimisnumber, maticni broj,
  maticna stevilka, cegjegyzekszam
address: osoite, aadress, naslov, cim, adresi
phone: puhelin, puh, telefoni, telefon nr, telefonszam
bank account: arvelduskonto, pangakonto, tilinumero, kontonummer, broj racuna za uplatu,
  ziro racun, bankszamlaszam, cont bancar
description: benamning, tuote, kuvaus, selitys, nimetus, kirjeldus, kauba nimetus, toode, teenus,
  nazwa towaru, nazwa towaru lub uslugi, oznaceni dodavky, nazov, naziv, naziv artikla,
  naziv robe, megnevezes, leiras, descriere, denumire, denumirea produselor, aciklama, urun,
  mal hizmet
quantity: maara, kogus, hulk, pocet mj, kolicina, kolicina kom, mennyiseg, cantitate, cantitatea,
  miktar, adet
unit: yksikko, yks, uhik, j m, jednotka, mern jed, jed mere, enota, me, mertekegyseg, um, u m,
  birim
unit price: stykpris, a pris, a hinta, yksikkohinta, hind, uhiku hind, uhikuhind, cena jedn netto,
  jedinicna cena, jedinicna cijena, cijena, cena na enoto, egysegar, pret unitar, pret,
  birim fiyat, birim fiyati
line total: radtotal, rivisumma, summa, celkem za polozku, iznos, vrednost, vrijednost, ertek,
  netto ertek, valoare, valoarea, tutar
discount: alennus, allahindlus, ale, zlava, popust, kedvezmeny, reducere, iskonto, indirim
subtotal: subtotal sem iva, valor sem iva, base tributavel, i alt ekskl moms, total ekskl moms,
  netto sum, sum eks mva, summa exkl moms, exkl moms, veroton, veroton yhteensa,
  summa kaibemaksuta, summa km ta, kaibemaksuta, km ta, kokku kaibemaksuta, kokku km ta,
  netosumma, wartosc netto razem, cena bez dph, spolu bez dph, osnovica, porezna osnovica,
  poreska osnovica, osnova za ddv, osnovica pdv, ukupno bez pdv, skupaj brez ddv, netto osszesen,
  adoalap, total fara tva, baza impozitare, ara toplam, kdv matrahi, matrah
tax: valor do iva, total iva, mva, alv, kaibemaks, km, km summa, kaibemaksu summa, vat kwota, ddv,
  pdv, iznos pdv, iznos pdva, znesek ddv, afa, afa osszege, afa osszesen, valoare tva,
  valoarea tva, kdv, kdv tutari, hesaplanan kdv, razem vat
tax rate: momssats, alv kanta, km maar, kaibemaksumaar, sadzba dph, stopa pdv, stopa ddv,
  afa kulcs, cota tva, kdv orani
total: total geral, sum inkl mva, totalbelop, totalbelob, att betala totalt, yhteensa, kokku,
  arve kokku, kokku summa, summa kokku, kokku koos kaibemaksuga, kokku km ga,
  summa koos kaibemaksuga, ogolem, spolu, spolu s dph, ukupno, ukupan iznos, ukupno s pdv,
  ukupno sa pdv, skupaj, skupaj z ddv, osszesen, brutto osszesen, vegosszeg, total de plata,
  genel toplam, toplam
payable: a pagar, belob til betaling, maksettava, maksettava yhteensa, tasuda, tasumisele kuulub,
  kuulub tasumisele, maksta, do zaplaty, kwota do zaplaty, na uhradu, za uplatu, za platiti,
  za placilo, fizetendo, fizetendo osszeg, odenecek tutar, odenecek
paid: betald, maksettu, tasutud, makstud, zaplacono, placeno, placano, fizetve, platit, odendi
currency: valuuta, valuutta, deviza, para birimi
payment method: forma de pagamento, metodo de pagamento, betalingsmetode, maksutapa, makseviis,
  maksmise viis, sposob platnosci, forma platnosci, zpusob uhrady, forma uhrady, zpusob platby,
  nacin placanja, nacin placila, fizetesi mod, modalitate de plata, odeme sekli
payment terms: condicoes de pagamento, betalingsbetingelser, betalningsvillkor, maksuehdot,
  maksuehto, maksetingimused, warunki platnosci, platebni podminky, uvjeti placanja,
  placilni pogoji
employee: colaborador, medarbejder, tyontekija, tootaja, pracownik, zamestnanec, zaposleni
page: side, sida, sivu, lk, lehekulg, stran, stranica, oldal, sayfa
"""


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """What a whole label is about: some concepts."""
    found: dict[str, tuple[str, ...]] = {}
    every = (_LABELS + trades.LABELS).strip().replace("\n  ", " ").replace("\n\n", "\n")
    for line in every.splitlines():
        concepts, _, listed = line.partition(": ")
        for label in listed.split(", "):
            # As a property is called, which leaves out what joins words: `modalita_pagamento`.
            short = " ".join(word for word in label.split() if word not in _JOINING)
            for form in (label, short):
                found.setdefault(form, tuple(concepts.split()))
    return found
