"""A mail server on this machine, as small as it can be: one connection at a time, a word for each command."""

import socket
import threading
from email import message_from_bytes
from email.policy import default


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """What arrived is in `mails`; `answers` says otherwise than yes to a command: `{"RCPT": "550 no"}`."""

    def __init__(self, port, **answers):
        self.mails = []
        self.answers = answers
        self._listening = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self):
        while True:
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream):
        self._say(stream, "220 here")
        while command := stream.readline().decode().strip().upper():
            word = command[:4]
            if word == "DATA" and word not in self.answers:
                self._say(stream, "354 go on")
                self.mails.append(self._read(stream))
                self._say(stream, "250 taken")
            else:
                self._say(stream, self.answers.get(word, "221 bye" if word == "QUIT" else "250 yes"))
            if word == "QUIT":
                return

    @staticmethod
    def _say(stream, words):
        stream.write(f"{words}\r\n".encode())
        stream.flush()

    @staticmethod
    def _read(stream):
        lines = []
        while (line := stream.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines), policy=default)
