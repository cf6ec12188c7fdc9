# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the ink of a sketch into one picture that lies where the ink was."""
import base64
import math
import struct
import zlib

import numpy

PAGE = (800, 600)  # the scenes' page, in page units


def draw_segment(ink, a, b, radius):
    """Darkens the pixels within `radius` of the segment, its rim by the part that it covers."""
    x0, x1 = sorted((a[0], b[0]))
    y0, y1 = sorted((a[1], b[1]))
    left, top = max(0, math.floor(x0 - radius - 1)), max(0, math.floor(y0 - radius - 1))
    patch = ink[top:math.ceil(y1 + radius + 2), left:math.ceil(x1 + radius + 2)]
    if patch.size == 0:
        return
    y, x = numpy.mgrid[top:top + patch.shape[0], left:left + patch.shape[1]]
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((x - a[0]) * dx + (y - a[1]) * dy) / max(dx * dx + dy * dy, 1e-12)
    along = numpy.clip(along, 0, 1)
    distance = numpy.hypot(x - a[0] - along * dx, y - a[1] - along * dy)
    numpy.maximum(patch, numpy.clip(radius + 0.5 - distance, 0, 1), out=patch)


def ink_of(strokes, size):
    """Coverage 0..1 of each pixel of a picture of `size` (width, height) over the page."""
    ink = numpy.zeros((size[1], size[0]))
    k = size[0] / PAGE[0]
    for stroke in strokes:
        points = [(p[0] * k, p[1] * k) for p in stroke['points']]
        for a, b in zip(points, points[1:] or points):
            draw_segment(ink, a, b, stroke.get('width', 3) * k / 2)
    return ink


def png(grey):
    """Bytes of a grey PNG of rows of 0..255."""
    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
    rows = numpy.hstack([numpy.zeros((grey.shape[0], 1), numpy.uint8), grey.astype(numpy.uint8)])
    header = struct.pack('>IIBBBBB', grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', zlib.compress(rows.tobytes(), 6)) +
            chunk(b'IEND', b''))


def rasterised(sketch, size=(1600, 1200)):
    """The sketch with its strokes as a picture: dark ink on white. Labels and words stay typed."""
    grey = 255 - 225 * ink_of(sketch['strokes'], size)
    image = {'x': 0, 'y': 0, 'width': PAGE[0], 'height': PAGE[1], 'data': base64.b64encode(png(grey)).decode()}
    return {**sketch, 'strokes': [], 'images': [image]}
