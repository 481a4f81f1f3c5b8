"""How people say, in English, what goes where in a form: the words, as regular expressions."""

from __future__ import annotations

import re

from workers.local.extraction import dates

# A longer name is none; a name before a bare value has few words, and no doubt about it.
MAX_NAME, MAX_BARE_WORDS, SURE, LIKELY = 120, 6, 95.0, 84.0

SET = re.compile(
    r"(?:set|change|update|make|fill(?:\s+in|\s+out)?|complete|enter|put|write|add|insert|have)\s+",
    re.I,
)
PUT = re.compile(
    r"(?:put|write|enter|type|insert|use|add|fill(?:\s+in)?|give|state|choose|select|pick)\s+", re.I
)
TICKED = re.compile(
    r"(?:tick|check|mark|select|choose|cross|enable|activate|accept|pick)(?:\s+off)?\s+", re.I
)
UNTICKED = re.compile(
    r"(?:untick|uncheck|unmark|deselect|unselect|clear|disable|(?:do\s+not|don['\u2019]t|never)\s+"
    r"(?:tick|check|mark|select|choose|cross|enable|activate|accept))\s+",
    re.I,
)
LEFT_EMPTY = re.compile(
    r"(?:leave|keep)\s+(?P<name>.+?)\s+(?:empty|blank|unchecked|unticked|open)$", re.I
)
TO = re.compile(r"\s+(?:to|as|with|=)\s+", re.I)
INTO = re.compile(r"(?<!\bnext)\s+(?:in|into|for|as|under|on|at|to)\s+", re.I)
IS = re.compile(
    r"(?:\s+|(?=['\u2019]s\s))(?:['\u2019]s|is|are|was|were|equals|reads|=|(?:should|must|shall|will|has\s+to|needs\s+to)\s+"
    r"(?:be|read|say))\s+",
    re.I,
)
SEPARATOR = re.compile(r"\s*(?::=|[:=]|\?(?=\s)|\s->|\s→|\s=>|\s[-\u2013—]\s|\t|\|)\s*")
BOUNDARY = re.compile(
    r"\s*(?:,?\s+(?:and|but)\s+(?:then\s+|also\s+)?|\s/\s|[,;](?!\d{3}(?!\d))\s*(?:then\s+)?|\.\s+"
    r"|\s+or\s+(?=(?:at|on|call|by|via|under|ring|phone)\s|\S+@)"
    r"|\s+(?=(?:starting|beginning|effective)\s))",
    re.I,
)
# A clause with a subject of its own.
OWN = re.compile(
    r"(?:(?:i|he|she|we|they|it|you|ich|er|wir|il|elle|nous|yo|io)\s+\w"
    r"|(?:the|my|his|her|our|their|its|die|der|das|sein|ihre?|mein|su|mi|el|la|le|les|son|sa|mon|ma|il)"
    r"\s+(?:[\w/'\u2019-]+\s+){1,5}(?:is|are|was|were|ist|sind|war|lautet|es|son|est|sont|\u00e8|sono)\s)",
    re.I,
)
LEAD = re.compile(r"^(?:(?:[Aa]t|[Ii]n|[Oo]n|[Ff]rom|[Bb]y|[Cc]alled|[Nn]amed)\s+)(?=[A-Z\d])")
# `Verona il 9 giugno 1968` is a town, and then a day.
BEFORE_DATE = re.compile(
    r"(?P<value>[A-Z\u00c0-\u00de\d][\w'\u2019/-]{0,40}"
    r"(?: [A-Z\u00c0-\u00de\d][\w'\u2019/-]{0,40}){0,3}),?"
    rf"\s+(?:il|le|on|am|el|dal?|du|from|vom|ab|since|seit|desde el)\s+(?:{dates.DATE.pattern}).*"
)
# `Ada Roe of the company Roe Ltd` is a name, and then something else.
OF_ANOTHER_KIND = re.compile(r"(?<=\w) (?:of|from|at|in|with) the [a-z]{2,20} (?=[A-Z])")
# Of `Ada Roe while I am away` or `Ada Roe, who has agreed` the clause is no part of the name.
TRAILING = re.compile(
    r",?\s(?:who|which|whom|where)\s|,\s(?:he|she|they)\s|,?\s(?:while|because|since|when|whenever|if|although|though|unless|"
    r"as)\s(?=(?:i|he|she|it|we|they|you|there|my|our|the|his|her|their)\b)",
    re.I,
)
ROW = re.compile(r"\b[1-9]\d?$")
POLITE = re.compile(
    r"(?:please|also|then|and|kindly|finally|next|so|now|could you|can you)[,\s]+", re.I
)
BULLET = re.compile(r"^\s*(?:[-*•·‣>]+|\d{1,3}[.)])\s+")
QUOTED = re.compile(
    r"\"([^\"\n]*)\"|“([^”\n]*)”|„([^“”\n]*)[“”]|«([^»\n]*)»|`([^`\n]*)`|(?<!\w)'([^'\n]+)'(?!\w)"
)
AGREED = re.compile(
    r"(?:yes,?\s+|no,?\s+)?(?:(?:i|we|he|she|they|it)\s+)?"
    r"(?P<no>(?:do|does|would|am|is|will)\s+not\s+|(?:do|does|would|wo)n['\u2019]t\s+)?"
    r"(?:(?:would|do|does)\s+)?"
    r"(?:agree|accept|consent|want|wish|like|confirm|am|have|need|require|request|subscribe)s?\s+"
    r"(?:(?:to|with|that|receive|the|a|an|be)\s+)*(?P<name>.+)$",
    re.I,
)
# `Tom Roe (020 7946 0018)`
NOTED = re.compile(r"(?P<main>[^()]{3,200}?)\s*\((?P<notes>[^()]{3,200})(?:\)(?P<rest>.*))?")
IN_BRACKETS = re.compile(r"\([^()]{3,200}\)")
LISTED = re.compile(r"\s*(?:,\s*(?:and\s+)?|;|&|\s+and\s+|\s+as\s+well\s+as\s+)\s*", re.I)
END_OF_ITEM = re.compile(r"[\s,;]+(?:and)?\s*$|(?<=[^()\s])\)\s*$", re.I)
END_OF_NUMBER = re.compile(r"(?<=\d)\.\s*$")
# A number that may have a shorter name before it.
CODE = re.compile(r"(?=\S*\d)\S{4,40}")
# A full stop after a short word with a capital ends no sentence: Dr. Smith, St. Ives, J. Doe. But
# a surname may be as short, and what follows it may be nothing but a sentence's first word.
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\bProf\.)(?<!\bn\.)(?<!\bnr\.)(?<!\bTel\.)"
    r"(?<!\b(?:Mrs|Mme|Rev|Hon|Col|Gen|Maj|Sgt|Cpl|Str|Ave|Apt|Ste|Inc|Ltd|Bld|Sig|Avv|Ing|Sra|Jan|"
    r"Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)(?:(?<!\b[Nn]o\.)|(?!\s\S{0,20}\d))(?<=[.!?])"
    # `14. Mai 1985`
    r"(?!(?<=\d\.)\s(?:Jan|Feb|M\u00e4r|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-z]{0,6}\.?\s\d)\s+"
    r"|(?<=\w\w[.!?])\s+(?=(?:I|He|She|It|We|They|My|His|Her|Our|Their|Its|Please|The|This|There|Ich|"
    r"Wir|Sie|Mein|Meine|Sein|Seine|Ihr|Ihre|Il|Elle|Nous|Je|Mon|Ma|Notre|Son|Sa|Nuestr[oa]|Mio|Mia|"
    r"Suo|Sua)\b)"
)
FULL_STOP = re.compile(r"(?<=[a-z\u00df-\u00ff]{4})\.\s*$")
# What stands for itself behind a name: a number, a name, an address of mail, something quoted.
VALUE = re.compile(r"(?!\d+\s*[:=])(?=[A-Z\d+#$€£\ue000-\uf8ff]|\S+@\S)")
_SENDER = re.compile(r"^from\s*:.*@", re.I | re.M)
_RECIPIENT = re.compile(r"^(?:to|cc|bcc|reply-to|subject|sent|date)\s*:.*$", re.I | re.M)


def ends_in_name(text: str) -> bool:
    """Whether the last word of a text is a name or a number."""
    last = text[-MAX_NAME:].rsplit(maxsplit=1)[-1:]
    return any(word[0].isupper() or any(map(str.isdigit, word)) for word in last)


def splits_date(name: str, value: str) -> bool:
    """Whether the last word of a name is the day of the date that its value begins with."""
    day = name.rsplit(maxsplit=1)[-1] if name.strip() else ""
    return day[:1].isdigit() and dates.DATE.match(f"{day} {value}") is not None


def without_recipients(text: str) -> str:
    """A mail without the lines that say to whom it went, when, and about what."""
    is_mail = _SENDER.match(text.lstrip()[:500]) is not None
    return _RECIPIENT.sub("", text, count=5) if is_mail else text
