#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a shared run in a real browser: it moves, it shows what the simulation does within the stated error, its figures keep
still enough to be read, and a hand on it is felt."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from browser import CHROMIUM, PINS_SEEN, Page

ROOT = pathlib.Path(os.environ.get('SG_SOURCE_ROOT', pathlib.Path(__file__).resolve().parents[2]))
CLI = pathlib.Path(os.environ.get('SG_BUILD_ROOT', ROOT / 'build')) / 'src/cli/simgen-cli'
EXAMPLE = ROOT / 'data/examples/ball-ramp.simgen'
SHOTS = os.environ.get('SG_SHOTS')
MOST_OFF, MOST_TURNED = 1e-4, 0.05  # m, degrees: a frame's stated error

failed = count = 0


def check(title, good, told=''):
    global failed, count
    count += 1
    failed += not good
    print(f'{"ok" if good else "not ok"} {count} {title}', flush=True)
    if not good:
        print(f'# {told}')


def shoot(page, name):
    return page.shoot(pathlib.Path(SHOTS) / f'share-{name}.png' if SHOTS else None)


def serve(*options, example=EXAMPLE):
    process = subprocess.Popen([CLI, 'serve', example, '--bind', '127.0.0.1', '--no-cache', *options], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    return process, json.loads(process.stdout.readline())['url']


def simulated(step):
    """x, z and degrees of the ball after so many steps, out of the table of a run with no window."""
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder, 'run.csv')
        subprocess.run([CLI, 'simulate', EXAMPLE, '--no-cache', '--seconds', str(0.002 * (step + 2)), '--csv', table], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        rows = list(csv.DictReader(table.open()))
    ball = next(name[:-2] for name in rows[0] if name.endswith('.x'))
    row = rows[round(step)]
    return tuple(float(row[f'{ball}.{column}']) for column in ('x', 'z', 'angle'))


# what is on the screen, not what came: the viewer's own bodies
SHOWN = '''(() => { const [ball] = simgen.viewer.moving, { x, z } = ball.position, q = ball.quaternion;
  return [x, z, -2 * Math.atan2(q.y, q.w) * 180 / Math.PI, simgen.frames.last().step]; })()'''


def wait_until_still(page):
    """Paused, and the last frame that there is is shown."""
    page.wait('''!simgen.state.playing && simgen.frames.last().step > 0 &&
      simgen.frames.last().step === Math.round(simgen.state.time / 0.002) &&
      simgen.viewer.moving[0].position.x === simgen.frames.last().poses[0]''')


def test_moves(page):
    page.wait('globalThis.simgen && simgen.frames && simgen.frames.last()')
    page.wait('document.getElementById("note").textContent === ""')
    before = shoot(page, 'start')
    page.run('''(() => { globalThis.changes = []; new MutationObserver (() => changes.push (performance.now ()))
      .observe (document.getElementById ('stats'), { subtree: true, childList: true, characterData: true }); })()''')
    page.press(' ', 'Space')
    page.wait('simgen.state.playing && simgen.frames.last().step > 150')
    page.press(' ', 'Space')
    wait_until_still(page)
    check('the picture moves', shoot(page, 'moved') != before)

    x, z, degrees, step = page.run(SHOWN)
    expected = simulated(step)
    off = max(abs(x - expected[0]), abs(z - expected[1]))
    turned = abs((degrees - expected[2] + 180) % 360 - 180)
    print(f'# step {step}: off by {off:.2e} m, {turned:.4f} degrees')
    check('the pose in the page is the simulation\'s', off <= MOST_OFF * 1.001 and turned <= MOST_TURNED * 1.001,
          f'{x, z, degrees} for {expected}')

    gaps = page.run('changes.map ((t, i) => i ? t - changes[i - 1] : 1000)')
    check('figures change at most ten times a second', len(gaps) > 2 and min(gaps) > 95, gaps)


def test_hand(page):
    where = '''(() => { const at = simgen.viewer.moving[0].position.clone().project(simgen.viewer.camera), v = simgen.viewer.canvas;
      return [(at.x + 1) / 2 * v.clientWidth, (1 - at.y) / 2 * v.clientHeight, simgen.viewer.moving[0].position.z]; })()'''
    x, y, z = page.run(where)
    check('a hand finds the ball', page.run(f'simgen.viewer.pick({x}, {y})?.body > 0'))
    page.mouse('mousePressed', x, y)
    page.mouse('mouseMoved', x, y - 60)
    page.press(' ', 'Space')
    page.mouse('mouseMoved', x, y - 160)
    page.wait(f'simgen.viewer.moving[0].position.z > {z} + 0.2')
    shoot(page, 'pulled')
    page.mouse('mouseReleased', x, y - 160)
    page.press(' ', 'Space')
    page.wait('!simgen.state.playing')
    check('the ball follows the hand', True)

    picture = page.shoot()
    page.mouse('mousePressed', 20, 200)
    page.mouse('mouseMoved', 120, 240)
    page.mouse('mouseReleased', 120, 240)
    page.wait('simgen.viewer.azimuth !== 0')
    page.run('new Promise (requestAnimationFrame)')
    check('beside it the hand turns the view', page.shoot() != picture)
    shoot(page, 'turned')


def test_viewer(page, url):
    page.resize(390, 700, dark=True)
    page.open(url)
    page.wait('globalThis.simgen && simgen.state.guest && simgen.frames && simgen.frames.last()')
    page.wait('simgen.viewer.pins.length > 0')
    check('pins are drawn where bodies hang', page.run(PINS_SEEN) == [2, True])
    check('who looks on has no control', page.run('document.getElementById("play").hidden'))
    page.run('document.getElementById("ask").click()')
    page.wait('document.getElementById("ask").textContent === "Asked for control"')
    shoot(page, 'narrow-dark')


def main():
    if not CHROMIUM:
        print('1..0 # SKIP no Chromium here')
        return
    with Page() as page:
        process, url = serve('--control', '--paused')
        try:
            page.resize(900, 600)
            page.open(url)
            test_moves(page)
            test_hand(page)
        finally:
            process.terminate()
            process.wait()
        page.wait('document.getElementById("note").textContent.includes("connection is lost")')
        check('a lost connection is told', True)
        lost = [problem for problem in page.errors if 'ERR_CONNECTION_REFUSED' not in problem]
        process, url = serve(example=EXAMPLE.with_stem('double-pendulum'))
        try:
            test_viewer(page, url)
        finally:
            process.terminate()
            process.wait()
        check('nothing went wrong in the page', not lost, lost)
    print(f'1..{count}')
    sys.exit(1 if failed else 0)


main()
