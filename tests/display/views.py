# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through every view of the program, in any style and in English or the language of brackets: whoever looks at all
of it (contact-sheet, everywhere.py, access.py, languages.py) takes this way."""
import os
import pathlib
import re
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

from model_server import ModelServer
from simgen_window import PATIENCE, Window, wait_for, xdotool

ROOT = pathlib.Path(os.environ['SG_SOURCE_ROOT'])
EXAMPLES = ROOT / 'data/examples'
GUIDE = ('start', 'draw', 'notation', 'words', 'correct', 'play', 'measure', 'keep', 'models')
MODEL = '''<mujoco model="arm">
  <worldbody>
    <geom type="plane" size="2 2 .1"/>
    <body name="upper" pos="0 0 1.2">
      <joint name="shoulder" axis="0 1 0"/>
      <geom type="capsule" fromto="0 0 0 .5 0 0" size=".05" rgba=".2 .5 .8 1"/>
      <body name="lower" pos=".5 0 0">
        <joint name="elbow" axis="0 1 0"/>
        <geom type="capsule" fromto="0 0 0 .4 0 0" size=".04" rgba=".9 .5 .2 1"/>
      </body>
    </body>
  </worldbody>
  <actuator><motor name="drive" joint="shoulder"/></actuator>
</mujoco>
'''


TOOLKIT = {'Minimize', 'Maximize', 'Restore', 'Close', 'Vertical', 'Horizontal', 'Slider', 'Stack', 'Text', 'Button',
           'Press to open', 'Clear entry', 'Text area', 'Search', 'Back', 'Close the window', 'Maximize the window',
           'Minimize the window', 'Restore the window', '(None)', 'Show Text', 'No Results Found', 'Try a different search',
           'Try a different search.', 'Shortcuts', 'Close Tab', 'Search Results', 'Page_Up', 'Page_Down'}
OWN = re.compile(r'(?i)http://|(?:car|pendulum|pulley|robot|broken|upper|lower|drive|shoulder|elbow)\b|local model|test-model'
                 r'|.*(?:broken\.simgen|robot\.xml):')  # what sketches and models are called; a reader's own words of an error
PLAIN = re.compile(r'\b(?:SimGen|MuJoCo|MJCF|CSV|PNG|Esc|Ctrl|Shift|F\d+|kg|m[²³]|rad|kB|MB|µs|fps|Hz|ms|rpm|[xyz]|[a-z_]+\d+(?:\.\w+|_\w+)?|(?:Gtk|Adw|Sg)[A-Z]\w+|Ctrl|Alt|Page|Up|Down'
                   r'|Space|Home|End|Menu|Insert|BackSpace|[mkM][JNW]|Return|Escape|Delete|Left|Right|Backspace|Tab)\b')


def folder_of_brackets():
    """A folder of translations that has the language "xx" with brackets around every text."""
    folder = tempfile.mkdtemp(dir=os.environ['HOME'])
    os.makedirs(f'{folder}/xx/LC_MESSAGES')
    subprocess.run([f'{ROOT}/build-aux/po-update', '--pseudo', f'{folder}/xx.po'], check=True, stderr=subprocess.DEVNULL)
    subprocess.run(['msgfmt', f'{folder}/xx.po', '-o', f'{folder}/xx/LC_MESSAGES/simgen.mo'], check=True)
    return folder


def bare(text):
    """What of a text is in no brackets, without figures, units and names."""
    before = None
    while before != text:
        before, text = text, re.sub(r'⟦[^⟦⟧]*⟧', ' ', text)
    return ' '.join(re.findall(r'[^\W\d_]{2,}', PLAIN.sub(' ', text)))


FOCUSABLE = 1 << 11  # AtspiStateType; that something is showing GTK 4.8 tells of windows only
TYPE = re.compile(r'(Gtk|Adw|Sg)[A-Z]\w+')  # GTK tells it of what has no name


def has_size(node):
    try:
        return min(node.place()[2:]) > 0
    except GLib.Error:  # it went away meanwhile
        return False


def find_unnamed(window):
    """How many can have the focus, and those of them that have no name, by their paths; windows have their titles. What was
    never laid out has no size."""
    nodes = [node for frame in window.accessible.frames() or () for node in frame.walk() if node.states & FOCUSABLE and node.role != 'frame']
    unnamed = [node for node in nodes if not node.name.strip() or TYPE.fullmatch(node.name)]
    return len(nodes), {node.path: (node.role, node.name, [child.name[:30] for child in node.walk()][1:4])
                        for node in unnamed if has_size(node)}


class Reader:
    """Looks through windows and keeps what can be read there that is not in brackets."""

    def __init__(self):
        self.seen, self.problems = set(), {}

    def look(self, window, view):
        if view == 'about':  # the toolkit's, and what libraries are called
            return
        for frame in window.accessible.frames() or ():
            for node in frame.walk():
                for text in (node.name, node.description):
                    if not text or text in self.seen:
                        continue
                    self.seen.add(text)
                    if text not in TOOLKIT and not OWN.match(text) and bare(text):
                        self.problems[text] = view


def write_gtk_settings(lines):
    """GTK's settings.ini of the home that the program will have."""
    folder = pathlib.Path(os.environ['HOME']) / '.config/gtk-4.0'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'settings.ini').write_text('[Settings]\n' + lines)


