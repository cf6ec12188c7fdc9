#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The share of real hand-drawn marks that are read right stays where it was promised."""
from measure import SHARED, Floors, figures, skip_unless


def main():
    skip_unless((SHARED / 'data').is_dir(), 'the collection of drawings is not beside the project')
    floors = Floors()
    drawn = figures('recognition.py')
    floors.at_least('strokes, per cent right', drawn['strokes_right'], 97.5)
    floors.at_least('pictures, per cent right', drawn['raster_right'], 93)
    floors.at_most('false positives, per cent', drawn['false_positives'], 3)
    floors.at_most('calibration error', drawn['calibration_error'], 0.05)
    turned = figures('recognition.py', '--only', 'strokes', '--rotate')
    floors.at_least('turned strokes, per cent right', turned['strokes_right'], 97.5)
    floors.end()


if __name__ == '__main__':
    main()
