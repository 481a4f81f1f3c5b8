"""Parts of forms, drawn at random, with the fields that a person would see on them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842
_LABELS = (
    "First name,Last name,Date of birth,Place of birth,Street,House number,Postal code,City,"
    "Country,Nationality,Phone,Mobile,E-mail,Occupation,Employer,Annual income,Tax number,IBAN,"
    "Name of bank,Account holder,Policy number,Start of contract,Reason for leaving,Signature,"
    "Place and date,Emergency contact,Name of physician,Blood group,Known allergies,Vehicle type,"
    "Licence plate,Mileage,Date of accident,Witness,Course title,Student number,Supervisor,"
    "Number of children,Spouse,Purchase order,Delivery address,Contact person,Department,Room"
)
_CHOICES = (
    "Newsletter,Single,Married,Divorced,Full time,Part time,Yes,No,Invoice by mail,Cash,"
    "Bank transfer,Credit card,Vegetarian,Wheelchair access,I accept the terms,Morning,Evening"
)
LABELS, CHOICES = _LABELS.split(","), _CHOICES.split(",")
PROSE = (
    "Please read the notes overleaf before you complete this form and use capital letters.",
    "Incomplete forms are returned to the sender; nothing is stored for longer than needed.",
    "The office is open from Monday to Friday and can be reached by telephone at any time.",
)


@dataclass
class Truth:
    """A field as a person sees it; left, top, right, bottom in points of the upright page."""

    label: str
    kind: str
    page: int
    box: tuple[float, float, float, float]


@dataclass
class Paper:
    """A form under the pen."""

    canvas: Canvas
    random: random.Random
    size: float = 10
    left: float = 56
    width: float = 480
    y: float = 780
    page: int = 1
    truth: list[Truth] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def label(self) -> str:
        """A label that this form does not have yet."""
        if not self.labels:
            self.labels = self.random.sample(LABELS, len(LABELS))
        return self.labels.pop()

    def say(self, x: float, y: float, text: str) -> float:
        """Write text; returns where it ends."""
        self.canvas.drawString(x, y, text)
        return x + self.canvas.stringWidth(text)

    def expect(self, label: str, kind: str, x: float, y: float, width: float, high: float) -> None:
        """Note a field by its lower left corner."""
        top = HEIGHT - y - high
        self.truth.append(Truth(label, kind, self.page, (x, top, x + width, top + high)))

    def font(self) -> None:
        """Set the form's font."""
        self.canvas.setFont("Helvetica", self.size)


Draw = Callable[[Paper], None]


def underscores(paper: Paper) -> None:
    """Labels with underscores behind them, one or two a line."""
    _leaders(paper, "_", paper.random.choice([":", "", ": "]))


def dots(paper: Paper) -> None:
    """Labels with dots behind them."""
    _leaders(paper, ".", paper.random.choice([":", " ", ""]))


def _leaders(paper: Paper, mark: str, colon: str) -> None:
    for _ in range(paper.random.randint(5, 9)):
        x = paper.left
        per_line = 2 if paper.width > 400 and paper.random.random() < 0.4 else 1
        for _ in range(per_line):
            label = paper.label()
            end = paper.say(x, paper.y, label + colon) + 3
            room = paper.left + paper.width - end if per_line == 1 else x + 225 - end
            count = int(min(room, paper.random.randint(90, 260)) / paper.canvas.stringWidth(mark))
            paper.say(end, paper.y, mark * count)
            width = count * paper.canvas.stringWidth(mark)
            paper.expect(label, "text", end, paper.y - 2, width, paper.size + 3)
            x += 240
        paper.y -= paper.random.randint(20, 30)


def rules(paper: Paper) -> None:
    """Labels left of drawn lines, in one column or at the line's foot."""
    below = paper.random.random() < 0.4
    start = paper.left + 130
    for _ in range(paper.random.randint(4, 8)):
        label = paper.label()
        width = paper.random.randint(80, max(90, int(paper.width - 140)))
        if below:
            paper.canvas.line(paper.left, paper.y, paper.left + width, paper.y)
            paper.say(paper.left, paper.y - paper.size - 1, label)
            paper.expect(label, "text", paper.left, paper.y, width, paper.size + 3)
            paper.y -= 44
        else:
            paper.say(paper.left, paper.y, label)
            paper.canvas.line(start, paper.y - 2, start + width, paper.y - 2)
            paper.expect(label, "text", start, paper.y - 2, width, paper.size + 3)
            paper.y -= paper.random.randint(22, 30)


def boxes(paper: Paper) -> None:
    """Boxes with their labels left of them, or above."""
    above = paper.random.random() < 0.5
    for _ in range(paper.random.randint(4, 7)):
        label, high = paper.label(), paper.random.randint(15, 26)
        if above:
            paper.say(paper.left, paper.y, label)
            x, y, width = paper.left, paper.y - high - 4, paper.random.randint(150, 220)
            paper.y -= high + 24
        else:
            paper.say(paper.left, paper.y, label)
            x, y, width = paper.left + 120, paper.y - 5, paper.random.randint(90, 100)
            paper.y -= high + 8
        paper.canvas.rect(x, y, width, high)
        paper.expect(label, "text", x, y, width, high)