def answer(data):
    """What the language model proposes, in the language that is asked for."""
    language = os.environ.get('LANGUAGE') or 'en'

    def say(text):
        return f'⟦{text}⟧' if language == 'xx' else text
    body = next(e['id'] for e in data['elements'] if e['kind'] == 'circle' and e['role'] == 'body')
    blank = dict.fromkeys(('kind', 'role', 'property', 'value', 'text', 'relation', 'other', 'point'))
    return {'language': language, 'summary': say('A cart on two wheels.'), 'operations': [
        {**blank, 'op': 'name', 'element': body, 'text': 'front wheel', 'confidence': 0.9, 'reason': say('It is at the front of the cart.')},
        {**blank, 'op': 'set', 'element': body, 'property': 'mass', 'value': 2, 'confidence': 0.8,
         'reason': say('A heavier wheel has a better grip.')}]}


class Walk:
    """Opens view after view of a running program. `window` is there once the walk has begun."""

    def __init__(self, full=True):
        """`full`: with what takes longer: runs to compare, a model's text."""
        self.full = full
        self.home = pathlib.Path(os.environ['HOME'])
        self.server = ModelServer()
        self.server.answer = answer
        os.environ['GSETTINGS_BACKEND'] = 'keyfile'
        settings = self.home / '.config/glib-2.0/settings/keyfile'
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('[org/simgen/SimGen]\nuse-network=true\nassist-providers='
                            f"[('Local model', 'openai', 'http://127.0.0.1:{self.server.port}/v1', 'test-model', 1.0, 4.0)]\n")
        self.window = None

    # -- What is there --

    def audit(self):
        return [line.split('\t') for line in self.window._state('audit')]

    def count(self, kind='window'):
        return sum(line[0] == kind for line in self.audit())

    def settle(self):
        """Until two looks in a row are the same."""
        last = []
        wait_for(lambda: last.append(self.audit()) or last[-2:-1] == last[-1:])

    def find(self, name, *roles):
        """The first of that English name, which may be in brackets; what lies over the rest comes first."""
        wanted = re.compile('^⟦?' + re.escape(name) + '·*⟧?$')
        for frame in reversed(self.window.accessible.frames() or ()):
            for node in frame.walk():
                if (not roles or node.role in roles) and wanted.match(node.name):
                    return node
        return None

    def press(self, name):
        """Presses a button; a menu button is a button in a button, and so is a list to choose from."""
        button = wait_for(lambda: self.find(name, 'push button', 'toggle button', 'tab', 'combo box'), 10)
        while button and not button.has_action():
            button = button.children[0] if button.children else None
        return bool(button) and self.press_node(button)

    @staticmethod
    def press_node(node):
        """GTK shows the button down for a quarter of a second before it takes that for a click."""
        good = node.press()
        time.sleep(0.4)
        return good

    # -- How to get there --

    def act(self, action, *parameters, application=False):
        group = '/org/simgen/SimGen' + ('' if application else '/window/1')
        Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.simgen.SimGen', group, 'org.gtk.Actions', 'Activate',
            GLib.Variant('(sava{sv})', (action, list(parameters), {})), None, Gio.DBusCallFlags.NONE, PATIENCE * 1000)

    def opened(self, way, kind='window'):
        """Whether another one is there after `way`."""
        n = self.count(kind)
        way()
        good = bool(wait_for(lambda: self.count(kind) > n, 10))
        self.settle()
        return good

    def closed(self, kind='window', way=lambda: xdotool('key', 'Escape')):
        """Goes back, by Escape unless said."""
        n = self.count(kind)
        for _ in range(3):
            way()
            if wait_for(lambda: self.count(kind) < n, 3):
                return

    def show(self, side):
        """Of a narrow window."""
        self.act('show', GLib.Variant('s', side))
        self.settle()

    def turn_drawer(self, number):
        """To that page: by its tab or, where the window is narrow, in a list."""
        wait_for(lambda: self.tabs() or self.find('Page of the drawer', 'combo box'))
        tabs = self.tabs()
        if tabs:
            self.press_node(tabs[number])
        elif self.opened(lambda: self.press('Page of the drawer'), 'popover'):
            xdotool('key', 'Home', *(number * ('Down',)), 'Return')
        self.settle()

    def tabs(self):
        return [node for node in self.window.walk() if node.role == 'tab']

    def open_file(self, path):
        self.act('open-recent', GLib.Variant('s', pathlib.Path(path).as_uri()))

    def say(self, words):
        """In the line of words; none takes those away that are there."""
        self.window.click(lambda: next((node for node in self.window.walk() if node.role == 'text' and
                                        re.match('⟦?Words·*⟧?$', node.name)), None))
        xdotool('key', 'ctrl+a', *(('type', words) if words else ('key', 'BackSpace')))
        xdotool('key', 'Return', 'key', 'Escape', 'mousemove', 3, 3)
        self.settle()

    def read(self, example):
        """Opens an example, until its reading is there."""
        before = self.window.measure_canvas()
        self.open_file(EXAMPLES / f'{example}.simgen')
        wait_for(lambda: (lambda now: now != before and now[1] > 0)(self.window.measure_canvas()), 20)
        self.settle()

    def is_playing(self):
        return self.find('Pause', 'push button')

    # -- The views --

    def views(self, *size):
        """The names of the views, each as it is to be seen; in a window of that size."""
        self.window = Window(drawing=None)
        if size:
            self.window.resize(*size)
            wait_for(lambda: self.window.find('frame').place()[2:] == size)
        xdotool('mousemove', 3, 3)
        for part in (self._empty, self._drawing, self._simulation, self._drawer, self._dialogs, self._assistant, self._kept,
                     self._models):
            yield from part()

    def _empty(self):
        self.settle()
        yield 'welcome'
        self.act('play')
        self.settle()
        yield 'notice'
        self.act('history')
        wait_for(lambda: self.find('Find a sketch'))
        yield 'history-empty'
        self.act('history')
        broken = self.home / 'broken.simgen'
        broken.write_text('{"format": "simgen", ')
        self.open_file(broken)
        wait_for(lambda: any('broken.simgen' in node.name for node in self.window.walk()), 5)
        yield 'error'

    def _drawing(self):
        self.read('car')
        yield 'drawing'
        self.say('moon gravity, the ball is quite frobnicated')
        yield 'words'
        self.say('')
        if self.opened(lambda: self.press('Car'), 'popover'):
            yield 'rename'
            self.closed('popover')
        self.act('tool', GLib.Variant('s', 'text'))
        x, y, width, height = self.find('Drawing', 'image').place()
        if self.opened(lambda: xdotool('mousemove', x + width // 2, y + height // 3, 'sleep', '0.1', 'click', 1), 'popover'):
            yield 'label'
            self.closed('popover')
        self.act('tool', GLib.Variant('s', 'pen'))
        xdotool('mousemove', 3, 3)
        if self.opened(lambda: xdotool('key', 'F10'), 'popover'):
            yield 'menu'
            self.closed('popover')
        self.act('parts')
        wait_for(lambda: next((node for node in self.window.walk() if node.role == 'list item'), None))
        self.settle()
        yield 'parts'
        xdotool('key', 'Down', 'key', 'Down', 'key', 'Return')
        wait_for(lambda: self.find('All parts', 'push button'))
        self.settle()
        yield 'part'
        if self.opened(lambda: self.act('alternatives'), 'popover'):
            yield 'alternatives'
            self.closed('popover')
        xdotool('key', 'Escape')
        self.act('parts')
        self.settle()

    def _simulation(self):
        self.show('simulation')
        yield 'simulation'
        self.act('play')
        wait_for(self.is_playing)
        time.sleep(1)
        self.act('play')
        wait_for(lambda: not self.is_playing())
        self.act('reset')
        for _ in range(10):
            self.act('step')
        self.act('perspective')
        self.settle()
        yield 'turned'
        if self.opened(lambda: self.act('view-menu'), 'popover'):
            yield 'view-menu'
            self.closed('popover')
        if self.opened(lambda: self.press('Runs, branches and marks'), 'popover'):
            yield 'times'
            self.closed('popover')
        if self.opened(lambda: self.press('Speed'), 'popover'):
            yield 'speed'
            self.closed('popover')
        self.act('front')

    def _drawer(self):
        self.act('drawer')
        for number, name in enumerate(('plots', 'energy', 'contacts', 'motors', 'performance')):
            self.turn_drawer(number)
            yield name
        self.turn_drawer(0)
        if self.opened(lambda: self.press('Add a plot'), 'popover'):
            yield 'quantities'
            self.closed('popover')
        self.act('drawer')
        self.settle()
        self.show('drawing')

    def _dialogs(self):
        for action, name in (('export', 'export'), ('figures', 'figures'), ('assist-settings', 'models-settings'),
                             ('shortcuts', 'shortcuts')):
            if self.opened(lambda: self.act(action, application=action == 'shortcuts')):
                yield name
                self.closed()
        if self.opened(lambda: self.act('preferences')):
            yield 'preferences'
            for page in ('Simulation', 'Keeping', 'Network'):
                self.press(page)
                self.settle()
                yield f'preferences-{page.lower()}'
            self.closed()
        if self.opened(lambda: self.act('about', application=True)):
            yield 'about'
            self.closed()
        for page in GUIDE if self.full else GUIDE[:3]:
            self.act('guide', GLib.Variant('s', page), application=True)
            wait_for(lambda: self.count() > 1)
            self.settle()
            yield f'guide-{page}'
        self.closed()
        if self.opened(lambda: self.act('share'), 'popover'):
            wait_for(lambda: any('http://' in node.name for node in self.window.walk()), 10)
            yield 'share'
            self.closed('popover', lambda: self.press('Stop Sharing'))

    def _assistant(self):
        if self.opened(lambda: self.act('ask')):
            yield 'consent'
            self.server.mode = 'slow'
            xdotool('key', 'alt+s')
            wait_for(lambda: self.server.requests, 20)
            self.settle()
            yield 'asking'
            self.server.go.set()
            wait_for(lambda: self.find('Accept all', 'push button'), 20)
            self.settle()
            yield 'proposal'
            self.press('Reject')  # which is the button "Done", too, and is pressed a moment later
            wait_for(lambda: not self.find('Proposed changes'), 10)
        self.act('explain')
        wait_for(lambda: self.find('Done', 'push button'), 20)
        self.settle()
        yield 'explained'
        self.press('Done')
        wait_for(lambda: not self.find('What it does'), 10)
        self.server.mode = 'fail'
        self.say('moon gravity')
        self.act('ask')
        wait_for(lambda: any('troubles' in node.name for node in self.window.walk()), 10)
        self.settle()
        yield 'ask-failed'
        self.say('')

    def runs(self):
        """Rows of the runs of a sketch."""
        runs = self.find('Runs', 'list')
        return [node for node in runs.walk() if node.role == 'list item'] if runs else []

    def _kept(self):
        for example in ('pendulum', 'pulley'):
            self.read(example)
        for _ in range(2 if self.full else 0):
            self.act('reset')
            self.act('play')
            wait_for(self.is_playing)
            time.sleep(1)
            self.act('play')
            wait_for(lambda: not self.is_playing())
        self.act('history')
        wait_for(lambda: self.find('Find a sketch'))
        wait_for(lambda: sum('Today' in node.description for node in self.window.walk()) >= 2, 5)
        self.settle()
        yield 'history'
        if self.full:
            # the first or not, as the car's words were kept before or after
            card = next(node for node in self.window.walk() if node.name == 'Pulley' and 'Today' in node.description)
            self.press_node(next(node for node in card.walk() if node.role == 'push button'))
            self.settle()
            yield 'history-menu'
            xdotool('key', 'v')
            wait_for(lambda: len(self.runs()) >= 2)
            self.settle()
            yield 'versions'
            for row in range(2):
                self.window.click(lambda row=row: dict(enumerate(self.runs())).get(row))
            self.press('Compare')
            wait_for(lambda: self.find('Total energy', 'image'))
            time.sleep(0.5)
            yield 'compare'
            xdotool('key', 'Escape', 'sleep', 0.3, 'key', 'Escape', 'sleep', 0.3)
        xdotool('key', 'ctrl+f', 'type', 'zzz')
        wait_for(lambda: self.find('No sketch has these words'), 10)
        yield 'history-nothing'
        xdotool('key', 'Escape', 'sleep', 0.2)
        self.act('history')
        self.settle()

    def _models(self):
        path = self.home / 'robot.xml'
        path.write_text(MODEL)
        self.open_file(path)
        wait_for(lambda: any('robot.xml' in node.name for node in self.window.walk()))
        self.settle()
        yield 'model'
        if self.full and self.opened(lambda: self.act('edit-model')):
            yield 'editor'
            xdotool('key', 'ctrl+w')
        path.write_text(MODEL.replace('<mujoco model="arm">', '<mujoco model="arm"><broken/>'))
        wait_for(lambda: any('robot.xml:1' in node.name for node in self.window.walk()), 10)
        self.settle()
        yield 'model-problem'
        self.act('tour')
        self.settle()
        yield 'tour'
