"""Calls that are JSON and wrong: another patient's data, an envelope that is not one, tokens that prove nothing."""

import json
import time

from calls import Calls
from probe import CLIENT_FAULT, Probe
from wire import Seen


def other_patient(calls: Calls) -> list[Probe]:
    """No card may be made of two patients. `any` accepts a refusal only: an empty answer would read as "nothing found"."""
    other = Calls.other
    condition = {"resourceType": "Condition", "id": "kit-condition",
                 "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                 "code": {"text": "Kit"}}
    found: list[Probe] = []

    def add(why: str, change, hook: str | None = None) -> None:
        found.append(Probe(f"patient: {why}", lambda: calls.altered(change, hook), CLIENT_FAULT, {400},
                           forbidden=[other.encode(), b'"cards"']))

    key = calls.key_of("Patient/")
    if key:
        add("the Patient of the prefetch is another", lambda request: request["prefetch"][key].update(id=other))
        add("the Patient's id begins like the right one",
            lambda request: request["prefetch"][key].update(id=Calls.patient + "1"))
    conditions = calls.key_of("Condition?")
    if conditions:
        for why, subject in {
            "a Condition of another": {"reference": f"Patient/{other}"},
            "a Condition under another server": {"reference": f"https://other.example/fhir/Patient/{Calls.patient}"},
            "a Condition whose subject has another case": {"reference": f"patient/{Calls.patient}"},
        }.items():
            entry = [{"resource": {**condition, "subject": subject}}]
            add(why, lambda request, entry=entry: request["prefetch"][conditions].update(entry=entry, total=1))
    if calls.order_hook:
        add("a drafted order of another", lambda request: request["context"]["draftOrders"].update(
            entry=[{"resource": calls.order(other)}]), calls.order_hook)
    add("a token for another", lambda request: request.update(fhirServer="https://fhir.kit.example/r4", fhirAuthorization={
        "access_token": "kit-token", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.read",
        "subject": "kit", "patient": other}))
    return found


def envelope(calls: Calls) -> list[Probe]:
    found: list[Probe] = []

    def add(why: str, change, strict=frozenset({400})) -> None:
        found.append(Probe(f"envelope: {why}", lambda: calls.altered(change), CLIENT_FAULT, strict))

    for member in ("hook", "hookInstance", "context"):
        add(f"no {member}", lambda request, member=member: request.pop(member))
        add(f"{member} is a number", lambda request, member=member: request.update({member: 5}))
    add("the hook of no service", lambda request: request.update(hook="kit-hook"))
    add("hookInstance is no UUID", lambda request: request.update(hookInstance="kit"))
    for member in ("userId", "patientId"):
        add(f"no {member}", lambda request, member=member: request["context"].pop(member))
        add(f"{member} is a list", lambda request, member=member: request["context"].update({member: ["a"]}))
        add(f"{member} is empty", lambda request, member=member: request["context"].update({member: ""}))
    add("patientId is a path", lambda request: request["context"].update(patientId="../../Patient/1"))
    add("patientId has a line break", lambda request: request["context"].update(patientId="1\r\nX-Kit: 1"))
    add("patientId of 100 KB", lambda request: request["context"].update(patientId="a" * 100_000))
    add("prefetch is a list", lambda request: request.update(prefetch=[]))
    add("fhirAuthorization is a text", lambda request: request.update(fhirAuthorization="Bearer kit"))
    return found


def feedback(calls: Calls) -> list[Probe]:
    path = calls.path() + "/feedback"
    card = {"card": "5e0a1ae8-06b2-4e7e-9d4e-0d1c1d6d2c11", "outcome": "overridden",
            "outcomeTimestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
    bodies = {
        "no feedback": {}, "feedback is a text": {"feedback": "kit"}, "an unknown outcome": {"feedback": [{**card, "outcome": "kit"}]},
        "no outcomeTimestamp": {"feedback": [{"card": card["card"], "outcome": "overridden"}]},
        "accepted without what was accepted": {"feedback": [{**card, "outcome": "accepted"}]},
        "10,000 items": {"feedback": [card] * 10_000},
        "a comment of 1 MB": {"feedback": [{**card, "overrideReason": {"userComment": "a" * 1_000_000}}]},
    }
    return [Probe(f"feedback: {why}", lambda body=body: calls.post(json.dumps(body), path), CLIENT_FAULT, {400, 413})
            for why, body in bodies.items()]


def tokens(calls: Calls) -> list[Probe]:
    """For services that want tokens only. All refusals must look the same (RFC 6750; best practices of CDS Hooks)."""
    service, path, now = calls.service, calls.path(), int(time.time())
    claims = {"iss": "https://kit.example", "aud": service.url(path), "iat": now, "exp": now + 300, "jti": "kit"}
    unsigned = Calls.unsigned_token
    values = {
        "no token": [], "an empty one": ["Authorization: Bearer "], "not a token": ["Authorization: Bearer kit"],
        "Basic": ["Authorization: Basic a2l0OmtpdA=="],
        "alg none": ["Authorization: Bearer " + unsigned({"alg": "none", "typ": "JWT"}, claims)],
        "alg nOnE": ["Authorization: Bearer " + unsigned({"alg": "nOnE", "typ": "JWT"}, claims)],
        "HS256": ["Authorization: Bearer " + unsigned({"alg": "HS256", "typ": "JWT", "kid": "a"}, claims, "AAAA")],
        "ES384 with an empty signature": ["Authorization: Bearer " + unsigned({"alg": "ES384", "typ": "JWT", "kid": "a"}, claims)],
        "a kid that is a path": ["Authorization: Bearer " + unsigned({"alg": "ES384", "typ": "JWT", "kid": "../../etc/passwd"}, claims, "AAAA")],
        "keys of an unknown host": ["Authorization: Bearer " + unsigned(
            {"alg": "ES384", "typ": "JWT", "kid": "a", "jku": "http://127.0.0.1:9/jwks"}, claims, "AAAA")],
        "8 KB and more": ["Authorization: Bearer " + "a" * 9_000],
    }
    body = calls.text()
    first: list[bytes] = []

    def ask(lines: list[str]) -> Seen:
        data = body.encode()
        return service.send(service.head("POST", path, ["Content-Type: application/json", "Connection: close",
                                                        f"Content-Length: {len(data)}"] + lines) + data)

    def same(seen: Seen) -> str:
        first.append(seen.answers[0].body)
        if not seen.answers[0].header("www-authenticate"):
            return "401 has to say how to authenticate (RFC 9110, 15.5.2)"
        return "" if first[-1] == first[0] else "refusals differ, which tells a forger what was wrong"

    refused = [Probe(f"token: {why}", lambda lines=lines: ask(lines), {401}, also=same) for why, lines in values.items()]

    def twice() -> Seen:
        lines = calls.authorization(path)
        ask(lines)
        return ask(lines)

    refused.append(Probe("token: used a second time", twice, {401}))
    return refused


def probes(calls: Calls) -> list[Probe]:
    found = other_patient(calls) + envelope(calls) + feedback(calls)
    return found + (tokens(calls) if calls.token_command else [])
