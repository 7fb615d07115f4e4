"""Bodies that are no JSON, that two readers could read in two ways, or that are made to exhaust a parser."""

import gzip

from calls import Calls
from probe import CLIENT_FAULT, Probe

REFUSED = frozenset({400})
ENDURED = CLIENT_FAULT | {200}  # refused, or read in good time: nothing in between


def malformed(calls: Calls) -> list[Probe]:
    valid = calls.text()
    name = f'"{Calls.canary}"'

    def put(text: str) -> bytes:
        return valid.replace(name, text, 1).encode("utf-8", "surrogatepass")

    bodies = {
        "an empty body": b"",
        "white space only": b" \r\n\t ",
        "an object that does not end": b"{",
        "a call cut in half": valid[: len(valid) // 2].encode(),
        "a byte behind the call": valid.encode() + b"x",
        "a second call behind the first": (valid + valid).encode(),
        "a byte order mark": b"\xef\xbb\xbf" + valid.encode(),
        "UTF-16": valid.encode("utf-16"),
        "a trailing comma": valid.rstrip("}").encode() + b"}},}",
        "a comment": valid.replace("{", "{/* x */", 1).encode(),
        "single quotes": valid.replace('"', "'").encode(),
        "NaN": put("NaN"),
        "Infinity": put("-Infinity"),
        "a number with a plus sign": put("+1"),
        "a number with a leading zero": put("01"),
        "a number beyond every double": put("1e400"),
        "a raw NUL in a text": put('"a\x00b"'),
        "an escaped NUL in a text": put('"a\\u0000b"'),
        "a raw line break in a text": put('"a\nb"'),
        "a lone high surrogate": put('"\\ud800"'),
        "a lone low surrogate": put('"\\udc00"'),
        "an overlong encoding": valid.encode().replace(Calls.canary.encode(), b"\xc0\xaf"),
        "an encoded surrogate": valid.encode().replace(Calls.canary.encode(), b"\xed\xa0\x80"),
        "a byte sequence that is no UTF-8": valid.encode().replace(Calls.canary.encode(), b"\xc3\x28"),
        "an array": f"[{valid}]".encode(),
        "a text": b'"order-sign"',
        "a number": b"5",
        "null": b"null",
        "HTML": b"<html><body>Log in</body></html>",
        "XML with an external entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    }
    return [Probe(f"body: {why}", lambda body=body: calls.post(body), strict=REFUSED, forbidden=[b"root:"])
            for why, body in bodies.items()]


def ambiguous(calls: Calls) -> list[Probe]:
    valid = calls.text()
    bodies = {
        "the hook": valid.replace('"hook":', '"hook": "order-sign", "hook":', 1),
        "the patient of the context": valid.replace('"patientId":', f'"patientId": "{Calls.other}", "patientId":', 1),
        "a member of a resource": valid.replace('"gender":', '"gender": "male", "gender":', 1),
        "a member spelt with an escape": valid.replace('"gender":', '"g\\u0065nder": "male", "gender":', 1),
        "the id of a resource": valid.replace('"resourceType": "Patient"',
                                              f'"id": "{Calls.other}", "resourceType": "Patient"', 1),
    }
    return [Probe(f"named twice: {why}", lambda body=body: calls.post(body), strict=REFUSED)
            for why, body in bodies.items()]


def bombs(calls: Calls) -> list[Probe]:
    def unknown(text: str) -> bytes:
        return calls.text().replace('"prefetch":', f'"extension": {{"kit.example": {text}}}, "prefetch":', 1).encode()

    def nested(opening: str, closing: str, levels: int) -> str:
        return opening * levels + "1" + closing * levels

    keys = ",".join(f'"k{number}":1' for number in range(150_000))
    probes = [
        Probe("bomb: 65 levels", lambda: calls.post(unknown(nested("[", "]", 63))), ENDURED, REFUSED),
        Probe("bomb: 100,000 arrays in each other", lambda: calls.post(unknown(nested("[", "]", 100_000))), strict=REFUSED),
        Probe("bomb: 100,000 objects in each other",
              lambda: calls.post(unknown(nested('{"a":', "}", 100_000))), strict=REFUSED),
        Probe("bomb: a million opening brackets", lambda: calls.post(b"[" * 1_000_000), strict=REFUSED),
        Probe("bomb: one name 100,000 times", lambda: calls.post(unknown("{" + ",".join(['"a":1'] * 100_000) + "}")),
              ENDURED, REFUSED),
        Probe("bomb: 150,000 different names", lambda: calls.post(unknown("{" + keys + "}")), ENDURED),
        Probe("bomb: a million array entries", lambda: calls.post(unknown("[" + "0," * 999_999 + "0]")), ENDURED),
        Probe("bomb: a number of a million digits", lambda: calls.post(unknown("1" * 1_000_000)), ENDURED, REFUSED),
        Probe("bomb: a million digits behind the point", lambda: calls.post(unknown("0." + "3" * 1_000_000)), ENDURED),
        Probe("bomb: a text of two million escapes", lambda: calls.post(unknown('"' + "\\u0041" * 333_000 + '"')), ENDURED),
        Probe("bomb: 2,000 contained resources", lambda: calls.altered(contain_many), ENDURED),
        Probe("bomb: references that run in a circle", lambda: calls.altered(refer_in_a_circle), ENDURED),
        Probe("bomb: a compressed body of 50 MB", lambda: calls.post(
            gzip.compress(bytes(50_000_000)), lines=["Content-Type: application/json", "Content-Encoding: gzip"]),
            strict={415}),
    ]
    return probes


def contain_many(request: dict) -> None:
    for resource in request["prefetch"].values():
        if resource.get("resourceType") == "Patient":
            resource["contained"] = [{"resourceType": "Basic", "id": f"c{number}"} for number in range(2_000)]


def refer_in_a_circle(request: dict) -> None:
    """Organizations of the patient that name each other, and a Bundle whose entries do."""
    for resource in request["prefetch"].values():
        if resource.get("resourceType") == "Patient":
            resource["managingOrganization"] = {"reference": "#a"}
            resource["contained"] = [
                {"resourceType": "Organization", "id": "a", "partOf": {"reference": "#b"}},
                {"resourceType": "Organization", "id": "b", "partOf": {"reference": "#a"}}]


def oversize(calls: Calls) -> list[Probe]:
    service, path = calls.service, calls.path()

    def declared(length: str):
        lines = ["Content-Type: application/json", f"Content-Length: {length}"] + calls.authorization(path)
        return service.send(service.head("POST", path, lines) + b'{"hook": "')

    def chunked():
        lines = ["Content-Type: application/json", "Transfer-Encoding: chunked"] + calls.authorization(path)
        chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        return service.send(service.head("POST", path, lines), *[chunk] * 128, pause=0.001)

    too_large = frozenset({400, 411, 413})
    return [
        Probe("oversize: 10 GB declared, none of it sent", lambda: declared("10000000000"), too_large, {413}, closes=True),
        Probe("oversize: a length beyond 64 bits", lambda: declared("18446744073709551616"), too_large, {400, 413}, closes=True),
        Probe("oversize: 128 MB in chunks", chunked, too_large, {413}, closes=True, may_close_unanswered=True),
    ]


def probes(calls: Calls) -> list[Probe]:
    return malformed(calls) + ambiguous(calls) + bombs(calls) + oversize(calls)
