"""A connection to an address that was checked, under the name of its host, and with an end."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading


class Pinned(http.client.HTTPConnection):
    """A connection to an IP address that was checked, in the name of its host, that ends in time.

    A limit on each wait is not enough: a server that sends a byte now and then would never reach it.
    """

    def __init__(self, host: str, port: int, ip: str, seconds: float, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=seconds)
        self._ip, self._context = ip, context
        self._wire: socket.socket | None = None  # `self.sock` is given up before the answer is read
        self._deadline = threading.Timer(seconds, self._cut)
        self._deadline.daemon = True
        self._deadline.start()

    def connect(self) -> None:
        """Connect to the checked address; the certificate must be that of the host's name."""
        self.sock = self._wire = socket.create_connection((self._ip, self.port), self.timeout)
        if self._context is not None:
            secured = self._context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self._wire = secured
            secured.do_handshake()

    def end(self) -> None:
        """Close the connection; the deadline is off."""
        self._deadline.cancel()
        self.close()
        if self._wire is not None:
            self._wire.close()

    def _cut(self) -> None:
        if self._wire is not None:
            with contextlib.suppress(OSError):  # it ended by itself just now
                self._wire.shutdown(socket.SHUT_RDWR)
