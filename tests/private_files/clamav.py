"""A virus scanner on this machine that speaks ClamAV's INSTREAM, and knows one virus."""

import socket
import threading

# Cut in two, so that no scanner takes this file for what it speaks of.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner:
    """`answer` is what it says of everything; without it, what it found. `seen` is what it was given."""

    def __init__(self, path=None, answer=None, silent=False):
        self.answer, self.silent, self.seen = answer, silent, []
        if path:
            self._listening = socket.socket(socket.AF_UNIX)
            self._listening.bind(str(path))
            self._listening.listen()
            self.address = str(path)
        else:
            self._listening = socket.create_server(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
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
                self._look(stream)

    def _look(self, stream):
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(stream.read(4)):
            content += stream.read(length)
        self.seen.append(content)
        if not self.silent:
            found = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
            stream.write((self.answer or found) + b"\0")
            stream.flush()
