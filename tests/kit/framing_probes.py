"""Requests that a proxy and a service could frame differently (RFC 9112, 5 to 7), and heads that never end.

Each carries a further request where a misreading would put it. One answer and a closed connection mean that the service
read no second request out of the first."""

import time

from calls import Calls
from probe import CLIENT_FAULT, Probe
from wire import Seen

REFUSED = CLIENT_FAULT | {501, 505}


def smuggling(calls: Calls) -> list[Probe]:
    service, path = calls.service, calls.path()
    smuggled = service.head("GET", service.root, [])
    kind = "Content-Type: application/json"

    def sent(lines: list[str], body: bytes = b"", **head) -> bytes:
        return service.head("POST", path, [kind] + calls.authorization(path) + lines, **head) + body + smuggled

    chunks = b"2\r\n{}\r\n0\r\n\r\n"
    requests = {
        "Content-Length and Transfer-Encoding": sent(["Content-Length: 4", "Transfer-Encoding: chunked"], chunks),
        "Transfer-Encoding and Content-Length": sent(["Transfer-Encoding: chunked", "Content-Length: 4"], chunks),
        "two different Content-Length": sent(["Content-Length: 2", "Content-Length: 40"], b"{}"),
        "two equal Content-Length": sent(["Content-Length: 2", "Content-Length: 2"], b"{}"),
        "a list in Content-Length": sent(["Content-Length: 2, 40"], b"{}"),
        "Content-Length with a plus sign": sent(["Content-Length: +2"], b"{}"),
        "a negative Content-Length": sent(["Content-Length: -1"], b"{}"),
        "a hexadecimal Content-Length": sent(["Content-Length: 0x2"], b"{}"),
        "an empty Content-Length": sent(["Content-Length:"], b"{}"),
        "Content-Length with a space inside": sent(["Content-Length: 2 0"], b"{}"),
        "white space before the colon": sent(["Content-Length : 2"], b"{}"),
        "a folded header": sent(["X-Fold: a\r\n b", "Content-Length: 2"], b"{}"),
        "a folded Transfer-Encoding": sent(["Transfer-Encoding:\r\n chunked"], chunks),
        "a first header line that is folded": sent([" Content-Length: 2"], b"{}", host=False),
        "an unknown transfer coding": sent(["Transfer-Encoding: xchunked"], chunks),
        "chunked twice": sent(["Transfer-Encoding: chunked, chunked"], chunks),
        "chunked before identity": sent(["Transfer-Encoding: chunked, identity"], chunks),
        "two Transfer-Encoding": sent(["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], chunks),
        "a transfer coding behind a tab and a letter": sent(["Transfer-Encoding: \x0bchunked"], chunks),
        "a transfer coding in quotes": sent(['Transfer-Encoding: "chunked"'], chunks),
        "a negative chunk size": sent(["Transfer-Encoding: chunked"], b"-2\r\n{}\r\n0\r\n\r\n"),
        "a chunk size with a prefix": sent(["Transfer-Encoding: chunked"], b"0x2\r\n{}\r\n0\r\n\r\n"),
        "a chunk size beyond 64 bits": sent(["Transfer-Encoding: chunked"], b"10000000000000002\r\n{}\r\n0\r\n\r\n"),
        "a chunk longer than its size": sent(["Transfer-Encoding: chunked"], b"2\r\n{}xx\r\n0\r\n\r\n"),
        "two Host": sent(["Host: kit.example", "Content-Length: 2"], b"{}"),
        "no Host": sent(["Content-Length: 2"], b"{}", host=False),
        "a bare carriage return in a value": sent(["X-Kit: a\rX: b", "Content-Length: 2"], b"{}"),
        "a bare line feed in a value": sent(["X-Kit: a\nTransfer-Encoding: chunked", "Content-Length: 2"], b"{}"),
        "a NUL in a value": sent(["X-Kit: a\0b", "Content-Length: 2"], b"{}"),
        "a NUL in a name": sent(["X-K\0it: a", "Content-Length: 2"], b"{}"),
        "a header without a colon": sent(["X-Kit", "Content-Length: 2"], b"{}"),
        "an empty header name": sent([": a", "Content-Length: 2"], b"{}"),
        "two spaces in the request line": b"POST  " + path.encode() + b" HTTP/1.1\r\nHost: kit\r\n\r\n" + smuggled,
        "HTTP/0.9": b"GET " + service.root.encode() + b"\r\n\r\n" + smuggled,
        "HTTP/2.0 in the request line": b"GET " + service.root.encode() + b" HTTP/2.0\r\nHost: kit\r\n\r\n" + smuggled,
        "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a TLS handshake in plain text" if not service.tls else "bytes that are no HTTP": b"\x16\x03\x01\x00\xa5\x01\x00" * 9 + b"\r\n\r\n",
    }
    return [Probe(f"framing: {why}", lambda data=data: service.send(data), REFUSED, closes=True, may_close_unanswered=True)
            for why, data in requests.items()]


def large_heads(calls: Calls) -> list[Probe]:
    service, path = calls.service, calls.path()
    refused = frozenset({400, 413, 414, 431})

    def get(lines: list[str], target: str | None = None) -> Seen:
        return service.send(service.head("GET", target or service.root, lines))

    return [
        Probe("head: one header of 1 MB", lambda: get(["X-Kit: " + "a" * 1_000_000]), refused, {431}, closes=True,
              may_close_unanswered=True),
        Probe("head: 10,000 headers", lambda: get([f"X-Kit-{number}: a" for number in range(10_000)]), refused, {431},
              closes=True, may_close_unanswered=True),
        Probe("head: an address of 100 KB", lambda: get([], path + "/" + "a" * 100_000), refused | {404}, {414, 431},
              may_close_unanswered=True),
        Probe("head: a header that never ends", lambda: service.send(
            *[b"GET " + service.root.encode() + b" HTTP/1.1\r\nX-Kit: "] + [b"a" * 65_536] * 64, pause=0.001),
            refused, {431}, closes=True, may_close_unanswered=True),
    ]


def slow(calls: Calls) -> list[Probe]:
    """Run beside each other by the kit: each needs as long as the service allows."""
    service, path = calls.service, calls.path()
    head = service.head("GET", service.root, ["X-Kit: slow"])
    lines = ["Content-Type: application/json", "Content-Length: 1000"] + calls.authorization(path)
    post = service.head("POST", path, lines)

    def drip(first: bytes, rest: bytes) -> Seen:
        """A byte a second: a service that counts the time since the last byte never ends this."""
        begin = time.monotonic()
        pieces = [first] + [rest[at:at + 1] for at in range(len(rest))]
        seen = service.send(*pieces, wait=service.patience, pause=1.0)
        seen.seconds = time.monotonic() - begin
        return seen

    def silent() -> Seen:
        return service.send(b"", wait=service.patience)

    ended = frozenset({400, 408, 413})
    common = {"closes": True, "may_close_unanswered": True}
    return [
        Probe("slow: a connection that sends nothing", silent, ended, **common),
        Probe("slow: half a request line", lambda: service.send(b"GET /cds", wait=service.patience), ended, **common),
        Probe("slow: a head, a byte a second", lambda: drip(head[:10], head[10:-2] + b"a" * 200), ended, **common),
        Probe("slow: a body that does not come", lambda: service.send(post, wait=service.patience), ended, {408}, **common),
        Probe("slow: a body, a byte a second", lambda: drip(post + b"{", b" " * 999), ended, {408}, **common),
    ]


def probes(calls: Calls) -> list[Probe]:
    return smuggling(calls) + large_heads(calls)
