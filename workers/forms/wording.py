"""How people say, in English, what goes where in a form: the words, as regular expressions."""

from __future__ import annotations

import re

# A longer name is none; a name before a bare value has few words, and no doubt about it.
MAX_NAME, MAX_BARE_WORDS, CERTAIN = 120, 6, 100.0

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
INTO = re.compile(r"\s+(?:in|into|for|as|under|on|at|to)\s+", re.I)
IS = re.compile(
    r"\s+(?:is|are|was|were|equals|reads|=|(?:should|must|shall|will|has\s+to|needs\s+to)\s+"
    r"(?:be|read|say))\s+",
    re.I,
)
SEPARATOR = re.compile(r"\s*(?::=|[:=]|\s->|\s→|\s=>|\s[-\u2013—]\s|\t|\|)\s*")
BOUNDARY = re.compile(r"\s*(?:,?\s+and\s+(?:then\s+|also\s+)?|[,;]\s*(?:then\s+)?|\.\s+)", re.I)
POLITE = re.compile(
    r"(?:please|also|then|and|kindly|finally|next|so|now|could you|can you)[,\s]+", re.I
)
BULLET = re.compile(r"^\s*(?:[-*•·‣>]+|\d{1,3}[.)])\s+")
QUOTED = re.compile(
    r"\"([^\"\n]*)\"|“([^”\n]*)”|„([^“”\n]*)[“”]|«([^»\n]*)»|`([^`\n]*)`|(?<!\w)'([^'\n]+)'(?!\w)"
)
# People say some things without naming the field.
PARAPHRASES = tuple(
    (re.compile(pattern, re.I), name)
    for pattern, name in (
        (r"^(?:i|he|she)\s+(?:was|am|is)\s+born\s+on\s+(?P<value>.+)$", "date of birth"),
        (r"^(?:i|he|she)\s+(?:was|am|is)\s+born\s+in\s+(?P<value>.+)$", "place of birth"),
        (r"^(?:i|he|she|we|they)\s+lives?\s+at\s+(?P<value>.+)$", "address"),
        (r"^(?:i|he|she|we|they)\s+lives?\s+in\s+(?P<value>.+)$", "city"),
        (r"^(?:i|he|she)\s+works?\s+(?:for|at)\s+(?P<value>.+)$", "employer"),
        (r"^(?:i|he|she)\s+works?\s+(?:for|at)\s+(?P<value>.+)$", "company"),
        (r"^(?:i|he|she)\s+works?\s+as\s+(?:an?\s+)?(?P<value>.+)$", "occupation"),
        (r"^(?:i\s+am|i['\u2019]m)\s+called\s+(?P<value>.+)$", "name"),
        (
            r"^(?:i\s+am|i['\u2019]m)\s+(?-i:(?P<value>[A-Z][\w'\u2019-]+(?:\s+[A-Z][\w'\u2019.-]*)+))$",
            "name",
        ),
        (r"^(?:call|phone)\s+me\s+(?:at|on|under)\s+(?P<value>.+)$", "phone"),
        (r"^(?:e-?mail|write\s+to)\s+me\s+at\s+(?P<value>\S+@\S+)$", "email"),
    )
)
AGREED = re.compile(
    r"(?:yes,?\s+|no,?\s+)?(?:i|we)\s+(?P<no>(?:do|would|am|will)\s+not\s+|(?:do|would|wo)n['\u2019]t\s+)?"
    r"(?:(?:would|do)\s+)?(?:agree|accept|consent|want|wish|like|confirm|am|have|need|subscribe)\s+"
    r"(?:(?:to|with|that|receive|the|a|an|be)\s+)*(?P<name>.+)$",
    re.I,
)
LISTED = re.compile(r"\s*(?:,\s*(?:and\s+)?|;|&|\s+and\s+|\s+as\s+well\s+as\s+)\s*", re.I)
END_OF_ITEM = re.compile(r"[\s,;]+(?:and)?\s*$", re.I)
# A full stop after a short word with a capital ends no sentence: Dr. Smith, St. Ives, J. Doe.
SENTENCE_END = re.compile(r"(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<=[.!?])\s+")
# What stands for itself behind a name: a number, a name, an address of mail, something quoted.
VALUE = re.compile(r"(?!\d+\s*[:=])(?=[A-Z\d+#$€£\ue000-\uf8ff]|\S+@\S)")
