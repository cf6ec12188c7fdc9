#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of keyboard shortcuts has the keys that there are, and no others; so have the guide's pages."""
import re
import xml.etree.ElementTree as xml

from tap import ROOT, Report, tree

TABLE = re.compile(r'\{ "((?:win|app)\.[^"]+)", \{ ((?:"[^"]+"(?:, )?)+) \} \}')
LIST = re.compile(r'\b(\w+)\[\] = \{ ((?:"[^"]+", )+)NULL \}')
INSTALLED = re.compile(r'set_accels_for_action \([^;]*, "([^"]+)", (\w+)\)')
# what libadwaita's tab view answers to by itself, as long as nobody takes it away
OF_TABS = {'<Control>Tab', '<Control><Shift>Tab', '<Control>Page_Up', '<Control>Page_Down', '<Control><Shift>Page_Up',
           '<Control><Shift>Page_Down', '<Alt>0', '<Alt>1...9'}
# keys of one widget: where its code has them
OF_WIDGETS = {
    '<Control>f': ('history-page.c', 'GDK_KEY_f, GDK_CONTROL_MASK'),
    'F2': ('history-actions.c', 'GDK_KEY_F2'),
    'Up': ('drawer.c', 'GDK_KEY_Up'),
    'Down': ('drawer.c', 'GDK_KEY_Down'),
    'Return': ('history-page.c', 'activate'),
}
# of one kind, shown in one row
TOGETHER = {'0...5': {str(i) for i in range(6)}}


def text_of(name):
    return (ROOT / 'src/app' / name).read_text(encoding='utf-8')


def accelerators():
    """Each key that is installed, and the action that it calls."""
    keys = {}
    for path in tree('src/app/*.c'):
        text = path.read_text(encoding='utf-8')
        lists = {name: re.findall(r'"([^"]+)"', keys) for name, keys in LIST.findall(text)}
        for action, names in TABLE.findall(text):
            keys.update({key: action for key in re.findall(r'"([^"]+)"', names)})
        for action, name in INSTALLED.findall(text):
            keys.update({key: action for key in lists.get(name, ())})
    return keys


def shown():
    ui = xml.parse(ROOT / 'resources/ui/shortcuts.ui')
    found = set()
    for node in ui.iter('property'):
        if node.get('name') == 'accelerator':
            for key in node.text.split():
                key = key.replace('<ctrl>', '<Control>').replace('<shift>', '<Shift>').replace('<alt>', '<Alt>')
                found |= TOGETHER.get(key, {key})
    return found


def main():
    keys, listed, problems = accelerators(), shown(), []
    for key in sorted(listed - set(keys) - OF_TABS):
        name, code = OF_WIDGETS.get(key, (None, None))
        if name is None or code not in text_of(name):
            problems.append(f'{key} is listed, and nothing answers to it')
    actions = {}
    for key, action in keys.items():
        actions.setdefault(action, set()).add(key)
    unlisted = [f'{action}: {", ".join(sorted(own))}' for action, own in actions.items() if not own & listed]
    guide = set(re.findall(r'SG_GUIDE_KEY, N_ \("[^"]*"\), "([^"]+)"', text_of('guide-pages.c')))
    report = Report()
    report.check('there are keys, and they are found', [] if len(keys) > 80 else [f'only {len(keys)}'])
    report.check('each key that is listed is one', problems)
    report.check('each action with a key is listed with one of them', sorted(unlisted))
    report.check('each key of the guide is one', sorted(guide - set(keys)))
    report.end()


if __name__ == '__main__':
    main()
