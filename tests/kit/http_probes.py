"""Paths that try to leave the service, methods and media types that it does not have, pages of other origins."""

from calls import Calls
from probe import CLIENT_FAULT, NOT_HERE, Probe
from wire import Seen


def paths(calls: Calls) -> list[Probe]:
    root, name = calls.service.root, calls.path().rsplit("/", 1)[1]
    targets = [
        f"{root}/../../../../etc/passwd", f"{root}/..%2f..%2f..%2f..%2fetc%2fpasswd", f"{root}/%2e%2e/%2e%2e/etc/passwd",
        f"{root}/..%252f..%252fetc%252fpasswd", f"{root}/..\\..\\etc\\passwd", f"{root}/..%5c..%5cetc%5cpasswd",
        f"{root}/%c0%ae%c0%ae%c0%afetc/passwd", f"{root}/..%2fadmin", f"{root}/{name}%00", f"{root}/{name}%00.json",
        f"{root}/{name};a=b", f"{root}/{name}/", f"{root}//{name}", f"{root}/./{name}", f"{root}/{name}/feedback/feedback",
        f"{root}/{name}%2ffeedback", f"{root}/%ff%fe", f"{root}/{name}%", f"{root}/{name}%zz", f"{root}/${{jndi:ldap://a}}",
        f"{root}/' OR 1=1--", f"{root}/<script>", f"{root}/{'a' * 5000}", f"{root}/no-such-service", "/etc/passwd",
        "//etc/passwd", "/.git/config", "/.env", "/cds-services.json.bak", "*",
    ]
    # A redirect to the same place in order is allowed to others; the strict service never redirects.
    others = NOT_HERE | {301, 308, 403, 414}
    own = NOT_HERE | {414}
    body = calls.text()
    found = [Probe(f"path: {shortened(target)}",
                   lambda target=target: calls.post(body, target, token_for=calls.path()), others, own,
                   forbidden=[b"root:", b"[core]"]) for target in targets if " " not in target]
    found.append(Probe("path: an absolute address of another host", lambda: calls.service.send(
        calls.service.head("GET", "http://kit.example/latest/meta-data/", [])), others, own))
    return found


def shortened(text: str) -> str:
    return text if len(text) < 80 else f"{text[:40]}… ({len(text)} characters)"


def methods(calls: Calls) -> list[Probe]:
    service, path = calls.service, calls.path()

    def ask(method: str, target: str) -> Seen:
        return service.send(service.head(method, target, ["Content-Length: 0", "Connection: close", "X-Kit-Secret: trace-canary"]))

    def allow(seen: Seen) -> str:
        needed = seen.status == 405 and not seen.answers[0].header("allow")
        return "405 has to name the methods that are allowed (RFC 9110, 15.5.6)" if needed else ""

    rows = [(method, path) for method in ("GET", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "post")]
    rows += [(method, service.root) for method in ("POST", "PUT", "DELETE", "TRACE")] + [("CONNECT", "kit.example:443")]
    refused = CLIENT_FAULT | {501}
    return [Probe(f"method: {method} {target}", lambda method=method, target=target: ask(method, target), refused,
                  {400, 405} if method in ("CONNECT", "post") else {405}, forbidden=[b"trace-canary"], also=allow)
            for method, target in rows]


def media_types(calls: Calls) -> list[Probe]:
    body = calls.text()
    kinds = {
        "none": [], "text/plain": ["Content-Type: text/plain"], "application/xml": ["Content-Type: application/xml"],
        "a form": ["Content-Type: application/x-www-form-urlencoded"],
        "multipart": ["Content-Type: multipart/form-data; boundary=x"],
        "FHIR XML": ["Content-Type: application/fhir+xml"],
        "Latin 1": ["Content-Type: application/json; charset=iso-8859-1"],
        "UTF-16": ["Content-Type: application/json; charset=utf-16"],
        "two of them": ["Content-Type: application/json", "Content-Type: text/html"],
        "a content coding that is unknown": ["Content-Type: application/json", "Content-Encoding: kit"],
    }
    return [Probe(f"media type: {why}", lambda lines=lines: calls.post(body, lines=lines), CLIENT_FAULT, {400, 415})
            for why, lines in kinds.items()]


def origins(calls: Calls) -> list[Probe]:
    service, path = calls.service, calls.path()

    def preflight(origin: str) -> Seen:
        lines = [f"Origin: {origin}", "Access-Control-Request-Method: POST", "Content-Length: 0", "Connection: close",
                 "Access-Control-Request-Headers: authorization, content-type"]
        return service.send(service.head("OPTIONS", path, lines))

    def credentials(seen: Seen) -> str:
        allowed = seen.answers[0].header("access-control-allow-origin")
        if seen.answers[0].header("access-control-allow-credentials").lower() == "true" and allowed:
            return f"any page may call with the user's credentials (allowed origin: {allowed})"
        return "the origin null is allowed by name" if allowed == "null" else ""

    return [Probe(f"origin: {origin}", lambda origin=origin: preflight(origin),
                  CLIENT_FAULT | {200, 204}, also=credentials)
            for origin in ("https://evil.example", "null", "https://evil.example\tx", "file://")]


def probes(calls: Calls) -> list[Probe]:
    return paths(calls) + methods(calls) + media_types(calls) + origins(calls)
