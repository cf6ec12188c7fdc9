#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawn mechanisms behave as their figures say, measured in stock MuJoCo by its Python package."""
import importlib.util

from measure import SHARED, Floors, figures, skip_unless


def main():
    skip_unless((SHARED / 'eval').is_dir(), 'the scenes are not beside the project')
    skip_unless(importlib.util.find_spec('mujoco'), "Python's mujoco package is not installed")
    floors = Floors()
    scenes = figures('scenes.py', '--hands', '10')
    floors.at_least('all scenes, per cent right', scenes['scenes_right'], 96)
    for name, share in scenes['by_scene'].items():
        floors.at_least(f'{name}, share of hands', share, 0.9)
    floors.end()


if __name__ == '__main__':
    main()
