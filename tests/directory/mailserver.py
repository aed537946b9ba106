"""A small real mail server, which can refuse, be slow, or hang up after the text of a mail."""

import socketserver
import threading
import time
from email import message_from_bytes


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps the mails it accepted in `accepted`; `replies` overrides the answer to a command once each, in order.

    A reply of None hangs up instead; `slow` is the time it takes to accept a mail, in seconds.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.port = self.server_address[1]
        self.accepted, self.replies, self.slow = [], {}, 0

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.shutdown()
        self.server_close()

    def reply(self, command: str, usual: str) -> str | None:
        """What to answer to a command this time."""
        waiting = self.replies.get(command)
        return waiting.pop(0) if waiting else usual


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Answer each command until QUIT or a hang-up."""
        self.say(self.server.reply("CONNECT", "220 ready"))
        for line in self.rfile:
            command = line.split()[0].decode().upper()
            usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")
            answer = self.server.reply(command, usual)
            self.say(answer)
            if command == "DATA" and answer == usual and not self.take():
                return
            if command == "QUIT":
                return

    def take(self) -> bool:
        """Read a mail up to its final dot, keep it, accept it: or hang up, so that nobody knows it was kept."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        answer = self.server.reply("TEXT", "250 kept")
        time.sleep(self.server.slow)
        if answer is None or answer.startswith("2"):
            self.server.accepted.append(message_from_bytes(b"".join(lines)))
        return self.say(answer)

    def say(self, answer: str | None) -> bool:
        """Send one line; False when hanging up."""
        if answer is not None:
            self.wfile.write(answer.encode() + b"\r\n")
        return answer is not None
