# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium with a page in it, over its debugging pipe: no port, no network. It draws by software, so that WebGL works
with no GPU."""
import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

CHROMIUM = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')


class Page:
    """Opens `url`, if any; use as a context. `errors` has what the page complained of, `requests` what it asked for."""

    def __init__(self, url=None, size=(1000, 700)):
        self.errors, self.requests, self.number, self.rest = [], [], 0, b''
        self.profile = tempfile.TemporaryDirectory(prefix='simgen-browser-', ignore_cleanup_errors=True)
        to_read, self.to = os.pipe()
        self.read_from, to_write = os.pipe()
        command = [CHROMIUM, '--headless=new', '--no-sandbox', '--disable-gpu-sandbox', '--use-angle=swiftshader',
                   '--enable-unsafe-swiftshader', '--hide-scrollbars', '--no-first-run', '--disable-extensions',
                   '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync',
                   f'--window-size={size[0]},{size[1]}', f'--user-data-dir={self.profile.name}', '--remote-debugging-pipe',
                   'about:blank']
        # what it opens 3 and 4 for; a shell moves them there
        self.process = subprocess.Popen(['bash', '-c', f'exec "$@" 3<&{to_read} 4>&{to_write}', 'browser', *command],
                                        pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.session = None
        targets = self.tell('Target.getTargets')['targetInfos']
        target = next(target['targetId'] for target in targets if target['type'] == 'page')
        self.session = self.tell('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Runtime', 'Page', 'Network', 'Log'):
            self.tell(f'{domain}.enable')
        if url:
            self.open(url)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.read_from)
        self.profile.cleanup()

    def hear(self):
        while b'\0' not in self.rest:
            if not select.select([self.read_from], [], [], 60)[0]:
                raise TimeoutError('the browser says nothing')
            more = os.read(self.read_from, 1 << 20)
            if not more:
                raise EOFError('the browser has ended')
            self.rest += more
        text, self.rest = self.rest.split(b'\0', 1)
        return json.loads(text)

    def note(self, message):
        method, told = message.get('method'), message.get('params', {})
        if method == 'Runtime.exceptionThrown':
            self.errors.append(told['exceptionDetails'].get('exception', {}).get('description', str(told)))
        elif method == 'Log.entryAdded' and told['entry']['level'] == 'error':
            self.errors.append(told['entry']['text'])
        elif method == 'Network.requestWillBeSent':
            self.requests.append(told['request']['url'])

    def tell(self, method, **params):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': params}
        if self.session:
            message['sessionId'] = self.session
        os.write(self.to, json.dumps(message).encode() + b'\0')
        while True:
            answer = self.hear()
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer['result']
            self.note(answer)

    def open(self, url):
        self.tell('Page.navigate', url=url)

    def resize(self, width, height, dark=False):
        self.tell('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.tell('Emulation.setEmulatedMedia',
                  features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])

    def mouse(self, kind, x, y):
        self.tell('Input.dispatchMouseEvent', type=kind, x=x, y=y, button='left', buttons=0 if kind == 'mouseReleased' else 1,
                  clickCount=1)

    def press(self, key, code):
        for kind in ('keyDown', 'keyUp'):
            self.tell('Input.dispatchKeyEvent', type=kind, key=key, code=code, text=key if kind == 'keyDown' else '')

    def run(self, script):
        """What an expression, or a promise, comes to."""
        answer = self.tell('Runtime.evaluate', expression=script, awaitPromise=True, returnByValue=True)
        if 'exceptionDetails' in answer:
            raise RuntimeError(answer['exceptionDetails'].get('exception', {}).get('description', str(answer)))
        return answer['result'].get('value')

    def wait(self, script, seconds=60):
        end = time.monotonic() + seconds
        while not self.run(script):
            if time.monotonic() > end:
                raise TimeoutError(f'{script}: {self.errors}')
            time.sleep(0.1)

    def shoot(self, path=None):
        """A picture of the page, as PNG bytes; kept where `path` says."""
        png = base64.b64decode(self.tell('Page.captureScreenshot', format='png')['data'])
        if path:
            pathlib.Path(path).write_bytes(png)
        return png


# How many pins the page's viewer has, and whether each is drawn in its colour where it is.
PINS_SEEN = '''(() => {
  const viewer = simgen.viewer, gl = viewer.renderer.getContext(), pixel = new Uint8Array(4);
  viewer.draw();
  const drawn = viewer.pins.map(({ mesh }) => {
    const at = mesh.position.clone().project(viewer.camera);
    gl.readPixels((at.x + 1) / 2 * gl.drawingBufferWidth, (at.y + 1) / 2 * gl.drawingBufferHeight, 1, 1, gl.RGBA,
      gl.UNSIGNED_BYTE, pixel);
    return mesh.visible && pixel[0] > 200 && pixel[1] > 70 && pixel[1] < 140 && pixel[2] < 60;
  });
  return [drawn.length, drawn.every(Boolean)];
})()'''
