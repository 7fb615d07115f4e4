"""Requests that two HTTP programs could frame differently (RFC 9112, 5 to 7). Each carries a further request, HIDDEN,
where a misreading would put it. Own vectors; none is a request that a careful server may take as it stands, and behind
a proxy what arrives is for the proxy to decide, so long as both count the same requests."""

CHUNKS = b"2\r\n{}\r\n0\r\n\r\n"


def head(path: str, trace: str, lines: list[bytes], request: bytes | None = None) -> bytes:
    first = [request or f"POST {path} HTTP/1.1".encode(), b"Host: proxy.example", f"traceparent: {trace}".encode(),
             b"Content-Type: application/json"]
    return b"\r\n".join(first + lines) + b"\r\n\r\n"


def hidden(trace: str) -> bytes:
    return f"GET /version HTTP/1.1\r\nHost: proxy.example\r\ntraceparent: {trace}\r\n\r\n".encode()


# How a Transfer-Encoding has been written so that one program sees it and another does not. Beside a Content-Length each
# is ambiguous.
CODINGS = {
    "plain": b"Transfer-Encoding: chunked",
    "no space": b"Transfer-Encoding:chunked",
    "in capitals": b"TRANSFER-ENCODING: CHUNKED",
    "a tab before it": b"Transfer-Encoding:\tchunked",
    "spaces behind it": b"Transfer-Encoding: chunked  ",
    "a space before the colon": b"Transfer-Encoding : chunked",
    "a tab before the colon": b"Transfer-Encoding\t: chunked",
    "a space before the name": b" Transfer-Encoding: chunked",
    "a tab before the name": b"\tTransfer-Encoding: chunked",
    "a control before the value": b"Transfer-Encoding: \x0bchunked",
    "a control behind the value": b"Transfer-Encoding: chunked\x0b",
    "a form feed before the value": b"Transfer-Encoding: \x0cchunked",
    "a NUL in the value": b"Transfer-Encoding: chunked\x00",
    "a NUL in the name": b"Transfer\x00-Encoding: chunked",
    "a byte above 127": b"Transfer-Encoding: \xffchunked",
    "an underscore": b"Transfer_Encoding: chunked\r\nTransfer-Encoding: chunked",
    "folded": b"Transfer-Encoding:\r\n chunked",
    "folded with a tab": b"Transfer-Encoding:\r\n\tchunked",
    "folded in the middle": b"Transfer-Encoding: chu\r\n nked",
    "behind a bare line feed": b"X-One: 1\nTransfer-Encoding: chunked",
    "behind a bare carriage return": b"X-One: 1\rTransfer-Encoding: chunked",
    "in quotes": b'Transfer-Encoding: "chunked"',
    "in single quotes": b"Transfer-Encoding: 'chunked'",
    "with a parameter": b"Transfer-Encoding: chunked;q=1",
    "after identity": b"Transfer-Encoding: identity, chunked",
    "before identity": b"Transfer-Encoding: chunked, identity",
    "twice in one line": b"Transfer-Encoding: chunked, chunked",
    "in two lines": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "with another line": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
    "behind another line": b"Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
    "misspelt": b"Transfer-Encoding: xchunked",
    "cut short": b"Transfer-Encoding: chunke",
    "with a comma before it": b"Transfer-Encoding: ,chunked",
    "with a comma behind it": b"Transfer-Encoding: chunked,",
    "empty and then": b"Transfer-Encoding:\r\nTransfer-Encoding: chunked",
    "compressed": b"Transfer-Encoding: gzip, chunked",
}

LENGTHS = {
    "two that differ": [b"Content-Length: 2", b"Content-Length: 60"],
    "two that differ, the other way": [b"Content-Length: 60", b"Content-Length: 2"],
    "two that agree": [b"Content-Length: 2", b"Content-Length: 2"],
    "a list": [b"Content-Length: 2, 60"],
    "a list of equals": [b"Content-Length: 2, 2"],
    "a plus": [b"Content-Length: +2"],
    "a minus": [b"Content-Length: -2"],
    "hexadecimal": [b"Content-Length: 0x2"],
    "octal with a letter": [b"Content-Length: 0o2"],
    "an exponent": [b"Content-Length: 2e0"],
    "a point": [b"Content-Length: 2.0"],
    "a space inside": [b"Content-Length: 2 0"],
    "an underscore inside": [b"Content-Length: 2_0"],
    "none at all": [b"Content-Length:"],
    "a letter behind": [b"Content-Length: 2a"],
    "a NUL behind": [b"Content-Length: 2\x00"],
    "beyond 64 bits": [b"Content-Length: 18446744073709551618"],
    "a space before the colon": [b"Content-Length : 2"],
    "folded": [b"Content-Length:\r\n 2"],
    "behind a bare line feed": [b"X-One: 1\nContent-Length: 2"],
    "behind a bare carriage return": [b"X-One: 1\rContent-Length: 2"],
}

