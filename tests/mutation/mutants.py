"""Single faults in C++ source: comparisons, limits, connectives, negations, conditions, and what must have been read."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    kind: str  # "limit"
    file: str  # relative to the checkout
    line: int  # from 1
    start: int  # in the text of the file
    end: int
    new: str
    before: str  # the line, trimmed
    after: str

    @property
    def key(self):
        """What a list of survivors knows it by: line numbers change too often."""
        return f"{self.file}: {self.before} => {self.after}"


SWAPS = [  # kind, pattern, what stands there instead
    ("limit", " < ", [" <= "]),
    ("limit", " <= ", [" < "]),
    ("limit", " > ", [" >= "]),
    ("limit", " >= ", [" > "]),
    ("equality", " == ", [" != "]),
    ("equality", " != ", [" == "]),
    ("connective", " && ", [" || "]),
    ("connective", r" \|\| ", [" && "]),
    ("answer", r"\btrue\b", ["false"]),
    ("answer", r"\bfalse\b", ["true"]),
    ("answer", r"\.yes\(\)", [".no()"]),
    ("answer", r"\.no\(\)", [".yes()"]),
    ("answer", r"\bTruth::yes\b", ["Truth::no", "Truth::unknown"]),
    ("answer", r"\bTruth::no\b", ["Truth::yes", "Truth::unknown"]),
    ("answer", r"\bTruth::unknown\b", ["Truth::yes", "Truth::no"]),
    ("connective", r"\bany_of\(\{", ["all_of({"]),
    ("connective", r"\ball_of\(\{", ["any_of({"]),
    ("negation", r"\bnegate\((?=\w)", ["("]),
    ("negation", r"(?<![\w)])!(?=[\w(])", [""]),
    ("what must have been read", r"\bInput::\w+, ", [""]),
    ("what must have been read", r", Input::\w+", [""]),
    ("what must have been read", r"\bTopic::\w+, ", [""]),
    ("what must have been read", r", Topic::\w+(?=\})", [""]),
]
NUMBER = re.compile(r"(?<![\w.\"])(\d+)(\.\d+)?(?![\w.])")
QUIET = re.compile(r"^\s*#|\bchar \w+\[|snprintf|static_assert")


def _blank(text):
    """The text with comments and literals as spaces, of the same length."""
    pattern = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'", re.S)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _other_numbers(match):
    whole, fraction = match.group(1), match.group(2)
    if fraction:
        places = len(fraction) - 1
        step = 10.0**-places
        value = float(match.group())
        return [f"{value + step:.{places}f}", f"{value - step:.{places}f}"]
    value = int(whole)
    return [str(value + 1)] + ([str(value - 1)] if value else [])


def _negated_condition(code, start):
    """`start` is at the bracket behind `if`. The end of the condition, or None where it declares something."""
    depth = 0
    for at in range(start, len(code)):
        depth += (code[at] == "(") - (code[at] == ")")
        if depth == 0:
            inside = code[start + 1 : at]
            return None if ";" in inside or re.search(r"[\w>*&] \w+ = ", inside) else at
    return None


def mutants_of(file, text):
    """All mutants of one file, in the order of their places."""
    code = _blank(text)
    found = []

    def add(kind, start, end, new):
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        line = text[line_start:line_end]
        if QUIET.search(line):
            return
        changed = text[line_start:start] + new + text[end:line_end]
        number = text.count("\n", 0, start) + 1
        found.append(Mutant(kind, file, number, start, end, new, " ".join(line.split()), " ".join(changed.split())))

    for kind, pattern, news in SWAPS:
        for match in re.finditer(pattern, code):
            for new in news:
                add(kind, match.start(), match.end(), new)
    for match in NUMBER.finditer(code):
        for new in _other_numbers(match):
            add("number", match.start(), match.end(), new)
    for match in re.finditer(r"\bif \(", code):
        end = _negated_condition(code, match.end() - 1)
        if end is not None:
            add("condition", match.end() - 1, end + 1, "(!" + text[match.end() - 1 : end + 1] + ")")
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.new))
