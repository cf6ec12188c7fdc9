# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks of the notation as many hands would draw them in one stroke, for build-aux/train-marks: each yields the kinds that
would be right and the points, in units of a mark about 100 across. The same random source gives the same marks."""
import math


def smooth(r, n, size):
    """n values of a slow wobble of about `size`."""
    waves = [(r.gauss(0, size) / k, r.uniform(0, 2 * math.pi), k) for k in (1, 2, 3, 5)]
    return [sum(a * math.sin(p + 2 * math.pi * k * i / max(n - 1, 1)) for a, p, k in waves) for i in range(n)]


def along(r, corners, rounded=0.0):
    """Points every 2 to 4 units along a path, its corners cut by up to `rounded` units, as a hand's pen would leave them."""
    path = [corners[0]]
    for a, b, c in zip(corners, corners[1:], corners[2:]):
        cut = min(rounded * r.random(), math.dist(a, b) / 3, math.dist(b, c) / 3)
        if cut > 0.5:
            path += [toward(b, a, cut), toward(b, toward(toward(b, a, cut), toward(b, c, cut), cut / 2), cut / 3), toward(b, c, cut)]
        else:
            path.append(b)
    path.append(corners[-1])
    step, out = r.uniform(2, 4), []
    for a, b in zip(path, path[1:]):
        n = max(1, round(math.dist(a, b) / step))
        out += [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n)]
    return out + [path[-1]]


def toward(a, b, distance):
    d = math.dist(a, b) or 1
    return (a[0] + (b[0] - a[0]) * distance / d, a[1] + (b[1] - a[1]) * distance / d)


def wobbled(r, points, size):
    dx, dy = smooth(r, len(points), size), smooth(r, len(points), size)
    return [(x + a + r.gauss(0, 0.15), y + b + r.gauss(0, 0.15)) for (x, y), a, b in zip(points, dx, dy)]


def round_path(r, rx, ry, start, sweep):
    n = max(16, int(abs(sweep) * max(rx, ry) / r.uniform(2, 4)))
    return [(rx * math.cos(start + sweep * i / n), ry * math.sin(start + sweep * i / n)) for i in range(n + 1)]


def closed(r, corners):
    """A closed path from a random place on it, its end a little short of the start or beyond it."""
    k, f = r.randrange(len(corners)), r.choice((0, r.random()))
    corners = corners[k:] + corners[:k]
    start = toward(corners[0], corners[1], f * math.dist(corners[0], corners[1]))
    end = r.uniform(-5, 6)
    last = toward(corners[0], corners[-1], -end) if f == 0 else toward(start, corners[1], end)
    middle = [start] + corners[1:] + ([corners[0]] if f else [])
    return along(r, middle + [last], r.choice((0, 6)))


def line(r):
    bend = r.gauss(0, 1.5)
    return {'line'}, wobbled(r, along(r, [(0, 0), (50, bend), (100, 0)]), 0.5)


def short_line(r):
    return {'line'}, wobbled(r, along(r, [(0, 0), (r.uniform(8, 30), r.gauss(0, 0.3))]), 0.4)


def circle(r):
    oval = r.uniform(0.9, 1.1)
    return {'circle'}, wobbled(r, round_path(r, 50 * oval, 50 / oval, r.uniform(0, 7), 2 * math.pi + r.uniform(-0.25, 0.5)), 1.5)


def pin(r):
    radius = r.uniform(3.5, 12)
    return {'circle'}, wobbled(r, round_path(r, radius, radius * r.uniform(0.85, 1.1), r.uniform(0, 7), 6.28 + r.uniform(-0.3, 0.6)), 0.5)


def token(r):
    """A circle drawn small and fast: a dozen points on a coarse grid, its ends overlapping."""
    n, a, oval, grid = r.randint(10, 22), r.uniform(0, 7), math.exp(r.gauss(0, 0.07)), r.uniform(3, 8)
    sweep = (2 * math.pi + r.uniform(-0.4, 0.9)) * r.choice((-1, 1))
    points = wobbled(r, [(50 * oval * math.cos(a + sweep * i / n), 50 / oval * math.sin(a + sweep * i / n)) for i in range(n + 1)], 3)
    return {'circle'}, [(round(x / grid) * grid, round(y / grid) * grid) for x, y in points]


def ellipse(r):
    return {'ellipse'}, wobbled(r, round_path(r, 60, 60 * r.uniform(0.3, 0.65), r.uniform(0, 7), 6.28 + r.uniform(-0.25, 0.5)), 1)


