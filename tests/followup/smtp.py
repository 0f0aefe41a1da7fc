"""A mail server in a thread: it keeps what arrives, and can leave its sender waiting for an answer."""

import email
import socketserver
import threading
from dataclasses import dataclass
from email import policy
from types import TracebackType


@dataclass(frozen=True)
class Received:
    """A mail as it arrived."""

    to: str
    subject: str
    message_id: str
    body: str


class _Session(socketserver.StreamRequestHandler):
    server: "_Listener"

    def handle(self) -> None:
        owner, to = self.server.owner, ""
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].split(" ")[0].upper()
            if word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
            if word == "DATA":
                self._say("354 go on")
                if not owner.take(to, self._data()):
                    return  # the sender was killed meanwhile, and is not answered
            self._say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    owner: "Server"


class Server:
    """Listens on a free port of this machine until the block ends."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self._keep_at = 0
        self._kept, self._released = threading.Event(), threading.Event()
        self._listener = _Listener(("127.0.0.1", 0), _Session)
        self._listener.owner = self
        self.port: int = self._listener.server_address[1]

    def __enter__(self) -> "Server":
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go()
        self._listener.shutdown()
        self._listener.server_close()

    def take(self, to: str, data: bytes) -> bool:
        """Keep a mail; return whether its sender is answered."""
        message = email.message_from_bytes(data, policy=policy.default)
        body = message.get_body()
        assert body is not None
        text = str(body.get_content()).replace("\r\n", "\n")
        self.received.append(Received(to, str(message["Subject"]).strip(), str(message["Message-ID"]), text))
        if len(self.received) != self._keep_at:
            return True
        self._kept.set()
        self._released.wait(120)
        return False

    def keep_waiting(self, *, after: int) -> None:
        """Leave the sender of the mail with this number without an answer."""
        self._keep_at = after
        self._kept.clear()
        self._released.clear()

    def wait_until_kept(self) -> None:
        """Wait until that mail has arrived."""
        assert self._kept.wait(120), "the mail never arrived"

    def let_go(self) -> None:
        """Give up the sender that was kept waiting."""
        self._released.set()
