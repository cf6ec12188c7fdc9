# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser without a window, driven over its DevTools protocol with nothing but Python's own library. Chromium draws by software
here, so WebGL works with no GPU."""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

PATIENCE = 60  # s, for what has to come


def find_browser():
    return shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')


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


class Page:
    def __init__(self, port):
        self.n = 0
        target = next(t for t in json.loads(self.get(port, '/json/list')) if t['type'] == 'page')
        self.websocket = WebSocket('127.0.0.1', port, target['webSocketDebuggerUrl'].split(str(port), 1)[1])
        self.problems = []
        for domain in ('Page', 'Runtime', 'Log'):
            self.do(f'{domain}.enable')

    @staticmethod
    def get(port, path):
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request('GET', path)
            return connection.getresponse().read()

    def do(self, method, **parameters):
        self.n += 1
        self.websocket.send(json.dumps({'id': self.n, 'method': method, 'params': parameters}))
        while True:
            message = json.loads(self.websocket.receive())
            if message.get('method') == 'Runtime.exceptionThrown':
                details = message['params']['exceptionDetails']
                self.problems.append(details.get('exception', {}).get('description', details['text']))
            elif message.get('method') == 'Log.entryAdded' and message['params']['entry']['level'] == 'error':
                self.problems.append(message['params']['entry']['text'])
            elif message.get('id') == self.n:
                if 'error' in message:
                    raise RuntimeError(f'{method}: {message["error"]}')
                return message['result']

    def open(self, url):
        self.do('Page.navigate', url=url)

    def run(self, script):
        """The value of an expression in the page; a promise is waited for."""
        result = self.do('Runtime.evaluate', expression=script, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(result['exceptionDetails'].get('exception', {}).get('description', script))
        return result['result'].get('value')

    def wait_for(self, script):
        until = time.monotonic() + PATIENCE
        while not (value := self.run(script)):
            if time.monotonic() > until:
                raise TimeoutError(f'{script}; the page said: {self.problems}')
            time.sleep(0.05)
        return value

    def resize(self, width, height, dark=False, scale=1):
        self.do('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=scale, mobile=False)
        self.do('Emulation.setEmulatedMedia',
                features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])

    def picture(self, path=None):
        png = base64.b64decode(self.do('Page.captureScreenshot', format='png')['data'])
        if path:
            pathlib.Path(path).write_bytes(png)
        return png

    def mouse(self, kind, x, y, **more):
        self.do('Input.dispatchMouseEvent', type=kind, x=x, y=y, button='left', buttons=0 if kind == 'mouseReleased' else 1,
                clickCount=1, **more)


@contextlib.contextmanager
def browser():
    with tempfile.TemporaryDirectory(prefix='simgen-browser-', ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [find_browser(), '--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars',
             '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
             '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist',
             '--remote-debugging-port=0', f'--user-data-dir={folder}', 'about:blank'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, 'HOME': folder})
        try:
            port = pathlib.Path(folder, 'DevToolsActivePort')
            until = time.monotonic() + PATIENCE
            while not port.exists() or '\n' not in port.read_text():
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError('the browser does not start')
                time.sleep(0.05)
            yield Page(int(port.read_text().split('\n')[0]))
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
