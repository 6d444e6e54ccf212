"""A mail server for tests, on a port of its own: takes mail over the wire, or refuses it."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any


class Server(socketserver.ThreadingTCPServer):
    """`answers` gives the code for an address that is not simply taken."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: dict[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers = answers
        self.taken: list[tuple[str, EmailMessage]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Conversation(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self._say(220)
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self._say(self.server.answers.get(recipient, 250))
            elif word == "DATA":
                self._say(354)
                content = self._content()
                message = message_from_bytes(content, policy=policy.default)
                self.server.taken.append((recipient, message))
                self._say(250)
            else:
                self._say(221 if word == "QUIT" else 250)

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, code: int) -> None:
        self.wfile.write(f"{code} tests\r\n".encode())


@contextmanager
def mail_server(settings: Any, **answers: int) -> Iterator[Server]:
    """Django sends to it as long as this lasts; `answers` by the first part of an address."""
    by_address = {f"{name}@voorbeeld.example": code for name, code in answers.items()}
    with Server(by_address) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server
        server.shutdown()
