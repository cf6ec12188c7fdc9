#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sharing from the window: one click shows link and code, a guest gets frames and is listed, asks for control and plays when it is
handed over, and is told good-bye at the end."""
import json
import urllib.error
import urllib.request

from websocket_guest import WebSocket
from simgen_window import Report, Window, wait_for


class Guest:
    def __init__(self, url):
        self.url = url
        host, path = url.removeprefix('http://').split('/', 1)
        self.websocket = WebSocket('127.0.0.1', int(host.split(':')[1]), f'/{path}live')
        self.frames, self.playing, self.welcome = 0, None, {}

    def hear(self):
        message = self.websocket.receive()
        if isinstance(message, bytes):
            self.frames += 1
            return
        message = json.loads(message)
        if message['type'] == 'scene' and message['scene'] > 0:
            with urllib.request.urlopen(f'{self.url}manifest/{message["scene"]}') as answer:
                self.manifest = json.load(answer)
            self.say(type='ready', scene=message['scene'])
        elif message['type'] == 'welcome':
            self.welcome = message
        elif message['type'] == 'stats':
            self.playing = message['playing']

    def say(self, **message):
        self.websocket.send(json.dumps(message))

    def hear_until(self, condition):
        while not condition():
            self.hear()


def link():
    return next((label for label in window.labels() if label.startswith('http://')), None)


report = Report()
window = Window()
window.press('Pendulum')
wait_for(lambda: window.has_label('hinge'))
report.check('sharing is off at first', not link())
window.press('Share')
report.check('one click shows the link', wait_for(link))
window.shot('share-window')

guest = Guest('http://127.0.0.1:' + link().removeprefix('http://').split(':', 1)[1])
guest.hear_until(lambda: guest.frames > 0 and guest.playing is False)
report.check('a guest sees what stands there', len(guest.manifest['bodies']) > 1 and guest.frames == 1)
report.check('and is listed', wait_for(lambda: window.has_row(None, 'Guest 1', 'Looks on')), window.sayings())
guest.say(type='play')
guest.say(type='ask')
guest.hear_until(lambda: guest.welcome.get('asked'))
report.check('who asks for control is seen to', wait_for(lambda: window.has_row(None, 'Guest 1', 'Asks for control')))
report.check('and until then does not play', guest.playing is False and not window.find('push button', 'Pause'))
window.shot('share-asked')

window.choose('Guest 1', 'list item', 'Share')
guest.hear_until(lambda: guest.welcome['role'] == 'controller')
guest.say(type='play')
guest.hear_until(lambda: guest.playing and guest.frames > 20)
report.check('who has control plays', wait_for(lambda: window.find('push button', 'Pause')))
window.shot('share-control')

window.press('Stop Sharing')
try:
    guest.hear_until(lambda: False)
except ConnectionError:
    report.check('a guest is told of the end', True)
try:
    urllib.request.urlopen(guest.url)
    report.check('the link is none any more', False, (guest.url, link()))
except (urllib.error.URLError, ConnectionError):
    report.check('the link is none any more', True)
window.end()
report.end()
