#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Closing line of a test run: counts the results in meson's testlog.json, prints why any was skipped.

Exits with 1 where a test failed or where no test ran."""
import json
import sys

GOOD = {'OK', 'EXPECTEDFAIL'}
counts = {'passed': 0, 'failed': 0, 'skipped': 0}
try:
    lines = open(sys.argv[1], encoding='utf-8').read().splitlines()
except OSError as error:
    lines = []
    print(f'no test log: {error}')
for line in lines:
    test = json.loads(line)
    if test['result'] == 'SKIP':
        counts['skipped'] += 1
        why = (test.get('stdout', '') + test.get('stderr', '')).strip().splitlines()
        print(f"skipped {test['name']}: {why[-1] if why else 'no reason given'}")
    else:
        counts['passed' if test['result'] in GOOD else 'failed'] += 1
print('{passed} passed, {failed} failed, {skipped} skipped'.format(**counts))
sys.exit(1 if counts['failed'] or not counts['passed'] else 0)