def rectangle(r):
    w, h = 60, 60 * math.exp(r.uniform(-2.6, 0))
    corners = [(-w, -h), (w, -h), (w, h), (-w, h)]
    return {'rectangle'}, wobbled(r, closed(r, [(x + r.gauss(0, 0.04 * h), y + r.gauss(0, 0.04 * h)) for x, y in corners]), 1)


def triangle(r):
    while True:
        corners = [(r.uniform(-60, 60), r.uniform(-60, 60)) for _ in range(3)]
        sides = sorted(math.dist(corners[i], corners[i - 1]) for i in range(3))
        if sides[0] > 40 and sides[2] < 0.9 * (sides[0] + sides[1]):
            return {'triangle'}, wobbled(r, closed(r, corners), 1)


def polygon(r):
    k = r.choice((5, 6, 6, 8))
    corners = [((50 + r.gauss(0, 3)) * math.cos(a), (50 + r.gauss(0, 3)) * math.sin(a))
               for a in (2 * math.pi * (i + r.gauss(0, 0.05)) / k for i in range(k))]
    return {'polygon'}, wobbled(r, closed(r, corners), 1)


def wedge(r):
    corners = [(-60, 30), (60, 30), (r.uniform(5, 45), -30), (-r.uniform(5, 45), -30)]
    return {'polygon'}, wobbled(r, closed(r, corners), 1)


def blob(r):
    while True:
        waves = [(r.gauss(0, 0.2), r.uniform(0, 7), k) for k in (2, 3, 3, 4)]
        if sum(abs(a) for a, _, k in waves if k > 2) > 0.3:
            break
    radius = [50 * (1 + sum(a * math.sin(p + k * t) for a, p, k in waves)) for t in (i / 90 * 6.28 for i in range(91))]
    return {'blob'}, [(max(q, 12) * math.cos(i / 90 * 6.28), max(q, 12) * math.sin(i / 90 * 6.28)) for i, q in enumerate(radius)]


def zigzag(r):
    k, lead, width = 2 * r.randint(3, 8), r.choice((0, r.uniform(4, 20))), r.uniform(5, 18)
    tips = [(lead + 100 * (i + 0.5 + r.gauss(0, 0.06)) / k, width * (-1) ** i * r.uniform(0.8, 1.2)) for i in range(k)]
    ends = ([(0, 0), (lead, 0)], [(100 + lead, 0), (100 + 2 * lead, 0)]) if lead else ([], [])
    return {'spring'}, wobbled(r, along(r, ends[0] + tips + ends[1], r.choice((0, 4))), 0.8)


def coil(r):
    k, size, lead = r.randint(3, 8), r.uniform(8, 16), r.choice((0, r.uniform(4, 15)))
    m = 20 * k
    turns = [(lead + 110 * i / m + size * r.uniform(1, 1.2) * math.sin(2 * math.pi * k * i / m), size * math.cos(2 * math.pi * k * i / m))
             for i in range(m + 1)]
    return {'spring'}, wobbled(r, ([(0, 0)] if lead else []) + turns + ([(110 + 2 * lead, 0)] if lead else []), 0.8)


def arc(r):
    return {'arc'}, wobbled(r, round_path(r, 50, 50 * r.uniform(0.9, 1.1), 0, r.uniform(1.3, 4.6)), 1)


def curve(r):
    n, a, b = 60, r.uniform(10, 30), r.uniform(0.8, 1.6)
    return {'curve'}, [(2 * i, a * math.sin(2 * math.pi * b * i / n + 0.3) + 0.1 * i) for i in range(n)]


def rope(r):
    sag = r.uniform(14, 40)
    points = [(i * 2, sag * (1 - ((i - 30) / 30) ** 2)) for i in range(61)]
    return {'arc', 'curve'}, wobbled(r, points, 1.5)


def pulley_rope(r):
    """Over a wheel and down on both sides."""
    radius, sweep = r.uniform(15, 40), r.uniform(2.6, 3.6)
    wheel = round_path(r, radius, radius, -math.pi / 2 - sweep / 2, sweep)
    lead = lambda p, turn, length: (p[0] + length * math.cos(turn), p[1] + length * math.sin(turn))
    first = lead(wheel[0], -math.pi / 2 - sweep / 2 - math.pi / 2, r.uniform(30, 160))
    last = lead(wheel[-1], -math.pi / 2 + sweep / 2 + math.pi / 2, r.uniform(30, 160))
    return {'polyline', 'curve'}, wobbled(r, along(r, [first] + wheel + [last]), 1)


