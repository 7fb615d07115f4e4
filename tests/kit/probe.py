"""What a probe is, and how what was seen is judged."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from calls import Calls
from wire import Seen

CLIENT_FAULT = frozenset(range(400, 500))
NOT_HERE = frozenset({400, 404, 405, 410})
# What an error must not show, whoever wrote the service: stack traces and file names.
LEAKS = re.compile(rb"Traceback \(most recent|\bat [\w.$]+\([\w]+\.java:\d+\)|\bat .*\(/.*\.js:\d+|"
                   rb"std::|terminate called|/usr/(src|lib)/|/home/\w+/|Segmentation|SQLSTATE", re.I)


@dataclass
class Probe:
    """One thing sent to the service, and what a careful service answers.

    `any` holds for every CDS Hooks service; `strict` is what this project's own service promises (src/http, src/cdshooks).
    """

    name: str
    send: Callable[[], Seen]
    any: Iterable[int] = CLIENT_FAULT
    strict: Iterable[int] = ()
    closes: bool = False        # the connection must not go on
    may_close_unanswered: bool = False
    within: float = 0.0         # seconds; 0: the patience of the run
    forbidden: list[bytes] = field(default_factory=list)  # never in an answer
    also: Callable[[Seen], str] | None = None  # a fault in words, or ""


def fault(probe: Probe, strict: bool, patience: float) -> str:
    """Why the probe failed; empty when it passed."""
    seen = probe.send()
    if seen.failure:
        return seen.failure
    allowed = frozenset(probe.strict) if strict and probe.strict else frozenset(probe.any)
    if not seen.answers:
        return "" if probe.may_close_unanswered and seen.closed else f"an answer was expected: {seen.in_words()}"
    if len(seen.answers) > 1:
        return f"one answer was expected: {seen.in_words()}"
    if seen.status not in allowed:
        return f"{in_words(allowed)} was expected: {seen.in_words()}"
    if probe.closes and not seen.closed:
        return f"the connection had to be closed: {seen.in_words()}"
    if seen.seconds > (probe.within or patience):
        return f"too slow: {seen.in_words()}"
    return shown(probe, seen) or (probe.also(seen) if probe.also else "")


def shown(probe: Probe, seen: Seen) -> str:
    """What an answer shows that it must not."""
    answer = seen.answers[0]
    for text in probe.forbidden:
        if text in answer.body:
            return f"the answer ({answer.status}) shows what it must not: {text.decode('latin-1')!r}"
    if answer.status >= 400:
        if Calls.canary.encode() in answer.body:
            return f"the error ({answer.status}) repeats data of the patient"
        leak = LEAKS.search(answer.body)
        if leak:
            return f"the error ({answer.status}) shows the inside of the program: {leak.group().decode('latin-1')!r}"
    return ""


def in_words(statuses: frozenset[int]) -> str:
    if statuses == CLIENT_FAULT:
        return "4xx"
    return " or ".join(str(status) for status in sorted(statuses)[:8])
