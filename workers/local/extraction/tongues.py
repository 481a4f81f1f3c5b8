"""Words of business documents in Portuguese, Polish, Czech, Danish and Norwegian.

They are added to those of `synonyms`. Accents are left out here, too; letters with a stroke are
letters of their own, and stay.
"""

from __future__ import annotations

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
