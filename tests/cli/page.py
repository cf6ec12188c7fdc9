#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that simgen-cli export makes, in a real browser with no network: it moves, its poses are those of the run, and
the physics in it agrees with SimGen's over the first second. SG_SHOTS keeps pictures of it."""
import csv
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from browser import CHROMIUM, PINS_SEEN, Page
from cli import EXAMPLES, Skip, main, need, succeed

SHOTS = os.environ.get('SG_SHOTS')
ALL_EXAMPLES = sorted(path.stem for path in EXAMPLES.glob('*.simgen')) # with SG_LONG
PLACE_ERROR, LIVE_ERROR = 1.1e-4, 1e-4 # m; of frames as stated (stream/frame.h); of the physics


def shot(name):
    if not SHOTS:
        return None
    pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
    return pathlib.Path(SHOTS) / f'page-{name}.png'


def centres(path):
    """Time -> the centres of mass of all bodies, in the model's order."""
    with open(path, newline='') as file:
        for row in csv.DictReader(file):
            yield float(row['time']), [float(value) for name, value in row.items() if name[-2:] in ('.x', '.y', '.z')]


def open_page(folder, example, *options):
    if not CHROMIUM:
        raise Skip('no Chromium here')
    succeed('export', EXAMPLES / f'{example}.simgen', '--seconds', '2', '--to', folder / 'page.html', *options)
    return Page((folder / 'page.html').as_uri())


# where bodies are in the page at a time, as the run has them: [x, y, z] after one another
PLACES = '(() => {{ simgen.goTo({0}); const p = simgen.run.at({0}); return Array.from(p).filter((v, i) => i % 7 < 3); }})()'


def the_run_is_in_the_page(folder):
    with open_page(folder, 'double-pendulum') as page:
        page.wait('globalThis.simgen?.viewer?.moving.length === 2')
        first = page.shoot(shot('start'))
        need(page.run(PINS_SEEN) == [2, True], 'both pins are drawn where the bodies hang')
        page.wait('simgen.time > 0.3')
        need(page.shoot(shot('moving')) != first, 'the picture moves')
        page.run('simgen.setPlaying(false)')
        need(not page.errors, f'{page.errors}')
        need(all(url.startswith(('file:', 'data:', 'blob:')) for url in page.requests), 'nothing is asked of a network')
        succeed('export', EXAMPLES / 'double-pendulum.simgen', '--seconds', '2', '--to', folder / 'run.simrec')
        # of the run itself, not of its recording: body frames are what both have
        most = 0
        for step in (0, 160, 496, 1000):
            there = page.run(PLACES.format(step * 0.002))
            spec = frames_of(folder, step)
            most = max([most, *(abs(a - b) for a, b in zip(there, spec))])
        need(most <= PLACE_ERROR, f'{most} m off')
        need(page.run("document.querySelectorAll('#sketch svg path').length") > 3, 'the drawing is in it')
        changes = page.run('''new Promise((done) => {
          let n = 0;
          new MutationObserver(() => n++).observe(document.getElementById('time'), { childList: true });
          simgen.goTo(0); simgen.setPlaying(true);
          setTimeout(() => done(n), 1000);
        })''')
        need(1 <= changes <= 11, f'the time changes {changes} times a second')
        page.resize(380, 700, dark=True)
        page.run('new Promise((done) => setTimeout(done, 300))')
        page.shoot(shot('narrow-dark'))


def frames_of(folder, step):
    """Places of the body frames after so many steps of the run, by MuJoCo itself from what SimGen compiles."""
    try:
        sys.path.insert(0, str(pathlib.Path(os.environ['SG_SOURCE_ROOT']) / 'subprojects/python'))
        import mujoco
    except ImportError:
        raise Skip("MuJoCo's Python package is not here")
    succeed('compile', EXAMPLES / 'double-pendulum.simgen', '-o', folder / 'run.xml')
    model = mujoco.MjModel.from_xml_path(str(folder / 'run.xml'))
    data = mujoco.MjData(model)
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, 0)
    for _ in range(step):
        mujoco.mj_step(model, data)
    mujoco.mj_kinematics(model, data)
    return [value for body in range(1, model.nbody) if model.body_weldid[body] == body for value in data.xpos[body]]


def the_physics_in_the_page_agrees(folder):
    for example in ALL_EXAMPLES if os.environ.get('SG_LONG') else ('double-pendulum', 'car'):
        succeed('simulate', EXAMPLES / f'{example}.simgen', '--seconds', '1', '--csv', folder / 'run.csv')
        ran = dict((round(time, 6), places) for time, places in centres(folder / 'run.csv'))
        with open_page(folder, example, '--live') as page:
            page.wait('Boolean(globalThis.simgen?.viewer)')
            page.run('simgen.setLive(true).then(() => simgen.setPlaying(false))')
            need(page.run('simgen.physics !== null'), page.run("document.getElementById('note').textContent"))
            most = page.run('''(() => {
              const p = simgen.physics, n = 500, rows = [];
              p.reset();
              for (let i = 1; i <= n; i++) {
                p.step();
                if (i % 50 === 0) {
                  p.mujoco.mj_forward(p.model, p.data);
                  rows.push([i, p.moving.flatMap((b) => Array.from(p.data.xipos.subarray(3 * b, 3 * b + 3)))]);
                }
              }
              return rows;
            })()''')
            off = max(abs(a - b) for i, places in most for a, b in zip(places, ran[round(i * 0.002, 6)]))
            print(f'# {example}: at most {off:.2g} m off over the first second')
            need(off <= LIVE_ERROR, f'{example}: {off} m')
            if example == 'double-pendulum':
                page.run('simgen.physics.reset(); simgen.setPlaying(true)')
                page.wait('simgen.time > 0.2')
                page.shoot(shot('live'))
                need(not page.errors, f'{page.errors}')


main(the_run_is_in_the_page, the_physics_in_the_page_agrees)
