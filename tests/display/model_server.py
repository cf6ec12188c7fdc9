# SPDX-License-Identifier: GPL-3.0-or-later
"""A language model's server on loopback, as OpenAI's chat completions are, that answers what it is told to."""
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelServer:
    """`mode`: 'good' answers with `answer`; 'slow' begins and waits for `go`; 'fail' says 500; 'stall' never answers."""

    def __init__(self):
        self.mode, self.answer = 'good', lambda data: {}
        self.requests = []  # (headers, body)
        self.go = threading.Event()
        self.broken_off = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                server.requests.append((dict(self.headers), body))
                server._serve(self, body)

        self.httpd = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.httpd.daemon_threads = True
        self.port = self.httpd.server_address[1]
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    @staticmethod
    def data_of(body):
        """What the program tells of the sketch."""
        content = next(message['content'] for message in body['messages'] if message['role'] == 'user')
        text = content if isinstance(content, str) else next(part['text'] for part in content if part['type'] == 'text')
        return json.loads(text[len('DATA\n'):text.index('\nEND OF DATA')])

    def _serve(self, handler, body):
        if self.mode == 'fail':
            handler.send_response(500)
            handler.send_header('Content-Length', '0')
            handler.end_headers()
            return
        text = self.answer(self.data_of(body))
        text = text if isinstance(text, str) else json.dumps(text)
        handler.send_response(200)
        handler.send_header('Content-Type', 'text/event-stream')
        handler.send_header('Connection', 'close')
        handler.end_headers()
        try:
            half = len(text) // 2
            self._piece(handler, text[:half])
            if self.mode == 'slow':
                while not self.go.wait(0.05):
                    handler.wfile.write(b': still there\n\n')
                    handler.wfile.flush()
            self._piece(handler, text[half:])
            usage = {'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'stop'}],
                     'usage': {'prompt_tokens': 812, 'completion_tokens': 96, 'total_tokens': 908}}
            handler.wfile.write(f'data: {json.dumps(usage)}\n\ndata: [DONE]\n\n'.encode())
            handler.wfile.flush()
        except OSError:
            self.broken_off.set()
        handler.close_connection = True

    @staticmethod
    def _piece(handler, text):
        piece = {'model': 'test-model', 'choices': [{'index': 0, 'delta': {'content': text}, 'finish_reason': None}]}
        handler.wfile.write(f'data: {json.dumps(piece)}\n\n'.encode())
        handler.wfile.flush()
