#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long words, a model's answer and what it proposes keep the window's main loop from its next turn, frames aside.

    bash tests/display/with-x.sh /usr/bin/python3 tests/eval/ask.py

The model is a scripted server on loopback. `idle`: nothing is done; then what is said, asked, accepted and undone, the longest
turn of ten rounds and the median of the rounds' longest."""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ['SG_SOURCE_ROOT'], 'tests/display'))
from model_server import ModelServer  # noqa: E402
from simgen_window import PROGRAM  # noqa: E402


def answer(data):
    ball = next(e['id'] for e in data['elements'] if e['kind'] == 'circle' and e['role'] == 'body')
    blank = dict.fromkeys(('kind', 'role', 'property', 'value', 'text', 'relation', 'other', 'point'))
    sets = [{**blank, 'op': 'set', 'element': ball, 'property': name, 'value': value, 'confidence': 0.8, 'reason': 'It swings longer.'}
            for name, value in [('mass', 2), ('friction', 0.5), ('density', 800)] * 4]
    return {'language': 'en', 'summary': 'A pendulum on a ceiling.', 'operations': [
        {**blank, 'op': 'name', 'element': ball, 'text': 'bob', 'confidence': 0.9, 'reason': 'It is the weight of the rod.'}, *sets]}


server = ModelServer()
server.answer = answer
host = f'127.0.0.1:{server.port}'
settings = pathlib.Path(os.environ['HOME']) / '.config/glib-2.0/settings/keyfile'
settings.parent.mkdir(parents=True)
settings.write_text(f"""[org/simgen/SimGen]
use-network=true
assist-consents=['{host}']
assist-providers=[('Local model', 'openai', 'http://{host}/v1', 'test-model', 1.0, 4.0)]
""")
run = subprocess.run([PROGRAM, '--bench-ask'], env={**os.environ, 'GSETTINGS_BACKEND': 'keyfile'}, check=True,
                     stdout=subprocess.PIPE, text=True)
for name, value in {**json.loads(run.stdout.splitlines()[-1]), 'requests': len(server.requests)}.items():
    print(f'{name}: {value}')
