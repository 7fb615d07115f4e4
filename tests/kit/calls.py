"""Valid calls for the service under test, made from what its discovery says."""

import base64
import copy
import json
import subprocess
import uuid

from wire import Seen, Service

HOOKS = ("patient-view", "order-select", "order-sign")


class Calls:
    canary = "Canary-7f3a-Quux"  # the family name of every patient that is sent; no error may repeat it
    patient = "kit-patient-1"
    other = "kit-patient-2"

    def __init__(self, service: Service, token_command: str | None):
        self.service = service
        self.token_command = token_command
        self.services = self._discover()

    def _discover(self) -> dict[str, dict]:
        seen = self.service.send(self.service.head("GET", self.service.root, self.authorization(self.service.root)))
        if seen.status != 200:
            raise RuntimeError(f"discovery at {self.service.url(self.service.root)}: {seen.in_words()}")
        found: dict[str, dict] = {}
        for entry in json.loads(seen.answers[0].body)["services"]:
            found.setdefault(entry["hook"], entry)
        if not any(hook in found for hook in HOOKS):
            raise RuntimeError("discovery lists no service for patient-view, order-select or order-sign")
        return found

    @property
    def hook(self) -> str:
        """The hook that most probes use."""
        return next(hook for hook in HOOKS if hook in self.services)

    @property
    def order_hook(self) -> str | None:
        return next((hook for hook in ("order-sign", "order-select") if hook in self.services), None)

    def path(self, hook: str | None = None) -> str:
        return f"{self.service.root}/{self.services[hook or self.hook]['id']}"

    def authorization(self, path: str) -> list[str]:
        """The header with a fresh token for the path, where tokens are needed. The command reads the URL in $URL."""
        if not self.token_command:
            return []
        token = subprocess.run(self.token_command, shell=True, env={"URL": self.service.url(path), "PATH": "/usr/bin:/bin"},
                               capture_output=True, text=True, check=True).stdout.strip()
        return [f"Authorization: Bearer {token}"]

    def request(self, hook: str | None = None) -> dict:
        """A call that every conforming service answers with 200: all its prefetch, and nothing to say about it."""
        hook = hook or self.hook
        context: dict = {"userId": "Practitioner/kit-user", "patientId": self.patient}
        if hook != "patient-view":
            context["draftOrders"] = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": self.order()}]}
        if hook == "order-select":
            context["selections"] = ["MedicationRequest/kit-order"]
        prefetch = {key: self._prefetched(template) for key, template in self.services[hook].get("prefetch", {}).items()}
        return {"hook": hook, "hookInstance": str(uuid.uuid4()), "context": context, "prefetch": prefetch}

    def _prefetched(self, template: str) -> dict:
        if template.startswith("Patient/"):
            return self.person()
        return {"resourceType": "Bundle", "type": "searchset", "total": 0}

    def person(self) -> dict:
        return {"resourceType": "Patient", "id": self.patient, "gender": "female", "birthDate": "1960-05-17",
                "name": [{"family": self.canary, "given": ["Kit"]}]}

    def order(self, subject: str | None = None) -> dict:
        return {"resourceType": "MedicationRequest", "id": "kit-order", "status": "draft", "intent": "order",
                "subject": {"reference": f"Patient/{subject or self.patient}"},
                "medicationCodeableConcept": {"text": "Paracetamol 500 mg"}}

    def key_of(self, start: str) -> str | None:
        """The prefetch key whose template starts so: "Patient/", "Condition?"."""
        templates = self.services[self.hook].get("prefetch", {})
        return next((key for key, template in templates.items() if template.startswith(start)), None)

    def text(self, request: dict | None = None) -> str:
        return json.dumps(request if request is not None else self.request())

    def post(self, body: bytes | str, path: str | None = None, lines: list[str] | None = None,
             token_for: str | None = None) -> Seen:
        """An orderly POST of any body. `lines` in place of the media type."""
        path = path or self.path()
        data = body.encode("utf-8") if isinstance(body, str) else body
        kind = ["Content-Type: application/json"] if lines is None else lines
        head = self.service.head("POST", path, kind + self.authorization(token_for or path) +
                                 [f"Content-Length: {len(data)}", "Connection: close"])
        return self.service.send(head + data)

    def altered(self, change, hook: str | None = None) -> Seen:
        """A call with one change made by the function."""
        request = copy.deepcopy(self.request(hook))
        change(request)
        return self.post(json.dumps(request), self.path(hook))

    @staticmethod
    def unsigned_token(header: dict, claims: dict, signature: str = "") -> str:
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)]
        return ".".join(parts + [signature])
