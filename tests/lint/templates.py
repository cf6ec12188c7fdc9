#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every .ui file belongs to the class of the same basename, and says that class's name; every template has its file."""
import re
import xml.etree.ElementTree as xml

from tap import ROOT, Report, relative, tree

TEMPLATE = re.compile(r'set_template_from_resource\s*\([^;]*?/ui/([\w-]+)\.ui"', re.DOTALL)
NOT_A_CLASS = {'shortcuts'}  # a window, of no class of ours


def class_name(basename):
    return 'Sg' + ''.join(part.capitalize() for part in basename.split('-'))


def main():
    problems, uses = [], {}
    for path in tree('src/app/*.c'):
        for name in TEMPLATE.findall(path.read_text(encoding='utf-8')):
            uses[name] = path
            if path.stem != name:
                problems.append(f'{relative(path)} uses {name}.ui')
    files = {path.stem: path for path in tree('resources/ui/*.ui') if path.stem not in NOT_A_CLASS}
    for name, path in files.items():
        template = xml.parse(path).getroot().find('template')
        if template is None or template.get('class') != class_name(name):
            problems.append(f'{relative(path)}: its template is not of class {class_name(name)}')
    report = Report()
    report.check('a .ui file and its class share their name', problems)
    report.check('every .ui file is used', sorted(set(files) - set(uses)))
    report.check('every template has its .ui file', sorted(set(uses) - set(files)))
    report.end()


if __name__ == '__main__':
    main()