CHUNKINGS = {
    "a negative size": b"-2\r\n{}\r\n0\r\n\r\n",
    "a size with a plus": b"+2\r\n{}\r\n0\r\n\r\n",
    "a size with a prefix": b"0x2\r\n{}\r\n0\r\n\r\n",
    "a size with a space before it": b" 2\r\n{}\r\n0\r\n\r\n",
    "a size beyond 64 bits": b"10000000000000002\r\n{}\r\n0\r\n\r\n",
    "a size beyond 32 bits that wraps": b"100000002\r\n{}\r\n0\r\n\r\n",
    "no size": b"\r\n{}\r\n0\r\n\r\n",
    "a size that is no number": b"zz\r\n{}\r\n0\r\n\r\n",
    "a size ended by a bare line feed": b"2\n{}\r\n0\r\n\r\n",
    "a size ended by a bare carriage return": b"2\r{}\r\n0\r\n\r\n",
    "data longer than their size": b"2\r\n{}xx\r\n0\r\n\r\n",
    "data ended by a bare line feed": b"2\r\n{}\n0\r\n\r\n",
    "an extension with a bare line feed": b"2;a\nb\r\n{}\r\n0\r\n\r\n",
    "an extension with a NUL": b"2;a\x00\r\n{}\r\n0\r\n\r\n",
}

REQUEST_LINES = {
    "two spaces": b"POST  {path} HTTP/1.1",
    "a tab for a space": b"POST\t{path} HTTP/1.1",
    "a space before the method": b" POST {path} HTTP/1.1",
    "a space behind the version": b"POST {path} HTTP/1.1 ",
    "a space in the target": b"POST {path} x HTTP/1.1",
    "a control in the target": b"POST {path}\x01 HTTP/1.1",
    "another version": b"POST {path} HTTP/2.0",
    "a version in small letters": b"POST {path} http/1.1",
    "a version cut short": b"POST {path} HTTP/1",
    "no version": b"POST {path}",
    "a bare carriage return in it": b"POST {path}\r HTTP/1.1",
}

HEADERS = {
    "two Host": b"Host: another.example",
    "a Host in the line before, folded": b" Host: another.example",
    "a header without a colon": b"X-One",
    "a header without a name": b": 1",
    "a name with a space": b"X One: 1",
    "a name with a bracket": b"X(One): 1",
    "a NUL in a value": b"X-One: a\x00b",
    "a bare carriage return in a value": b"X-One: a\rX-Two: b",
}


def corpus(path: str, outer: str, inner: str) -> dict[str, bytes]:
    """By name; traces mark the visible and the hidden request."""
    behind = hidden(inner)
    requests = {}
    for why, line in CODINGS.items():
        # Read by its length the body ends before the hidden request; read in chunks it holds it, and the other way round.
        whole = b"%x\r\n" % len(behind) + behind + b"\r\n0\r\n\r\n"
        requests[f"length, then coding: {why}"] = head(path, outer, [b"Content-Length: %d" % len(CHUNKS), line]) + CHUNKS + behind
        requests[f"coding, then length: {why}"] = head(path, outer, [line, b"Content-Length: %d" % (whole.index(b"\n") + 1)]) + whole
    for why, lines in LENGTHS.items():
        requests[f"length: {why}"] = head(path, outer, lines) + b"{}" + behind
    for why, chunks in CHUNKINGS.items():
        requests[f"chunks: {why}"] = head(path, outer, [b"Transfer-Encoding: chunked"]) + chunks + behind
    for why, line in REQUEST_LINES.items():
        requests[f"request line: {why}"] = head(path, outer, [b"Content-Length: 2"], line.replace(b"{path}", path.encode())) + b"{}" + behind
    for why, line in HEADERS.items():
        requests[f"header: {why}"] = head(path, outer, [line, b"Content-Length: 2"]) + b"{}" + behind
    return requests
