#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli export: every kind of file, of an input and of its recording, and what becomes of bad input."""
import csv
import json
import re
import struct
import xml.etree.ElementTree as xml

from cli import EXAMPLES, SPECS, fail, main, misuse, need, run, succeed, write

PENDULUM = EXAMPLES / 'pendulum.simgen'


def table(path):
    with open(path, newline='') as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def a_table_of_a_recording_is_that_of_the_run(folder):
    succeed('simulate', PENDULUM, '--seconds', '2', '--csv', folder / 'run.csv', '--record', folder / 'run.simrec')
    succeed('export', folder / 'run.simrec', '--to', folder / 'seen.csv', '--rate', '50')
    ran, seen = table(folder / 'run.csv'), table(folder / 'seen.csv')
    need(len(seen) == 101 and list(seen[0]) == list(ran[0]), f'{len(seen)} rows')
    for row in seen:
        there = min(ran, key=lambda other: abs(other['time'] - row['time']))
        for name, value in row.items():
            most = 2e-3 if re.search(r'\.[xyz]$', name) else 0.2 if name.endswith('.angle') else 0.1 if '.v' in name else None
            need(most is None or abs(value - there[name]) < most, f"{name} at {row['time']}: {value}, not {there[name]}")


def a_part_of_it(folder):
    succeed('export', PENDULUM, '--seconds', '2', '--from', '0.5', '--until', '1', '--rate', '10', '--to', folder / 'a.csv')
    need([round(row['time'], 9) for row in table(folder / 'a.csv')] == [0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 'rows')


def a_worksheet_shows_the_swing(folder):
    succeed('export', PENDULUM, '--seconds', '1', '--poses', '6', '--to', folder / 'a.svg')
    root = xml.parse(folder / 'a.svg').getroot()
    named = {'s': 'http://www.w3.org/2000/svg'}
    poses = root.findall("s:g[@class='pose']", named)
    need(len(poses) == 6 and all(pose.findall('s:polygon', named) for pose in poses), f'{len(poses)} poses')
    words = ' '.join(text.text for text in root.findall('s:text', named))
    need('0.2 s apart' in words and ' m' in words, words)
    succeed('export', EXAMPLES / 'spring-mass.simgen', '--seconds', '1', '--to', folder / 'b.svg')
    need('<polyline fill="none"' in (folder / 'b.svg').read_text(), 'a spring is drawn')


def a_recording_again(folder):
    succeed('export', PENDULUM, '--seconds', '1', '--to', folder / 'a.simrec')
    told = json.loads(succeed('info', folder / 'a.simrec', '--json'))
    need(told['to'] == 1 and not told['cut'], f'{told}')
    succeed('export', folder / 'a.simrec', '--to', folder / 'b.simrec')
    need((folder / 'a.simrec').read_bytes() == (folder / 'b.simrec').read_bytes(), 'the same bytes')


def discover(path):
    import gi
    gi.require_version('Gst', '1.0')
    gi.require_version('GstPbutils', '1.0')
    from gi.repository import Gst, GstPbutils
    Gst.init(None)
    info = GstPbutils.Discoverer.new(10 * Gst.SECOND).discover_uri(path.as_uri())
    video = info.get_video_streams()[0]
    return info.get_duration() / Gst.SECOND, video.get_width(), video.get_height(), video.get_framerate_num() / video.get_framerate_denom()


def a_film_has_the_length_the_size_and_the_rate_that_were_asked_for(folder):
    status, out, err = run('export', PENDULUM, '--seconds', '0.5', '--size', '160x120', '--rate', '20', '--to', folder / 'a.webm')
    if status == 1 and 'render.context' in err:
        return # no GL here
    if status == 1 and 'stream.no-encoder' in err:
        need('gstreamer' in err.lower(), err)
        return
    need(status == 0, err)
    need(sorted(file.name for file in folder.iterdir()) == ['a.webm'], 'and no file besides')
    try:
        figures = discover(folder / 'a.webm')
    except (ImportError, ValueError):
        return # nothing here to look into it with
    need(figures == (0.5, 160, 120, 20), f'{figures}')


def moving_pictures(folder):
    for ending, magic in (('gif', b'GIF89a'), ('apng', b'\x89PNG')):
        status, out, err = run('export', PENDULUM, '--seconds', '0.3', '--size', '80x60', '--rate', '10', '--to', folder / f'a.{ending}')
        if status == 1 and 'render.context' in err:
            return
        need(status == 0 and (folder / f'a.{ending}').read_bytes().startswith(magic), err)
    succeed('export', PENDULUM, '--seconds', '0.3', '--size', '80x60', '--rate', '10', '--speed', '0.5', '--camera', 'perspective', '--dark', '--to', folder / 'f.png')
    need(len(list(folder.glob('f-*.png'))) == 6, 'a picture a tenth, at half its speed')


def bad_recordings(folder):
    succeed('export', PENDULUM, '--seconds', '1', '--to', folder / 'a.simrec')
    good = (folder / 'a.simrec').read_bytes()
    (folder / 'cut.simrec').write_bytes(good[:40])
    fail('stream.damaged', 'export', folder / 'cut.simrec', '--to', folder / 'x.csv')
    (folder / 'version.simrec').write_bytes(good[:8] + b'\x07\0\0\0' + good[12:])
    fail('stream.damaged', 'export', folder / 'version.simrec', '--to', folder / 'x.csv')
    fail('base.read', 'export', folder / 'missing.simrec', '--to', folder / 'x.csv')
    fail('base.write', 'export', folder / 'a.simrec', '--to', folder / 'nowhere' / 'x.csv')
    need(not (folder / 'x.csv').exists(), 'nothing is left')


def a_recording_is_checked(folder):
    succeed('export', PENDULUM, '--seconds', '5', '--to', folder / 'a.simrec')
    succeed('check', folder / 'a.simrec')
    good = (folder / 'a.simrec').read_bytes()
    (folder / 'cut.simrec').write_bytes(good[:-50])
    fail('stream.damaged', 'check', folder / 'cut.simrec')


def a_recording_is_an_input_as_any_other(folder):
    succeed('export', PENDULUM, '--seconds', '1', '--to', folder / 'a.simrec')
    need('<mujoco' in succeed('compile', folder / 'a.simrec'), 'its model')
    told = json.loads(succeed('simulate', folder / 'a.simrec', '--seconds', '1', '--json'))
    need(told['steps'] == 500, f'{told}')


def drawings(folder):
    for ending, magic in (('svg', b'<?xml'), ('png', b'\x89PNG'), ('pdf', b'%PDF')):
        succeed('export', PENDULUM, '--drawing', '--to', folder / f'a.{ending}')
        need((folder / f'a.{ending}').read_bytes().startswith(magic), ending)
    need(sorted(file.name for file in folder.iterdir()) == ['a.pdf', 'a.png', 'a.svg'], 'and no file besides')
    size = struct.unpack('>II', (folder / 'a.png').read_bytes()[16:24])
    succeed('export', PENDULUM, '--drawing', '--dpi', '96', '--background', 'none', '--to', folder / 'b.png')
    half = struct.unpack('>II', (folder / 'b.png').read_bytes()[16:24])
    need(all(abs(a - 2 * b) <= 2 for a, b in zip(size, half)), f'{size} {half}')
    need((folder / 'b.png').read_bytes()[25] == 6 and (folder / 'a.png').read_bytes()[25] == 2, 'with nothing behind it, and with paper')
    plain = xml.parse(folder / 'a.svg').getroot()
    named = {'s': 'http://www.w3.org/2000/svg'}
    labels = [label['text'] for label in json.loads(PENDULUM.read_text()).get('labels', [])]
    need([text.text for text in plain.iter('{http://www.w3.org/2000/svg}text')] == labels, f'{labels}')
    need(plain.find('s:title', named) is not None, 'its title')
    succeed('export', PENDULUM, '--drawing', '--recognised', '--paper', 'grid', '--to', folder / 'b.svg')
    need((folder / 'b.svg').stat().st_size > (folder / 'a.svg').stat().st_size, 'with what was recognised')
    succeed('export', PENDULUM, '--sheet', 'a4', '--scale', '1:10', '--to', folder / 'b.pdf')
    fail('render.size', 'export', PENDULUM, '--sheet', 'a5', '--scale', '1:0.01', '--to', folder / 'c.pdf')
    need(not (folder / 'c.pdf').exists(), 'nothing is left')
    fail('pipeline.unsupported', 'export', SPECS / 'pendulum.json', '--to', folder / 'c.pdf')


def misuse_is_refused(folder):
    misuse('export')
    misuse('export', PENDULUM, '--drawing', '--to', folder / 'x.csv')
    for option, value in (('--paper', 'x'), ('--background', 'x'), ('--margin', '-2'), ('--margin', 'nan'), ('--dpi', '0'), ('--sheet', 'a9'),
                          ('--scale', 'fit'), ('--dpi', '9999')):
        misuse('export', PENDULUM, '--to', folder / 'x.pdf', option, value)
    for scale in ('2', '1:', '1:0', '1:-1', '1:x', '1:nan'):
        misuse('export', PENDULUM, '--to', folder / 'x.pdf', '--sheet', 'a4', '--scale', scale)
    misuse('export', PENDULUM)
    misuse('export', PENDULUM, '--to', folder / 'x.mov')
    for option, value in (('--seconds', '0'), ('--seconds', 'nan'), ('--from', '-1'), ('--until', '-1'), ('--rate', '121'), ('--rate', '-1'),
                          ('--poses', '101'), ('--speed', '0'), ('--size', '0x10'), ('--size', '9000x10'), ('--camera', 'top')):
        misuse('export', PENDULUM, '--to', folder / 'x.svg', option, value)


main(a_table_of_a_recording_is_that_of_the_run, a_part_of_it, a_worksheet_shows_the_swing, a_recording_again,
     a_film_has_the_length_the_size_and_the_rate_that_were_asked_for, moving_pictures, bad_recordings,
     a_recording_is_checked, drawings, a_recording_is_an_input_as_any_other, misuse_is_refused)
