# SPDX-License-Identifier: GPL-3.0-or-later
"""A guest of a shared run, with nothing but Python's own library."""
import base64
import os
import socket
import struct

PATIENCE = 60  # s, for what has to come


class WebSocket:
    """Enough of a client: text and binary, fragments joined, pings answered."""

    def __init__(self, host, port, path, origin=None):
        self.socket = socket.create_connection((host, port), PATIENCE)
        key = base64.b64encode(os.urandom(16)).decode()
        head = (f'GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                f'Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n' +
                (f'Origin: {origin}\r\n' if origin else '') + '\r\n')
        self.socket.sendall(head.encode())
        self.bytes = b''
        while b'\r\n\r\n' not in self.bytes:
            self.more()
        answer, self.bytes = self.bytes.split(b'\r\n\r\n', 1)
        if b' 101 ' not in answer.split(b'\r\n')[0]:
            raise ConnectionError(answer.split(b'\r\n')[0].decode())

    def more(self):
        got = self.socket.recv(1 << 16)
        if not got:
            raise ConnectionError('closed')
        self.bytes += got

    def take(self, n):
        while len(self.bytes) < n:
            self.more()
        taken, self.bytes = self.bytes[:n], self.bytes[n:]
        return taken

    def send(self, data, kind=None):
        payload = data.encode() if isinstance(data, str) else data
        kind = kind or (1 if isinstance(data, str) else 2)
        n = len(payload)
        size = bytes([0x80 | n]) if n < 126 else struct.pack('>BH', 0xfe, n) if n < 65536 else struct.pack('>BQ', 0xff, n)
        self.socket.sendall(bytes([0x80 | kind]) + size + b'\0\0\0\0' + payload)

    def receive(self):
        """The next message: text or bytes."""
        whole, kind = b'', 0
        while True:
            first, second = self.take(2)
            n = second & 127
            if n >= 126:
                n = struct.unpack('>H', self.take(2))[0] if n == 126 else struct.unpack('>Q', self.take(8))[0]
            payload = self.take(n)
            opcode = first & 15
            if opcode == 9:
                self.send(payload, 10)
            elif opcode == 8:
                raise ConnectionError('closed')
            elif opcode < 8:
                kind = opcode or kind
                whole += payload
                if first & 0x80:
                    return whole.decode() if kind == 1 else whole

    def close(self):
        self.socket.close()
