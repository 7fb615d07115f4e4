"""Bytes to a service and back, below any HTTP library, so that what no library would send can be sent."""

import socket
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Answer:
    """One HTTP answer. status 0: what came was no HTTP answer."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key == name.lower())


@dataclass
class Seen:
    """All that came over one connection."""

    answers: list[Answer]
    closed: bool      # by the service; False: it was still open when the kit stopped waiting
    seconds: float    # from the first byte sent until the kit stopped listening
    failure: str = ""  # why there was no exchange: the connection was refused, TLS failed

    @property
    def status(self) -> int:
        return self.answers[0].status if self.answers else 0

    def in_words(self) -> str:
        if self.failure:
            return self.failure
        statuses = " then ".join(str(answer.status) for answer in self.answers) or "no answer"
        return f"{statuses}, {'closed' if self.closed else 'kept open'}, {self.seconds:.1f} s"


class Service:
    """Where the service is: {base}/cds-services, over http or https."""

    def __init__(self, url: str, patience: float, trust: str | None = None, insecure: bool = False):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an http or https URL is needed")
        self.tls = parts.scheme == "https"
        self.host = parts.hostname
        self.port = parts.port or (443 if self.tls else 80)
        self.authority = parts.netloc.rpartition("@")[2]
        path = parts.path.rstrip("/")
        self.root = path if path.endswith("/cds-services") else path + "/cds-services"
        self.patience = patience
        self.context = ssl.create_default_context(cafile=trust) if self.tls else None
        if self.context and insecure:
            self.context.check_hostname = False
            self.context.verify_mode = ssl.CERT_NONE

    def connect(self) -> socket.socket:
        plain = socket.create_connection((self.host, self.port), timeout=self.patience)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.context.wrap_socket(plain, server_hostname=self.host) if self.context else plain

    def url(self, path: str) -> str:
        return f"{'https' if self.tls else 'http'}://{self.authority}{path}"

    def head(self, method: str, target: str, lines: list[str], host: bool = True) -> bytes:
        """A request head; the lines are sent as they are."""
        all_lines = [f"{method} {target} HTTP/1.1"] + ([f"Host: {self.authority}"] if host else []) + lines
        return ("\r\n".join(all_lines) + "\r\n\r\n").encode("latin-1")

    def send(self, *pieces: bytes, wait: float | None = None, pause: float = 0.0) -> Seen:
        """Sends the pieces over a connection of its own and reads until the service closes, or, after a complete
        answer, has been silent for a moment. Sending stops when the service answers or closes."""
        begin = time.monotonic()
        deadline = begin + (self.patience if wait is None else wait)
        try:
            connection = self.connect()
        except OSError as error:
            return Seen([], False, time.monotonic() - begin, f"no connection: {error}")
        received, closed = bytearray(), False
        with connection:
            try:
                for number, piece in enumerate(pieces):
                    if number and pause and self._came(connection, received, pause):
                        break
                    connection.settimeout(self.patience)
                    connection.sendall(piece)
                    if time.monotonic() > deadline:
                        break
            except OSError:
                pass  # the service stopped reading; its answer may be there all the same
            closed = self._listen(connection, received, deadline)
        return Seen(split_answers(bytes(received), pieces[0].startswith(b"HEAD")), closed, time.monotonic() - begin)

    @staticmethod
    def _came(connection: socket.socket, received: bytearray, seconds: float) -> bool:
        connection.settimeout(seconds)
        try:
            data = connection.recv(65536)
        except TimeoutError:
            return False
        except OSError:
            return True
        received += data
        return True

    @staticmethod
    def _listen(connection: socket.socket, received: bytearray, deadline: float) -> bool:
        silence = 1.0  # seconds after an answer in which a second one would come
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            connection.settimeout(min(left, silence) if is_complete(bytes(received)) else left)
            try:
                data = connection.recv(65536)
            except TimeoutError:
                if is_complete(bytes(received)):
                    return False
                continue
            except OSError:
                return True  # reset
            if not data:
                return True
            received += data
            if len(received) > 64 * 1024 * 1024:
                return False


def is_complete(data: bytes) -> bool:
    answers = split_answers(data, False)
    return bool(answers) and answers[-1].status != 0 and not answers[-1].header("x-kit-cut")


def split_answers(data: bytes, to_head_request: bool) -> list[Answer]:
    """The answers in what a service sent. One that is cut off has the header x-kit-cut."""
    answers = []
    while data:
        head, separator, rest = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ", 2)
        if not words[0].startswith("HTTP/1.") or len(words) < 2 or not words[1].isdigit():
            answers.append(Answer(0, [], data))
            break
        answer = Answer(int(words[1]))
        for line in lines[1:]:
            name, _, value = line.partition(":")
            answer.headers.append((name.strip().lower(), value.strip()))
        if not separator:
            answer.headers.append(("x-kit-cut", "head"))
            answers.append(answer)
            break
        data = rest if to_head_request or answer.status in (204, 304) else take_body(answer, rest)
        if answer.status != 100:
            answers.append(answer)
    return answers


def take_body(answer: Answer, rest: bytes) -> bytes:
    """Moves the body into the answer and gives back what follows it."""
    if "chunked" in answer.header("transfer-encoding").lower():
        while True:
            size, separator, rest = rest.partition(b"\r\n")
            try:
                length = int(size.split(b";")[0], 16)
            except ValueError:
                length = -1
            if not separator or length < 0 or len(rest) < length + 2:
                answer.headers.append(("x-kit-cut", "chunk"))
                return b""
            answer.body += rest[:length]
            rest = rest[length + 2:]
            if length == 0:
                return rest
    if answer.header("content-length").isdigit():
        length = int(answer.header("content-length"))
        answer.body = rest[:length]
        if len(rest) < length:
            answer.headers.append(("x-kit-cut", "body"))
        return rest[length:]
    answer.body = rest
    return b""
