#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` puts where, told by meson without installing: every part of a desktop program is there, nothing is out of
the prefix, what the files say of each other is so, and none tells where it was built."""
import configparser
import json
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

from tap import ROOT, Report

BUILD = pathlib.Path(os.environ['SG_BUILD_ROOT'])
ID = 'org.simgen.SimGen'
WANTED = [
    'bin/simgen', 'bin/simgen-cli', 'libexec/simgen-compile', f'share/applications/{ID}.desktop',
    f'share/metainfo/{ID}.metainfo.xml', f'share/mime/packages/{ID}.xml', f'share/thumbnailers/{ID}.thumbnailer',
    f'share/glib-2.0/schemas/{ID}.gschema.xml', f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg', 'share/man/man1/simgen-cli.1', 'share/man/man1/simgen.1',
    'share/bash-completion/completions/simgen-cli', 'share/zsh/site-functions/_simgen-cli',
    'share/fish/vendor_completions.d/simgen-cli.fish', 'share/simgen/examples', 'share/simgen/schema/sketch.schema.json',
]

# what is built only where its library is there
if (BUILD / 'src/compile/simgen-pdf').exists():
    WANTED.append('libexec/simgen-pdf')


def installed():
    """Where everything goes, by its place below the prefix, and where it comes from."""
    told = subprocess.run(['meson', 'introspect', str(BUILD), '--installed', '--buildoptions'], stdout=subprocess.PIPE, check=True)
    told = json.loads(told.stdout)
    prefix = next(option['value'] for option in told['buildoptions'] if option['name'] == 'prefix')
    return prefix, {os.path.relpath(place, prefix): pathlib.Path(source) for source, place in told['installed'].items()}


def built(places, place):
    """The text of a file as it is built, or as it is in the source."""
    return places[place].read_text(encoding='utf-8')


def desktop_problems(places):
    entry = configparser.ConfigParser(interpolation=None, strict=False)
    entry.optionxform = str
    entry.read_string(built(places, f'share/applications/{ID}.desktop'))
    section = entry['Desktop Entry']
    types = {node.get('type') for node in xml.fromstring(built(places, f'share/mime/packages/{ID}.xml')).iter()
             if node.tag.endswith('mime-type')}
    for name in section['MimeType'].rstrip(';').split(';'):
        if name.startswith(('application/x-simgen', 'model/x-')) and name not in types:
            yield f'the desktop file opens {name}, which the MIME file does not define'
    if section['Icon'] != ID or section['Exec'].split()[0] != 'simgen':
        yield 'the desktop file names another icon or program'
    for language in (ROOT / 'po/LINGUAS').read_text().split():
        if f'Comment[{language}]' not in section:
            yield f'the desktop file says nothing in {language}'


def metainfo_problems(places):
    root = xml.fromstring(built(places, f'share/metainfo/{ID}.metainfo.xml'))
    version = subprocess.run(['meson', 'introspect', str(BUILD), '--projectinfo'], stdout=subprocess.PIPE, check=True).stdout
    if root.findtext('id') != ID or root.findtext('launchable') != f'{ID}.desktop':
        yield 'the metainfo names another program'
    if root.find('releases/release').get('version') != json.loads(version)['version']:
        yield 'the newest release of the metainfo is not this version'


def completion_problems():
    cli = os.environ.get('SG_CLI', str(BUILD / 'src/cli/simgen-cli'))
    listed = subprocess.run([cli, '--help'], stdout=subprocess.PIPE, env={**os.environ, 'LC_ALL': 'C'}, check=True).stdout.decode()
    commands = [line.split()[0] for line in listed.split('Commands:\n')[1].split('\n\n')[0].splitlines() if line.startswith('  ')]
    for shell in ('simgen-cli', '_simgen-cli', 'simgen-cli.fish'):
        text = (BUILD / 'data' / shell).read_text()
        yield from (f'{shell} does not know {command}' for command in commands if command not in text)


def telling_places(places):
    """Installed files that name the folder of the source or of the build: the same source would give others elsewhere."""
    for source in places.values():
        for file in sorted(source.rglob('*')) if source.is_dir() else [source]:
            content = file.read_bytes() if file.is_file() else b''
            yield from (f'{file} names {folder}' for folder in {ROOT, BUILD} if os.fsencode(folder) in content)


def main():
    report = Report()
    if not (BUILD / 'src/app/simgen').exists():
        report.skip('what is installed', 'the window is not built')
        report.end()
    prefix, places = installed()
    report.check('everything of a desktop program is installed', [place for place in WANTED if place not in places])
    report.check('nothing is installed out of the prefix', [place for place in places if place.startswith('..')])
    report.check('every language is installed', [language for language in (ROOT / 'po/LINGUAS').read_text().split()
                                                 if f'share/locale/{language}/LC_MESSAGES/simgen.mo' not in places])
    report.check('the desktop and the MIME file agree', list(desktop_problems(places)))
    report.check('the metainfo is of this program', list(metainfo_problems(places)))
    report.check('the completions know every command', list(completion_problems()))
    report.check('nothing tells where it was built', list(telling_places(places)))
    report.end()


if __name__ == '__main__':
    sys.exit(main())
