"""A CDS Hooks service that checks nothing, so that the kit can be seen to fail. Prints its port; loopback only."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DISCOVERY = {"services": [{"hook": "patient-view", "id": "careless", "description": "Checks nothing",
                           "prefetch": {"patient": "Patient/{{context.patientId}}",
                                        "conditions": "Condition?patient={{context.patientId}}"}}]}


class Careless(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
        self.send_header("Access-Control-Allow-Credentials", "true")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.answer(200, json.dumps(DISCOVERY).encode())

    do_OPTIONS = do_GET

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            json.loads(body)
            self.answer(200, b'{"cards": []}')
        except (ValueError, RecursionError):
            self.answer(400, b"Traceback (most recent call last): " + body)

    do_PUT = do_TRACE = do_POST

    def log_message(self, *_) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
print(server.server_port, flush=True)
server.serve_forever()