def track(r):
    """Down a slope, through a dip and up, or over a hill: one long curve."""
    a, b, n = r.uniform(15, 60), r.uniform(-50, 50), 60
    turns = r.uniform(0.7, 1.4)
    return {'curve', 'polyline'}, wobbled(r, [(3 * i, a * math.cos(2 * math.pi * turns * i / n) + b * i / n) for i in range(n + 1)], 1)


def corner(r):
    a = math.radians(r.uniform(30, 130))
    legs = r.uniform(30, 90), r.uniform(30, 90)
    return {'polyline'}, wobbled(r, along(r, [(legs[0], 0), (0, 0), (legs[1] * math.cos(a), legs[1] * math.sin(a))], 4), 0.8)


def channel(r):
    a, b = r.uniform(20, 70), r.uniform(20, 70)
    return {'polyline'}, wobbled(r, along(r, [(r.gauss(0, 4), -a), (0, 0), (70, 0), (70 + r.gauss(0, 4), r.choice((-1, -1, 1)) * b)], 4), 0.8)


def stairs(r):
    k, w, h = r.randint(2, 6), r.uniform(12, 24), r.uniform(10, 20)
    return {'polyline'}, wobbled(r, along(r, [(w * ((i + 1) // 2), -h * (i // 2)) for i in range(2 * k + 1)]), 0.6)


def jagged(r):
    points, a = [(0, 0)], 0
    for _ in range(r.randint(3, 4)):
        a += r.uniform(-1.6, 1.6)
        points.append((points[-1][0] + r.uniform(25, 60) * math.cos(a), points[-1][1] + r.uniform(25, 60) * math.sin(a)))
    return {'polyline'}, wobbled(r, along(r, points, 4), 0.8)


def head(r, tip, direction, length):
    """A head in one go: out along one barb, back to the tip or straight across, out along the other."""
    barbs = []
    for side in r.choice(((-1, 1), (1, -1))):
        a = direction + math.pi + side * r.uniform(0.35, 0.9)
        d = length * r.uniform(0.8, 1.2)
        barbs.append((tip[0] + d * math.cos(a), tip[1] + d * math.sin(a)))
    back = (tip[0] + r.gauss(0, 0.06 * length), tip[1] + r.gauss(0, 0.06 * length))
    return r.choice(([barbs[0], back, barbs[1]], [barbs[0], back, barbs[1]], [barbs[0], barbs[1], tip]))


def arrow(r):
    bend = r.gauss(0, 8)
    shaft = [(0, 0), (30, 0.84 * bend), (50, bend), (70, 0.84 * bend), (100, 0)]
    direction = math.atan2(-0.84 * bend, 30)
    return {'arrow'}, wobbled(r, along(r, shaft + head(r, (100, 0), direction, r.uniform(14, 40)), r.choice((0, 3))), 0.8)


def turn_arrow(r):
    sweep = r.uniform(2.2, 5.2)
    shaft = round_path(r, 45, 45, 0, sweep)
    points = along(r, [shaft[-1]] + head(r, shaft[-1], sweep + math.pi / 2, r.uniform(12, 28)))
    return {'turn-arrow'}, wobbled(r, shaft + points[1:], 0.8)


def cross(r):
    a, b, j = r.uniform(0.7, 1.3), r.uniform(0.7, 1.3), lambda: r.gauss(0, 4)
    path = [(-40 * a + j(), -40 * a + j()), (40 * a + j(), 40 * a + j()), (40 * b + j(), -40 * b + j()), (-40 * b + j(), 40 * b + j())]
    if r.random() < 0.3:
        path.insert(2, (60 * max(a, b), r.gauss(0, 10)))
    return {'cross'}, wobbled(r, along(r, path, 8), 0.8)


def alpha(r):
    reach = r.uniform(1.3, 1.5)
    points = [(50 * (t * t - 1), 45 * t * (t * t - 1)) for t in (i / 30 * reach for i in range(-30, 31))]
    return {'curve', 'unknown'}, wobbled(r, points, 1.5)


def scribble(r):
    points = [(r.uniform(-50, 50), r.uniform(-50, 50)) for _ in range(r.randint(7, 14))]
    return {'unknown', 'curve'}, wobbled(r, along(r, points, 12), 1)


def star(r):
    tips = [(50 * math.cos(2.513 * i) + r.gauss(0, 3), 50 * math.sin(2.513 * i) + r.gauss(0, 3)) for i in range(6)]
    return {'unknown'}, wobbled(r, along(r, tips), 0.8)


MARKS = (line, short_line, circle, token, pin, ellipse, rectangle, triangle, polygon, wedge, blob, zigzag, coil, arc, curve, rope, pulley_rope, track,
         corner, channel, stairs, jagged, arrow, turn_arrow, cross, alpha, scribble, star)