def labelled_cells(paper: Paper) -> None:
    """A table of labels with empty cells beside them."""
    rows, high = paper.random.randint(3, 7), 22
    half = paper.width / 2
    pairs = paper.random.choice([1, 2]) if paper.width > 400 else 1
    step = paper.width / pairs
    for _ in range(rows):
        paper.y -= high
        for pair in range(pairs):
            x, label = paper.left + pair * step, paper.label()
            cut = min(half, 110)
            paper.canvas.rect(x, paper.y, cut, high)
            paper.canvas.rect(x + cut, paper.y, step - cut, high)
            paper.say(x + 4, paper.y + 7, label)
            paper.expect(label, "text", x + cut, paper.y, step - cut, high)
    paper.y -= 24


def headed_cells(paper: Paper) -> None:
    """A table with a header and empty rows."""
    rows, high, step = paper.random.randint(2, 4), 20, paper.width / 3
    names: list[str] = []
    while len(names) < 3:
        name = paper.label()
        if paper.canvas.stringWidth(name) < step - 6:
            names.append(name)
    xs = [paper.left + step * n for n in range(4)]
    paper.canvas.grid(xs, [paper.y - high * n for n in range(rows + 2)])
    for n, name in enumerate(names):
        paper.say(xs[n] + 3, paper.y - high + 6, name)
        for row in range(1, rows + 1):
            paper.expect(name, "text", xs[n], paper.y - high * (row + 1), step, high)
    paper.y -= high * (rows + 1) + 24


def captioned_cells(paper: Paper) -> None:
    """Cells with a small label at their top, as official forms have them."""
    high, step = 32, paper.width / 2
    for _ in range(paper.random.randint(3, 5)):
        paper.y -= high
        for n in range(2):
            label = paper.label()
            x = paper.left + n * step
            paper.canvas.rect(x, paper.y, step, high)
            paper.canvas.setFont("Helvetica", 6.5)
            paper.say(x + 3, paper.y + high - 8, label)
            paper.expect(label, "text", x, paper.y, step, high - 10)
    paper.font()
    paper.y -= 24


def squares(paper: Paper) -> None:
    """Squares to be ticked, their labels right of them, in rows or one under the other."""
    side = paper.random.randint(8, 12)
    across = paper.random.choice([1, 2, 3]) if paper.width > 400 else 1
    names = paper.random.sample(CHOICES, 6)
    for at, name in enumerate(names):
        x = paper.left + (at % across) * 150
        paper.canvas.rect(x, paper.y - 1, side, side)
        paper.say(x + side + 5, paper.y, name)
        paper.expect(name, "checkbox", x, paper.y - 1, side, side)
        if at % across == across - 1:
            paper.y -= 22
    paper.y -= 24


def brackets(paper: Paper) -> None:
    """Brackets to be ticked."""
    x = paper.left
    for name in paper.random.sample(CHOICES, 3 if paper.width > 400 else 2):
        end = paper.say(x, paper.y, "[ ]")
        paper.expect(name, "checkbox", x, paper.y - 2, end - x, paper.size)
        x = paper.say(end + 4, paper.y, name) + 22
    paper.y -= 30


def letters(paper: Paper) -> None:
    """A row of cells, one for each letter."""
    label, count = paper.label(), paper.random.randint(5, 8)
    paper.say(paper.left, paper.y, label)
    start = paper.left + 105
    paper.canvas.grid([start + 15 * n for n in range(count + 1)], [paper.y - 5, paper.y + 13])
    paper.expect(label, "text", start, paper.y - 5, 15 * count, 18)
    paper.y -= 34


def prose(paper: Paper) -> None:
    """Text, underlined headings and filled tables, none of them a field."""
    size = min(paper.size, 9.0)
    paper.canvas.setFont("Helvetica", size if paper.width > 400 else 5.5)
    paper.say(paper.left, paper.y, paper.random.choice(PROSE))
    paper.font()
    paper.y -= 26
    end = paper.say(paper.left, paper.y, f"Part {paper.random.choice('ABCD')}")
    paper.canvas.line(paper.left, paper.y - 2, end, paper.y - 2)
    if paper.random.random() < 0.5:
        paper.canvas.line(paper.left, paper.y - 8, paper.left + paper.width, paper.y - 8)
    paper.y -= 30


def filled_table(paper: Paper) -> None:
    """A table that is full, and a line of a table of contents."""
    xs = [paper.left, paper.left + 80, paper.left + 150, paper.left + 220]
    paper.canvas.grid(xs, [paper.y, paper.y - 18, paper.y - 36])
    for row, texts in enumerate((("Fee", "Net", "Gross"), ("Basic", "10.00", "11.90"))):
        for x, text in zip(xs, texts, strict=False):
            paper.say(x + 3, paper.y - 13 - 18 * row, text)
    paper.y -= 58
    paper.say(paper.left, paper.y, "Explanations " + "." * 30 + " 12")
    paper.y -= 28
