#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenes for the marks that the scenes beside the project do not use: three for each group of marks.

    own-scenes.py [--cli PATH] [--hands N] [--only NAME] [--keep DIR] [--json]

Each is drawn by several hands, compiled, stepped in stock MuJoCo and checked by figures. By hand it takes the options of
scenes.py; without any it is a test."""
import contextlib
import importlib.util
import io
import json
import math
import os
import random
import sys

from measure import SHARED, Floors, skip_unless

HANDS = '3'  # a scene, in the test
FLOOR = 92

skip_unless((SHARED / 'eval').is_dir(), 'the scenes are not beside the project')
skip_unless(importlib.util.find_spec('mujoco'), "Python's mujoco package is not installed")
sys.path.insert(0, str(SHARED / 'eval'))
import scenes as shared_scenes  # noqa: E402
from sketchkit import need, period  # noqa: E402

SCENES = {}


def scene(draw):
    SCENES[draw.__name__] = draw
    return draw


# -- What a Hand has no word for ----------------------------------------------------------------------------

def damper(h, p, q, width=30):
    """A cup that opens towards q, held from p, and a plate in it on a rod from q."""
    d, u, n = h._along(p, q)
    at = lambda s, o=0: (p[0] + u[0] * s + n[0] * o, p[1] + u[1] * s + n[1] * o)  # noqa: E731
    k, base, mouth, plate = width / 2, .3 * d, .72 * d, .5 * d
    cup = [at(mouth, -k), at(base, -k), at(base, k), at(mouth, k)]
    if h.r.random() < .5:
        cup.reverse()
    way = h.r.randrange(3)
    parts = [lambda: h.line(p, at(base))]
    if way == 0:
        parts.append(lambda: h.path(cup))
    else:
        parts += [lambda a=a, b=b: h.line(a, b) for a, b in zip(cup, cup[1:])]
    if way == 2:
        parts.append(lambda: h.path([q, at(plate), at(plate, .7 * k), at(plate, -.7 * k)]))
    else:
        parts += [lambda: h.line(q, at(plate)), lambda: h.line(at(plate, -.7 * k), at(plate, .7 * k))]
    if h.r.random() < .5:
        parts.reverse()
    for part in parts:
        part()


def alpha(h, c, size=26):
    """A small loop whose tails cross."""
    turn = h.r.uniform(0, 6.28)
    # A loop with two tails: the strophoid's shape, drawn in one go.
    pts = []
    for i in range(31):
        t = -1.45 + 2.9 * i / 30
        x, y = size * (t * t - 1) * .45, size * t * (t * t - 1) * .75
        pts.append((c[0] + x * math.cos(turn) - y * math.sin(turn), c[1] + x * math.sin(turn) + y * math.cos(turn)))
    h.path(pts)


def both_ways(h, c, half=34):
    """A double arrow, or two arrows away from the middle."""
    if h.r.random() < .5:
        h.arrow((c[0] + 6, c[1]), (c[0] + half, c[1]))
        h.arrow((c[0] - 6, c[1]), (c[0] - half, c[1]))
    else:
        h.path([(c[0] - half, c[1]), (c[0] + half, c[1])])
        for s in (-1, 1):
            x = c[0] + s * half
            h.path([(x - s * 10, c[1] - 8), (x, c[1]), (x - s * 10, c[1] + 8)])


def hatched_curve(h, pts, n=9, side=1, length=12):
    h.path(pts)
    step = [math.dist(a, b) for a, b in zip(pts, pts[1:])]
    total = sum(step)
    for i in range(n):
        s = total * (i + .5) / n + h.r.uniform(-2, 2)
        for (a, b), d in zip(zip(pts, pts[1:]), step):
            if s <= d:
                break
            s -= d
        u = ((b[0] - a[0]) / d, (b[1] - a[1]) / d)
        foot = (a[0] + u[0] * s, a[1] + u[1] * s)
        k = length * h.r.uniform(.85, 1.2)
        h.line(foot, (foot[0] + (-u[1] * side - u[0] * .6) * k * .85, foot[1] + (u[0] * side - u[1] * .6) * k * .85))


def dots(h, pts):
    for p in pts:
        h.dot(p, 1.6)


def blob(h, c, rad, seed=3):
    """A closed outline with bumps, the same for all hands."""
    r = random.Random(seed)
    a = [r.uniform(0, 6.28) for _ in range(3)]
    out = lambda t: rad * (1 + .12 * math.sin(2 * t + a[0]) + .2 * math.sin(3 * t + a[1]))  # noqa: E731
    t0 = h.r.uniform(0, 6.28)
    h.path([(c[0] + out(t) * math.cos(t), c[1] + out(t) * math.sin(t))
            for t in [t0 + 2 * math.pi * i / 48 for i in range(49)]])


def arc_points(c, rad, start, sweep, n=24):
    return [(c[0] + rad * math.cos(t), c[1] + rad * math.sin(t))
            for t in [math.radians(start + sweep * i / n) for i in range(n + 1)]]


def roles(r):
    return [e['role'] for e in r.analysis['elements']]


def swing(values):
    return max(values) - min(values)


# -- Damper: a piston in a cup ----------------------------------------------------------------------------

@scene
def damper_lets_down(h):
    h.ceiling((340, 80), (460, 80)); damper(h, (400, 80), (400, 230)); h.box((400, 260), 70, 60)
    r = yield h.sketch(labels=[(450, 265, '2 kg'), (425, 150, 'c = 40 N s/m')])
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 260)); r.step(1.0)
    z = r.xz(b)[1]; r.step(.5); v = (z - r.xz(b)[1]) / .5
    need(abs(v - 2 * 9.81 / 40) < .05, f'sinks at {v:.2f} m/s')


@scene
def damped_spring(h):
    h.ceiling((320, 80), (480, 80)); h.zigzag((370, 80), (370, 240)); damper(h, (430, 80), (430, 240)); h.box((400, 272), 120, 60)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 272)); t = r.trace(b, 6)
    z = [p[2] for p in t]; n = len(z) // 6
    need(swing(z[:n]) > .02, 'it never moves'); need(swing(z[-n:]) < .3 * swing(z[:n]), f'still swings {swing(z[-n:]):.3f} of {swing(z[:n]):.3f} m')


@scene
def buffer_stop(h):
    h.line((120, 400), (120, 520)); h.hatch((120, 400), (120, 520), 6, 12, 1); h.ground((120, 520), (700, 520))
    damper(h, (120, 490), (280, 490)); h.box((312, 490), 62, 58); h.arrow((312, 490), (440, 490))
    r = yield h.sketch(words='no friction', labels=[(430, 465, 'v = 2 m/s'), (300, 440, '5 kg'), (170, 450, 'c = 10 N s/m')])
    b = r.body((312, 490)); t = r.trace(b, 4); x = t[-1][1] - t[0][1]
    need(abs(x - 2 * 5 / 10) < .12, f'stops after {x:.2f} m')


# -- Weld: an alpha loop or one X over two bodies ---------------------------------------------------------

@scene
def weld_by_alpha(h):
    h.ground((150, 520), (650, 520)); h.box((340, 300), 90, 60); h.box((432, 300), 90, 60); alpha(h, (386, 300))
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((386, 300)); need('weld' in roles(r), 'no weld read')
    r.step(2.0); need(r.xz(b)[1] - r.world((0, 520))[1] < .6, 'it does not fall')


@scene
def weld_by_cross(h):
    h.ground((150, 520), (650, 520)); h.box((400, 260), 60, 100); h.box((400, 345), 160, 66); h.cross((400, 311), 22)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); need('weld' in roles(r), 'no weld read')
    r.step(1.0); need(abs(r.angle(r.moving()[0])) < .3, 'it topples')


@scene
def welded_pendulum(h):
    h.ceiling((320, 90), (480, 90)); h.pin((400, 90)); h.line((400, 90), (310, 200)); h.box((300, 230), 70, 56); h.box((300, 288), 50, 56); alpha(h, (300, 259), 24)
    r = yield h.sketch()
    need(r.joints() == {'hinge': 1}, f'joints {r.joints()}'); b = r.moving()[0]; x = [p[1] for p in r.trace(b, 3)]
    need(swing(x) > .5, f'swings {swing(x):.2f} m')


# -- Slider ----------------------------------------------------------------------------------------------

@scene
def slider_between_lines(h):
    h.line((150, 200), (600, 380)); h.line((135, 245), (585, 425)); h.box((230, 258), 70, 46, math.degrees(math.atan2(180, 450)))
    r = yield h.sketch()
    need(r.joints() == {'slide': 1}, f'joints {r.joints()}'); b = r.body((230, 258)); x0, z0 = r.xz(b); r.step(.6); x, z = r.xz(b)
    way = math.hypot(x - x0, z - z0)
    need(abs(math.atan2(z0 - z, x - x0) - math.atan2(180, 450)) < .06, 'it leaves its rails')
    need(abs(way - .5 * 9.81 * math.sin(math.atan2(180, 450)) * .36) < .15, f'slid {way:.2f} m')


@scene
def slider_on_rail(h):
    h.ground((120, 400), (680, 400)); h.line((120, 320), (120, 400)); h.hatch((120, 320), (120, 400), 5, 12, 1)
    h.zigzag((120, 372), (290, 372)); h.box((330, 371), 80, 56); both_ways(h, (330, 312)); h.arrow((330, 371), (450, 371))
    r = yield h.sketch(labels=[(455, 350, 'v = 1 m/s')])
    need(r.joints() == {'slide': 1}, f'joints {r.joints()}'); b = r.body((330, 371)); t = r.trace(b, 6)
    x = [p[1] for p in t]; need(swing([p[2] for p in t]) < .01, 'it leaves its rail'); need(swing(x) > .1, f'moves {swing(x):.2f} m')
    period(t, 1, sum(x) / len(x))


@scene
def lift_in_a_shaft(h):
    h.line((350, 120), (350, 520)); h.line((450, 120), (450, 520)); h.box((400, 200), 96, 70)
    r = yield h.sketch()
    need(r.joints() == {'slide': 1}, f'joints {r.joints()}'); b = r.body((400, 200)); x0, z0 = r.xz(b); r.step(.5)
    need(abs(r.xz(b)[0] - x0) < .01, 'it leaves its shaft'); need(abs(z0 - r.xz(b)[1] - .5 * 9.81 * .25) < .1, 'it does not fall freely')


# -- Trace: dots or dashes from a body --------------------------------------------------------------------

@scene
def traced_pendulum(h):
    h.ceiling((320, 100), (480, 100)); h.pin((400, 100)); h.line((400, 100), (300, 300)); h.circle((290, 319), 22)
    a = arc_points((400, 100), 245, 108, -46, 14)
    for p, q in zip(a[::2], a[1::2]): h.line(p, (q[0] - (q[0] - p[0]) * .15, q[1] - (q[1] - p[1]) * .15))
    r = yield h.sketch()
    need(len(r.moving()) <= 2, f'{len(r.moving())} moving bodies'); need('trace' in roles(r), 'no trace read'); b = r.body((290, 319), tol=1.3)
    need(1.8 < period(r.trace(b, 10), 1, r.world((400, 100))[0]) < 3.6, 'wrong period'); need(r.m.nsensor >= 1, 'nothing is traced')


@scene
def traced_throw(h):
    h.ground((80, 520), (760, 520)); h.circle((140, 420), 22); h.arrow((140, 420), (240, 340))
    dots(h, [(270 + 40 * i, 330 - 26 * i + 6.5 * i * i) for i in range(7)])
    r = yield h.sketch(labels=[(200, 330, 'v = 5 m/s')])
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((140, 420)); x0 = r.xz(b)[0]; r.step(.4)
    need(abs(r.xz(b)[0] - x0 - .4 * 5 * math.cos(math.atan2(80, 100))) < .1, f'flew {r.xz(b)[0] - x0:.2f} m')
    need('trace' in roles(r), 'no trace read')


@scene
def traced_fall(h):
    h.ground((150, 520), (650, 520)); h.box((400, 180), 70, 60); h.dashes((400, 216), (400, 470), 9)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 180)); need('trace' in roles(r), 'no trace read')
    z0 = r.xz(b)[1]; r.step(.4); need(abs(z0 - r.xz(b)[1] - .785) < .08, 'it does not fall freely')


# -- Track: a long hatched curve --------------------------------------------------------------------------

@scene
def half_pipe(h):
    hatched_curve(h, arc_points((400, 250), 220, 170, -160, 32), 12, 1); h.circle((228, 340), 20)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((228, 340)); t = r.trace(b, 5); c = r.world((400, 250))
    need(swing([p[1] for p in t]) > 1.5, f'rolls {swing([p[1] for p in t]):.2f} m'); need(all(math.dist(c, p[1:]) < 2.15 for p in t), 'it falls through')


@scene
def slide_track(h):
    pts = [(120 + 460 * t, 180 + 300 * (1 - (1 - t) ** 2.2)) for t in [i / 24 for i in range(25)]]
    hatched_curve(h, pts, 12, 1); h.circle((150, 176), 20)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((150, 176)); x0 = r.xz(b)[0]; r.step(1.1)
    need(r.xz(b)[0] - x0 > 2.0, f'rolled {r.xz(b)[0] - x0:.2f} m'); need(r.xz(b)[1] > r.world((0, 490))[1], 'through the track')


@scene
def two_hills(h):
    pts = [(100 + 600 * t, 400 - 170 * math.cos(3 * math.pi * t) * (1 - .45 * t)) for t in [i / 40 for i in range(41)]]
    hatched_curve(h, pts, 15, 1); h.circle((176, 291), 18)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((176, 291)); x0 = r.xz(b)[0]; low = []; r.step(2.0, lambda t: low.append(r.xz(b)))
    need(min(z for _, z in low) > r.world((0, 570))[1] + .05, 'through the track'); need(max(x for x, _ in low) - x0 > 1.5, 'it does not roll')


# -- Gravity's arrow --------------------------------------------------------------------------------------

@scene
def moon_arrow(h):
    h.ground((150, 520), (650, 520)); h.circle((400, 200), 24); h.arrow((600, 120), (600, 230))
    r = yield h.sketch(labels=[(615, 170, 'g = 1.62')])
    b = r.body((400, 200)); z0 = r.xz(b)[1]; r.step(1.0); need(abs(z0 - r.xz(b)[1] - .81) < .05, f'fell {z0 - r.xz(b)[1]:.2f} m')


@scene
def tilted_gravity(h):
    h.circle((300, 200), 24); h.arrow((560, 120), (640, 200))
    r = yield h.sketch(labels=[(610, 130, 'g')])
    b = r.body((300, 200)); x0, z0 = r.xz(b); r.step(.6); x, z = r.xz(b)
    need(abs(math.atan2(z0 - z, x - x0) - math.pi / 4) < .12, 'falls another way'); need(abs(math.hypot(x - x0, z - z0) - 1.766) < .1, 'falls too far')


@scene
def gravity_unlabelled(h):
    h.ground((150, 520), (650, 520)); h.box((330, 200), 60, 60); h.circle((470, 240), 26); h.arrow((620, 100), (620, 220))
    r = yield h.sketch()
    need(len(r.moving()) == 2, f'{len(r.moving())} moving bodies'); need('gravity' in roles(r), 'no gravity read')
    b = r.body((330, 200)); z0 = r.xz(b)[1]; r.step(.5); need(abs(z0 - r.xz(b)[1] - 1.226) < .06, 'wrong gravity')


# -- Force ------------------------------------------------------------------------------------------------

@scene
def pushed_box(h):
    h.ground((80, 520), (760, 520)); h.box((200, 488), 70, 62); h.arrow((200, 488), (320, 488))
    r = yield h.sketch(words='no friction', labels=[(285, 465, '5 N'), (170, 435, '2 kg')])
    b = r.body((200, 488)); x0 = r.xz(b)[0]; r.step(1.0); need(abs(r.xz(b)[0] - x0 - 1.25) < .08, f'moved {r.xz(b)[0] - x0:.2f} m')


@scene
def force_by_length(h):
    h.ground((80, 520), (760, 520)); h.box((200, 488), 80, 62); h.arrow((240, 488), (360, 488))
    r = yield h.sketch(words='no friction', labels=[(180, 435, '6 kg')])
    b = r.body((200, 488)); x0 = r.xz(b)[0]; r.step(1.0); need(.7 < r.xz(b)[0] - x0 < 1.3, f'moved {r.xz(b)[0] - x0:.2f} m')


@scene
def lifted_ball(h):
    h.ground((150, 520), (650, 520)); h.circle((400, 494), 25); h.arrow((400, 494), (400, 380))
    r = yield h.sketch(labels=[(415, 420, '30 N'), (435, 495, '2 kg')])
    b = r.body((400, 494)); z0 = r.xz(b)[1]; r.step(.8); need(abs(r.xz(b)[1] - z0 - .5 * (15 - 9.81) * .64) < .1, f'rose {r.xz(b)[1] - z0:.2f} m')


# -- Rope -------------------------------------------------------------------------------------------------

def sag(p, q, depth, n=24):
    return [(p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t + depth * 4 * t * (1 - t)) for t in [i / n for i in range(n + 1)]]


@scene
def slack_rope(h):
    h.ceiling((320, 90), (480, 90)); h.path(sag((400, 90), (520, 170), 70)); h.circle((540, 180), 23)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((540, 180)); p = r.world((400, 90)); d0 = math.dist(p, r.xz(b)); far = []
    r.step(3.0, lambda t: far.append(math.dist(p, r.xz(b)))); need(max(far) > d0 + .1, 'it is no rope: it never falls free')
    need(max(far) < 2.6, f'the rope lets go: {max(far):.2f} m'); need('rope' in roles(r), 'no rope read')


@scene
def rope_by_label(h):
    h.ceiling((320, 100), (480, 100)); h.pin((400, 100)); h.line((400, 100), (290, 240)); h.circle((275, 259), 23)
    r = yield h.sketch(labels=[(360, 180, 'rope')])
    need('rope' in roles(r), 'no rope read'); b = r.body((275, 259)); p = r.world((400, 100)); d0 = math.dist(p, r.xz(b)); t = r.trace(b, 4)
    need(max(math.dist(p, q[1:]) for q in t) < d0 + .1, 'the rope stretches'); need(swing([q[1] for q in t]) > 1.2, 'it does not swing')


@scene
def rope_between_balls(h):
    h.ground((100, 520), (700, 520)); h.box((240, 440), 160, 150); h.cross((240, 440), 26); h.circle((270, 342), 22); h.path(sag((292, 345), (428, 345), 60)); h.circle((450, 342), 22)
    r = yield h.sketch()
    need(len(r.moving()) == 2, f'{len(r.moving())} moving bodies'); a, b = r.body((270, 342)), r.body((450, 342)); far = []
    r.step(2.0, lambda t: far.append(math.dist(r.xz(a), r.xz(b)))); need('rope' in roles(r), 'no rope read'); need(max(far) < 2.9, f'the rope lets go: {max(far):.2f} m')
    need(r.xz(b)[1] < r.world((0, 400))[1], 'it does not fall')


# -- Free outlines ----------------------------------------------------------------------------------------

@scene
def blob_falls(h):
    h.ground((150, 520), (650, 520)); blob(h, (400, 300), 60)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 300)); r.step(4.0); e = r.xz(b); r.step(.5)
    need(.3 < e[1] - r.world((0, 520))[1] < .85, f'lies at {e[1]:.2f} m'); need(math.dist(e, r.xz(b)) < .05, 'it never comes to rest')


@scene
def hexagon_rolls(h):
    h.ground((80, 520), (720, 520)); h.line((120, 240), (460, 500)); h.hatch((120, 240), (460, 500), 9, 12, 1); c = (210, 256)
    h.polygon([(c[0] + 36 * math.cos(math.radians(37 + 60 * i)), c[1] + 36 * math.sin(math.radians(37 + 60 * i))) for i in range(6)])
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body(c); x0 = r.xz(b)[0]; r.step(2.0); need(r.xz(b)[0] - x0 > .8, f'went {r.xz(b)[0] - x0:.2f} m')
    need(r.xz(b)[1] > r.world((0, 520))[1], 'through the ground')


@scene
def angle_piece(h):
    h.ground((150, 520), (650, 520)); h.polygon([(330, 519), (330, 380), (380, 380), (380, 469), (500, 469), (500, 519)])
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.moving()[0]; s = r.xz(b); r.step(2.0)
    need(math.dist(s, r.xz(b)) < .15, 'it does not stand'); need(abs(r.angle(b)) < .1, 'it turns'); need(r.m.body_mass[b] < 85, 'its hollow is filled')


# -- Linkages ---------------------------------------------------------------------------------------------

@scene
def four_bar_driven(h):
    a, b, c, d = (250, 420), (250, 350), (440, 290), (470, 420)
    for p in (a, d): h.line((p[0] - 30, p[1] + 12), (p[0] + 30, p[1] + 12)); h.hatch((p[0] - 30, p[1] + 12), (p[0] + 30, p[1] + 12), 5, 12, 1)
    for p, q in ((a, b), (b, c), (c, d)): h.line(p, q)
    for p in (a, b, c, d): h.pin(p)
    h.turn_arrow(a, 30, -170, 230)
    r = yield h.sketch()
    need(r.joints() == {'hinge': 3} and r.m.neq == 1, f'joints {r.joints()}, {r.m.neq} loops'); need(r.m.nu == 1, f'{r.m.nu} motors')
    crank, rocker = r.body((250, 385), .4), r.body((455, 355), .4); turn, x = [], []
    r.step(7.0, lambda t: (turn.append(r.angle(crank)), x.append(r.angle(rocker))))
    need(swing(turn) > 5.5, f'the crank turns by {swing(turn):.2f}'); need(.3 < swing(x) < 2.6, f'the rocker swings by {swing(x):.2f}')


@scene
def parallelogram(h):
    h.ceiling((280, 100), (520, 100)); tops, feet = ((320, 100), (480, 100)), ((260, 240), (420, 240))
    for p, q in zip(tops, feet): h.line(p, q)
    h.line(*feet)
    for p in tops + feet: h.pin(p)
    r = yield h.sketch()
    need(r.joints() == {'hinge': 3} and r.m.neq == 1, f'joints {r.joints()}, {r.m.neq} loops'); b = r.body((340, 240), .3); a0 = r.angle(b); x, a = [], []
    r.step(4.0, lambda t: (x.append(r.xz(b)[0]), a.append(r.angle(b) - a0)))
    need(swing(x) > .6, f'swings {swing(x):.2f} m'); need(max(map(abs, a)) < .15, 'the coupler turns')


@scene
def pantograph_falls(h):
    h.line((200, 140), (600, 140)); h.hatch((200, 140), (600, 140), 9, 12, -1)
    pts = ((260, 140), (360, 240), (520, 240), (540, 140))
    for p, q in zip(pts, pts[1:]): h.line(p, q)
    for p in pts: h.dot(p, 5)
    r = yield h.sketch()
    need(r.joints() == {'hinge': 3} and r.m.neq == 1, f'joints {r.joints()}, {r.m.neq} loops'); b = r.body((440, 240), .4); z = [p[2] for p in r.trace(b, 3)]
    need(min(z) > r.world((0, 420))[1], 'the loop opens'); need(swing(z) > .005, 'it stands')


# -- Crank and slider -------------------------------------------------------------------------------------

def crank_slider(r, stroke):
    need(r.joints().get('hinge', 0) >= 2 and r.joints().get('slide', 0) >= 1 and 'free' not in r.joints(), f'joints {r.joints()}'); need(r.m.nu == 1, f'{r.m.nu} motors')
    return lambda values: need(abs(swing(values) - stroke) < .12 * stroke, f'stroke {swing(values):.2f} m')


@scene
def engine_between_lines(h):
    c, k, s = (220, 400), (220, 340), (420, 400)
    h.line((330, 372), (600, 372)); h.line((330, 428), (600, 428)); h.box(s, 80, 52); h.line(c, k); h.line(k, s)
    h.line((190, 414), (250, 414)); h.hatch((190, 414), (250, 414), 5, 12, 1)
    for p in (c, k, s): h.pin(p)
    h.turn_arrow(c, 26, -170, 230)
    r = yield h.sketch()
    ok = crank_slider(r, 1.2); b = r.body(s, .3); ok([p[1] for p in r.trace(b, 7)])


@scene
def engine_on_rail(h):
    c, k, s = (200, 400), (150, 350), (420, 400)
    h.ground((340, 432), (640, 432), 8); h.box(s, 90, 62); both_ways(h, (420, 340)); h.line(c, k); h.line(k, s)
    h.line((170, 414), (230, 414)); h.hatch((170, 414), (230, 414), 5, 12, 1)
    for p in (c, k, s): h.pin(p)
    h.turn_arrow(c, 28, -60, 230)
    r = yield h.sketch()
    ok = crank_slider(r, 2 * math.hypot(50, 50) / 100); b = r.body(s, .3); ok([p[1] for p in r.trace(b, 7)])


@scene
def upright_pump(h):
    c, k, s = (400, 160), (450, 160), (400, 350)
    h.line((368, 270), (368, 520)); h.line((432, 270), (432, 520)); h.box(s, 60, 70); h.circle(c, 64); h.line(k, s)
    for p in (c, k, s): h.pin(p, 5)
    h.turn_arrow(c, 85, -150, 200)
    r = yield h.sketch()
    ok = crank_slider(r, 1.0); b = r.body(s, .3); ok([p[2] for p in r.trace(b, 7)])


# -- Loops within loops -----------------------------------------------------------------------------------

@scene
def ring_rolls(h):
    h.ground((80, 520), (720, 520)); h.line((120, 250), (460, 500)); h.hatch((120, 250), (460, 500), 9, 12, 1); h.circle((205, 255), 40); h.circle((205, 255), 24)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((205, 255)); x0 = r.xz(b)[0]; r.step(1.5); need(r.xz(b)[0] - x0 > 1.2, 'it does not roll')


@scene
def house_falls(h):
    h.ground((150, 520), (650, 520)); h.box((400, 300), 160, 120); h.box((365, 285), 36, 36); h.box((435, 285), 36, 36)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 300)); r.step(2.0); need(abs(r.xz(b)[1] - r.world((0, 460))[1]) < .1, 'it does not land')


@scene
def face_on_rod(h):
    h.ceiling((320, 90), (480, 90)); h.pin((400, 90)); h.line((400, 90), (300, 230)); h.circle((270, 272), 52); h.circle((252, 258), 9); h.circle((288, 258), 9); h.path(arc_points((270, 275), 24, 30, 120, 12))
    r = yield h.sketch()
    need(r.joints() == {'hinge': 1}, f'joints {r.joints()}'); x = [p[1] for p in r.trace(r.moving()[0], 4)]; need(swing(x) > 1, f'swings {swing(x):.2f} m')


# -- Labels -----------------------------------------------------------------------------------------------

@scene
def bounce_label(h):
    h.ground((150, 520), (650, 520)); h.circle((400, 220), 26)
    r = yield h.sketch(labels=[(440, 215, 'e = 0.8')])
    b = r.body((400, 220)); t = r.trace(b, 2.4); z0 = t[0][2]; low = min(p[2] for p in t); first = next(i for i, p in enumerate(t) if p[2] < low + .02)
    e = math.sqrt(max(p[2] - low for p in t[first:]) / (z0 - low)); need(abs(e - .8) < .06, f'e {e:.2f}')


@scene
def slope_labels(h):
    h.ground((80, 520), (760, 520)); h.line((120, 260), (520, 500)); h.hatch((120, 260), (520, 500), 10, 12, 1); h.box((206, 284), 56, 40, math.degrees(math.atan2(240, 400)))
    r = yield h.sketch(labels=[(225, 235, 'mu = 0.1')])
    b = r.body((206, 284)); x0, z0 = r.xz(b); r.step(.8); way = math.dist((x0, z0), r.xz(b)); a = math.atan2(240, 400)
    need(abs(way - .5 * 9.81 * (math.sin(a) - .1 * math.cos(a)) * .64) < .15, f'slid {way:.2f} m')


@scene
def spring_labels(h):
    h.ceiling((340, 80), (460, 80)); h.coil((400, 80), (400, 230)); h.box((400, 262), 70, 62)
    r = yield h.sketch(labels=[(425, 150, 'k = 200 N/m'), (445, 265, 'm = 2 kg')])
    b = r.body((400, 262)); t = r.trace(b, 4); T = period(t, 2, sum(p[2] for p in t) / len(t)); need(abs(T - 2 * math.pi * math.sqrt(2 / 200)) < .03, f'period {T:.3f} s')


@scene
def scale_label(h):
    h.ground((150, 520), (650, 520)); h.box((300, 460), 100, 118); h.circle((480, 200), 24); h.line((560, 400), (560, 520))
    r = yield h.sketch(labels=[(572, 455, '0.5 m'), (285, 460, 'fixed')])
    need(abs(r.scale - 240) < 12, f'scale {r.scale:.0f}')


@scene
def motor_label(h):
    h.ceiling((320, 100), (480, 100)); h.circle((400, 200), 60); h.pin((400, 200), 6); h.turn_arrow((400, 200), 85, -160, 230)
    r = yield h.sketch(labels=[(495, 180, '30 rpm')])
    need(r.m.nu == 1, f'{r.m.nu} motors'); r.step(1.0); q = r.d.qvel[0]; need(abs(q - math.pi) < .15, f'turns at {q:.2f} rad/s')


# -- Angles: what is drawn at another one is brought to the one that is written ---------------------------------

def way_down(r, b, seconds):
    """Degrees below the level that body b goes within so many seconds."""
    x0, z0 = r.xz(b); r.step(seconds); x, z = r.xz(b)
    return math.degrees(math.atan2(z0 - z, x - x0))


@scene
def ramp_angle_label(h):
    h.ground((80, 520), (760, 520)); h.line((160, 280), (500, 518)); h.hatch((160, 280), (500, 518), 8, 12, 1); h.circle((210, 290), 20)
    r = yield h.sketch(labels=[(410, 500, '30°')])
    a = way_down(r, r.body((212, 330), .6), .7); need(abs(a - 30) < 1, f'rolls at {a:.1f} degrees')


@scene
def wedge_angle_label(h):
    h.ground((80, 520), (760, 520)); h.polygon([(180, 300), (520, 519), (180, 519)]); h.cross((240, 460), 26); h.circle((222, 302), 20)
    r = yield h.sketch(labels=[(430, 508, '25°')])
    a = way_down(r, r.body((222, 340), .6), .7); need(abs(a - 25) < 2, f'rolls at {a:.1f} degrees')


@scene
def throw_angle_label(h):
    h.ground((80, 520), (760, 520)); h.circle((160, 495), 24); h.arrow((160, 495), (270, 425))
    r = yield h.sketch(labels=[(275, 410, 'v = 6 m/s'), (235, 480, '45°')])
    b = r.body((160, 495)); x0, z0 = r.xz(b); t = r.trace(b, .4); x, z = t[-1][1:]
    need(abs(x - x0 - .4 * 6 * math.sqrt(.5)) < .06, f'flew {x - x0:.2f} m'); need(abs(z - z0 - .4 * 6 * math.sqrt(.5) + .785) < .06, f'rose {z - z0:.2f} m')


# -- Materials ----------------------------------------------------------------------------------------------

def slide_on(h, word):
    h.ground((80, 520), (760, 520)); h.line((120, 260), (520, 460)); h.hatch((120, 260), (520, 460), 10, 12, 1); h.box((206, 278), 56, 40, math.degrees(math.atan2(200, 400)))
    return h.sketch(labels=[(205, 225, word)])


@scene
def ice_slides(h):
    r = yield slide_on(h, 'ice')
    b = r.body((206, 278)); s = r.xz(b); r.step(.8); need(math.dist(s, r.xz(b)) > .9, f'slid {math.dist(s, r.xz(b)):.2f} m')


@scene
def rubber_holds(h):
    r = yield slide_on(h, 'rubber')
    b = r.body((206, 278)); s = r.xz(b); r.step(1.0); need(math.dist(s, r.xz(b)) < .1, f'slid {math.dist(s, r.xz(b)):.2f} m')


@scene
def steel_outweighs_wood(h):
    h.ground((150, 520), (650, 520)); h.polygon([(400, 440), (440, 519), (360, 519)]); h.box((400, 433), 320, 12); h.box((280, 404), 44, 44); h.box((520, 404), 44, 44)
    r = yield h.sketch(labels=[(265, 370, 'steel'), (505, 370, 'wood')])
    p = r.body((400, 433)); a0 = r.angle(p); r.step(.6); need(abs(r.angle(p) - a0) > math.radians(6), 'it does not tip')


# -- Small signs --------------------------------------------------------------------------------------------

@scene
def motion_dashes(h):
    h.ground((100, 520), (700, 520)); h.circle((300, 470), 46)
    for y in (445, 470, 495): h.line((222, y), (240, y))
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((300, 470)); z0 = r.xz(b)[1]; r.step(1.0); need(abs(r.xz(b)[1] - z0) < .1, 'it does not lie')


@scene
def dashes_behind_a_box(h):
    h.ground((100, 520), (700, 520)); h.box((400, 459), 160, 120); h.arrow((480, 459), (590, 459))
    for y in (425, 459, 493): h.line((286, y), (298, y))
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); need(r.joints() == {'slide': 2, 'hinge': 1} and r.m.nu == 1, f'joints {r.joints()}, {r.m.nu} actuators')


@scene
def three_dots(h):
    h.ground((100, 520), (700, 520)); h.circle((300, 460), 58); dots(h, [(385, 450), (403, 450), (421, 450)])
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); need('trace' not in roles(r), 'three dots are no trace'); need(r.joints().get('hinge', 0) <= 1, f'joints {r.joints()}')


# -- Filled dots ----------------------------------------------------------------------------------------------

@scene
def dot_pins(h):
    h.ceiling((320, 90), (480, 90)); h.dot((400, 92), 5); h.line((400, 90), (310, 200)); h.dot((310, 200), 5); h.line((310, 200), (430, 300)); h.circle((440, 312), 18)
    r = yield h.sketch()
    need(r.joints() == {'hinge': 2}, f'joints {r.joints()}'); b = r.body((435, 306), 1.0); far = [math.dist(r.world((400, 90)), p[1:]) for p in r.trace(b, 2)]; need(max(far) < 3.4, 'it falls off')


@scene
def dot_scissors(h):
    h.ceiling((320, 90), (480, 90)); h.dot((400, 92), 5); h.line((400, 90), (300, 300)); h.line((200, 240), (420, 250)); h.dot((326, 246), 5)
    r = yield h.sketch()
    need(r.joints() == {'hinge': 2}, f'joints {r.joints()}'); b = r.body((310, 245), .4); x = [p[1] for p in r.trace(b, 2)]; need(swing(x) > .4, f'swings {swing(x):.2f} m')


@scene
def dot_axles(h):
    h.line((80, 400), (700, 510)); h.hatch((80, 400), (700, 510), 14, 12, 1); h.box((240, 366), 180, 50, 10)
    for x, y in ((180, 381), (296, 401)): h.circle((x, y), 27); h.dot((x, y), 5)
    r = yield h.sketch()
    need(r.joints().get('hinge', 0) >= 2, f'joints {r.joints()}'); b = r.body((240, 372), .4); x0 = r.xz(b)[0]; r.step(1.5); need(r.xz(b)[0] - x0 > .6, f'rolls {r.xz(b)[0] - x0:.2f} m')


# -- A plank on a triangle ------------------------------------------------------------------------------------

@scene
def level_see_saw(h):
    h.ground((150, 520), (650, 520)); h.polygon([(400, 440), (440, 519), (360, 519)]); h.box((400, 433), 320, 12); h.box((280, 404), 44, 44); h.box((520, 404), 44, 44)
    r = yield h.sketch(labels=[(265, 370, '5 kg'), (505, 370, '5 kg')])
    p = r.body((400, 433)); a = []; r.step(.6, lambda t: a.append(abs(r.angle(p)))); need(r.m.neq == 0, 'no single pivot')
    need(max(a) < math.radians(8), f'it tips by {math.degrees(max(a)):.0f} degrees')


@scene
def tilted_plank(h):
    h.ground((150, 520), (650, 520)); h.polygon([(400, 430), (440, 519), (360, 519)]); h.box((400, 423), 330, 12, 9)
    r = yield h.sketch()
    p = r.body((400, 423)); x0 = r.xz(p); a0 = r.angle(p); r.step(2.0); need(math.dist(r.xz(p), x0) < .35, 'it leaves its pivot'); need(abs(r.angle(p) - a0) < .6, 'it turns over')


@scene
def rod_on_a_triangle(h):
    h.ground((150, 520), (650, 520)); h.polygon([(400, 420), (440, 519), (360, 519)]); h.line((250, 418), (550, 418)); h.circle((530, 300), 24)
    r = yield h.sketch()
    p = r.body((400, 418), .4); a = []; r.step(2.0, lambda t: a.append(r.angle(p))); need(swing(a) > math.radians(8), f'tips by {math.degrees(swing(a)):.1f} degrees')
    need(math.dist(r.xz(p), r.world((400, 418))) < .4, 'it leaves its pivot')


# -- What holds -------------------------------------------------------------------------------------------

@scene
def bare_ground(h):
    h.line((90, 520), (720, 520)); h.box((300, 489), 80, 60); h.circle((500, 300), 30)
    r = yield h.sketch()
    need(len(r.moving()) == 2, f'{len(r.moving())} moving bodies'); b = r.body((500, 300)); r.step(2.0); need(abs(r.xz(b)[1] - r.world((0, 490))[1]) < .1, 'it does not land')


@scene
def crossed_line(h):
    h.line((250, 400), (550, 400)); h.cross((400, 400), 24); h.circle((350, 250), 26)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((350, 250)); r.step(1.2); need(abs(r.xz(b)[1] - r.world((0, 374))[1]) < .1, 'it does not land')


@scene
def crossed_box(h):
    h.box((400, 440), 160, 60); h.cross((400, 440), 26); h.line((330, 380), (330, 408)); h.box((420, 300), 60, 60)
    r = yield h.sketch()
    b = r.body((420, 300)); r.step(1.5); need(abs(r.xz(b)[1] - r.world((0, 380))[1]) < .12, 'it does not land')


# -- Rods that meet -------------------------------------------------------------------------------------------

@scene
def angle_of_rods(h):
    h.ground((150, 520), (650, 520)); h.line((330, 200), (330, 330)); h.line((330, 330), (470, 330))
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.moving()[0]; r.step(2.0); need(r.xz(b)[1] > r.world((0, 520))[1], 'through the ground')


@scene
def triangle_of_rods(h):
    a, b, c = (400, 150), (310, 290), (490, 290)
    h.ceiling((330, 150), (470, 150))
    for p, q in ((a, b), (b, c), (c, a)): h.line(p, q)
    for p in (a, b, c): h.pin(p)
    h.circle((330, 312), 16)
    r = yield h.sketch()
    need('hinge' in r.joints(), f'joints {r.joints()}'); d = r.body((400, 290), .3); z = []; r.step(2.0, lambda t: z.append(r.xz(d)[1])); need(min(z) > r.world((0, 380))[1], 'it comes apart')


@scene
def bent_lever(h):
    h.ceiling((320, 120), (480, 120)); h.pin((400, 120)); h.line((400, 120), (330, 280)); h.line((330, 280), (450, 330))
    r = yield h.sketch()
    need(r.joints() == {'hinge': 1}, f'joints {r.joints()}'); x = [p[1] for p in r.trace(r.moving()[0], 4)]; need(swing(x) > .2, f'swings {swing(x):.2f} m')


@scene
def lamp_of_rods(h):
    h.ground((150, 520), (650, 520)); h.line((400, 250), (350, 370)); h.line((330, 225), (470, 275)); h.circle((340, 393), 25)
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.moving()[0]; z0 = r.xz(b)[1]; r.step(.3); need(abs(z0 - r.xz(b)[1] - .441) < .1, 'it does not fall freely')


# -- Bodies pinned where they overlap --------------------------------------------------------------------------

@scene
def two_planks(h):
    h.ceiling((280, 100), (480, 100)); h.pin((380, 100)); h.box((380, 190), 44, 190); h.box((450, 262), 190, 44); h.pin((380, 262))
    r = yield h.sketch()
    need(r.joints() == {'hinge': 2}, f'joints {r.joints()}'); b = r.body((450, 262), .4); z = [p[2] for p in r.trace(b, 2)]; need(swing(z) > .3, f'swings {swing(z):.2f} m')


@scene
def wheel_on_a_plank(h):
    h.ground((100, 520), (700, 520)); h.box((380, 462), 240, 40); h.circle((300, 470), 48); h.pin((300, 470)); h.circle((460, 470), 48); h.pin((460, 470)); h.arrow((500, 462), (610, 462))
    r = yield h.sketch(labels=[(575, 440, '200 N')])
    need(r.joints().get('hinge', 0) == 3, f'joints {r.joints()}'); b = r.body((380, 462), .4); x0 = r.xz(b)[0]; r.step(1.0); need(r.xz(b)[0] - x0 > .15, f'rolls {r.xz(b)[0] - x0:.2f} m')


@scene
def chain_of_boxes(h):
    h.ceiling((250, 100), (430, 100)); h.pin((340, 100)); c = [(340, 140), (352, 210), (364, 280)]
    for x, y in c: h.box((x, y), 50, 100)
    h.pin((346, 175)); h.pin((358, 245))
    r = yield h.sketch()
    need(r.joints() == {'hinge': 3}, f'joints {r.joints()}'); b = r.body(c[2], .4); far = [math.dist(r.world((340, 100)), p[1:]) for p in r.trace(b, 2)]; need(max(far) < 2.4, 'it comes apart')


# -- Outlines of several strokes --------------------------------------------------------------------------------

@scene
def box_of_five(h):
    h.ground((150, 520), (650, 520)); p = [(340, 300), (400, 300), (460, 300), (460, 380), (340, 380)]
    for i in range(5): h.line(p[i], p[(i + 1) % 5])
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 340)); r.step(2.0); need(abs(r.xz(b)[1] - r.world((0, 480))[1]) < .1, 'it does not land')


@scene
def triangle_of_three(h):
    h.ground((150, 520), (650, 520)); p = [(400, 200), (470, 310), (330, 310)]
    for i in (2, 0, 1): h.line(p[i], p[(i + 1) % 3])
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((400, 273)); need(r.m.body_mass[b] > 20, 'its middle is empty'); r.step(1.5); need(abs(r.xz(b)[1] - r.world((0, 483))[1]) < .1, 'it does not land')


@scene
def circle_of_halves(h):
    h.ground((80, 520), (720, 520)); h.line((120, 250), (460, 500)); h.hatch((120, 250), (460, 500), 9, 12, 1)
    h.path(arc_points((203, 259), 36, -90, 184)); h.path(arc_points((203, 259), 36, 266, -176))
    r = yield h.sketch()
    need(len(r.moving()) == 1, f'{len(r.moving())} moving bodies'); b = r.body((203, 259)); x0 = r.xz(b)[0]; r.step(1.5); need(r.xz(b)[0] - x0 > 1.0, f'rolled {r.xz(b)[0] - x0:.2f} m')


def main():
    if len(sys.argv) > 1:
        shared_scenes.main(SCENES)
        return
    sys.argv += ['--cli', os.environ['SG_CLI'], '--hands', HANDS, '--json']
    with contextlib.redirect_stdout(io.StringIO()) as out:
        shared_scenes.main(SCENES)
    measured = json.loads(out.getvalue())
    floors = Floors()
    floors.at_least('own scenes, per cent right', measured['scenes_right'], FLOOR)
    floors.end()


if __name__ == '__main__':
    main()
