#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking a language model: consent to the exact picture and text, a proposal accepted, undone and rejected, a repeated
question, cancelling, a provider that fails, and a network that is off. The key is in no file and no log afterwards."""
import os
import pathlib
import re
import shutil
import subprocess

from model_server import ModelServer
from simgen_window import Report, Window, wait_for, xdotool

CANARY = 'sk-canary-5f1e2d3c4b5a'
HOME = pathlib.Path(os.environ['HOME'])
server = ModelServer()
host = f'127.0.0.1:{server.port}'

os.environ['GSETTINGS_BACKEND'] = 'keyfile'
os.environ.pop('SIMGEN_CACHE', None)  # answers are kept in it
settings = HOME / '.config/glib-2.0/settings/keyfile'
settings.parent.mkdir(parents=True)
settings.write_text(f"""[org/simgen/SimGen]
use-network=true
assist-providers=[('Local model', 'openai', 'http://{host}/v1', 'test-model', 1.0, 4.0), ('Second model', 'openai', 'http://{host}/v1', 'other', 0.0, 0.0)]
""")

# the secret service: libsecret's own, in a file that a password encrypts
with_key = shutil.which('secret-tool') is not None
if with_key:
    os.environ.update(SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=str(HOME / 'keyring'), SECRET_FILE_TEST_PASSWORD='of a test')
    subprocess.run(['secret-tool', 'store', '--label=test', 'simgen-host', host], input=CANARY, text=True, check=True)
os.environ['SIMGEN_LOG'] = 'debug'


def answer(data):
    ball = next(e['id'] for e in data['elements'] if e['kind'] == 'circle' and e['role'] == 'body')
    blank = dict.fromkeys(('kind', 'role', 'property', 'value', 'text', 'relation', 'other', 'point'))
    return {'language': 'en', 'summary': 'A pendulum on a ceiling.', 'operations': [
        {**blank, 'op': 'name', 'element': ball, 'text': 'bob', 'confidence': 0.9,
         'reason': 'It is the weight at the end of the rod.'},
        {**blank, 'op': 'set', 'element': ball, 'property': 'mass', 'value': 2, 'confidence': 0.8,
         'reason': 'A heavier bob keeps its swing for longer.'},
        {**blank, 'op': 'name', 'element': 'circle99', 'text': 'x', 'confidence': 0.7, 'reason': 'It is not there.'}]}


report = Report()
server.answer = answer
window = Window()


def frames():
    return window.accessible.frames() or []


def press(name):
    return window.press(name)


def says(*parts):
    return any(all(part in node.name for part in parts) for frame in frames() for node in frame.walk() if node.role == 'label')


def texts():
    return [node.name for frame in frames() for node in frame.walk() if node.role == 'label' and len(node.name) > 8][-12:]


def say(words):
    window.click(lambda: window.find('text', 'Words'))
    xdotool('key', 'ctrl+a', 'type', words)
    xdotool('key', 'Return')
    xdotool('key', 'Escape')


window.draw_pendulum(300, 200)
report.check('the drawing is read', wait_for(lambda: window.has_label('1 hinge')))

window.act('assist-settings')
report.check('the settings show the provider', wait_for(lambda: says('Who is asked')), texts())
window.shot('ask-settings')
row = wait_for(lambda: next((node for frame in frames() for node in frame.walk() if node.role == 'list item' and 'Local model' in node.name), None))
report.check('with its row', bool(row), [node.name for frame in frames() for node in frame.walk() if node.role == 'list item'])


def order():
    return re.findall("'(Local|Second) model'", settings.read_text())


def ask_earlier(place):
    buttons = [node for frame in frames() for node in frame.walk() if node.role == 'push button' and node.name == 'Ask earlier']
    return len(buttons) == 2 and buttons[place].press()


ask_earlier(1)
report.check('who is asked first can be chosen', wait_for(lambda: order() == ['Second', 'Local']), order())
ask_earlier(1)
report.check('and chosen again', wait_for(lambda: order() == ['Local', 'Second']), order())
xdotool('key', 'Escape')
report.check('the settings close', wait_for(lambda: not says('Who is asked')))

# consent
press('Ask')
report.check('consent is asked for', wait_for(lambda: says('Send the Drawing to', host)), texts())
window.shot('ask-consent')
xdotool('key', 'Escape')
report.check('without it nothing is sent', wait_for(lambda: not says('Send the Drawing to')) and not server.requests)
press('Ask')
wait_for(lambda: says('Send the Drawing to'))
xdotool('key', 'alt+s')
report.check('changes are proposed, with reasons',
             wait_for(lambda: window.has_row('Proposed changes', 'Ball is called “bob”', 'weight at the end')),
             window.sayings('Proposed changes') + texts())
report.check('what means nothing is left out', len(window.rows('Proposed changes')) == 2, window.rows('Proposed changes'))
report.check('with what it took', wait_for(lambda: says('812 + 96 tokens')), texts())
window.shot('ask-proposal')
headers, body = server.requests[0] if server.requests else ({}, {})
report.check('the key goes along', not with_key or headers.get('Authorization') == f'Bearer {CANARY}')
content = body.get('messages', [{}])[-1].get('content', '')
report.check('picture and text were sent', not isinstance(content, str) and {part['type'] for part in content} == {'text', 'image_url'})

# accept, undo
press('Accept all')
report.check('the panel goes', wait_for(lambda: not window.list_rows('Proposed changes')))
xdotool('key', 'F6')
report.check('what was accepted holds', wait_for(lambda: window.has_row(None, 'bob', 'set by you')), window.sayings())
window.shot('ask-accepted')
xdotool('key', 'F6', 'key', 'ctrl+z')
report.check('one step undoes all of it', wait_for(lambda: not window.has_row(None, 'bob')), window.sayings())

# the same again costs no request; rejected
n = len(server.requests)
press('Ask')
report.check('the same question is answered from memory', wait_for(lambda: says('it cost nothing')) and len(server.requests) == n,
             texts() + [len(server.requests)])
press('Reject')
report.check('rejected, nothing changes', wait_for(lambda: not window.list_rows('Proposed changes')) and not window.has_row(None, 'bob'))

# cancel
server.mode = 'slow'
say('moon gravity')
press('Ask')
report.check('how far it is', wait_for(lambda: says('answering', 'first word')), texts())
window.shot('ask-progress')
press('Cancel')
report.check('cancelling closes the connection', server.broken_off.wait(20))
report.check('and the panel', wait_for(lambda: not says('Asking a language model')))
server.go.set()

# a provider that fails
server.mode = 'fail'
say('no gravity')
press('Ask')
report.check('a failure is told once', wait_for(lambda: says('Local model')), texts())
window.shot('ask-failed')
report.check('the offline reading stays', window.has_label('1 hinge'))

# explained without any model
press('Explain')
report.check('it explains itself', wait_for(lambda: says('no gravity')), texts())
window.shot('ask-explained')
press('Done')

# no network
settings.write_text(settings.read_text().replace('use-network=true', 'use-network=false'))
n = len(server.requests)
report.check('the switch is heard of', wait_for(lambda: press('Ask') and wait_for(lambda: says('uses no network'), 2), 20), texts())
report.check('no network, no request', len(server.requests) == n)
window.shot('ask-no-network')
report.check('the window closes', window.close() == 0)
window.errors.seek(0)
report.check('the key is not in the log', CANARY not in window.errors.read())
places = [path for path in HOME.rglob('*') if path.is_file() and CANARY.encode() in path.read_bytes()]
report.check('the key is nowhere on the disk', not places, places)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
