#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawn mechanisms behave when all that is left of the drawing is a picture of 1600x1200 pixels.

    picture-scenes.py [--cli PATH] [--hands N] [--only NAME] [--keep DIR] [--json]

By hand it takes the options of scenes.py; without any it is a test."""
import contextlib
import importlib.util
import io
import json
import os
import sys

from measure import SHARED, Floors, skip_unless

HANDS = '3'  # a scene, in the test


def load_scenes():
    """scenes.py, its sketches drawn into a picture before they are compiled."""
    from rasterise import rasterised

    sys.path.insert(0, str(SHARED / 'eval'))
    spec = importlib.util.spec_from_file_location('scenes', SHARED / 'eval' / 'scenes.py')
    scenes = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scenes)
    compiled = scenes.Run
    scenes.Run = lambda cli, sketch, keep=None: compiled(cli, rasterised(sketch), keep)
    return scenes


def main():
    skip_unless((SHARED / 'eval').is_dir(), 'the scenes are not beside the project')
    for package in ('mujoco', 'numpy'):
        skip_unless(importlib.util.find_spec(package), f"Python's {package} package is not installed")
    scenes = load_scenes()
    if len(sys.argv) > 1:
        scenes.main()
        return
    sys.argv += ['--cli', os.environ['SG_CLI'], '--hands', HANDS, '--json']
    with contextlib.redirect_stdout(io.StringIO()) as out:
        scenes.main()
    floors = Floors()
    floors.at_least('scenes in pictures, per cent right', json.loads(out.getvalue())['scenes_right'], 88)
    floors.end()


if __name__ == '__main__':
    main()
