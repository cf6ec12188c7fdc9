#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli itself: its help, its version, its manual page, and what it refuses."""
import json
import os
import pathlib
import re

from cli import main, misuse, need, succeed

MANUAL = (pathlib.Path(os.environ['SG_BUILD_ROOT']) / 'data' / 'simgen-cli.1').read_text()


def commands():
    listed = succeed('--help').split('Commands:\n')[1].split('\n\n')[0]
    return re.findall(r'^  (\S+) ', listed, re.MULTILINE)


def plain(roff):
    """The text of a part of the manual page, without its font changes."""
    return re.sub(r'^\.\w+ ?|\\f.', '', roff.replace('\\-', '-'), flags=re.MULTILINE).replace('"', '')


def version_names_mujoco(folder):
    need(re.fullmatch(r'simgen-cli \d+\.\d+\.\d+ \(MuJoCo 4\.\S+\)\n', succeed('--version')), 'version')


def every_command_has_help(folder):
    need(len(commands()) >= 4, 'commands')
    for command in commands():
        need(f'simgen-cli {command}' in succeed(command, '--help'), command)


def the_manual_has_the_same_commands(folder):
    body = MANUAL.split('.SH COMMANDS')[1].split('.SH ')[0]
    need(re.findall(r'^\.TP\n\.BI "(\w+) "', body, re.MULTILINE) == commands(), 'commands')


def the_manual_has_the_same_options(folder):
    body = MANUAL.split('.SH COMMANDS')[1].split('.SH ')[0]
    parts = dict(re.findall(r'^\.TP\n\.BI "(\w+) "(.*?)(?=^\.TP\n\.BI "\w+ "|^\.PP)', body, re.MULTILINE | re.DOTALL))
    for command in commands():
        offered = set(re.findall(r'--[a-z-]+', succeed(command, '--help'))) - {'--help', '--verbose'}
        described = set(re.findall(r'--[a-z-]+', plain(parts[command])))
        need(offered == described, f'{command}: {offered ^ described}')


def the_manual_has_the_same_operands(folder):
    described = dict(re.findall(r'^\.TP\n\.BI "(\w+) "(.*)\n', MANUAL, re.MULTILINE))
    for command in commands():
        usage = succeed(command, '--help').split('\n')[1]
        need(usage.partition('[OPTION…]')[2].strip() == described[command].strip(' "'), f'{command}: {usage}: {described[command]}')


def section(name):
    return MANUAL.split(f'.SH {name}\n')[1].split('.SH ')[0]


def the_manual_has_the_same_limits(folder):
    described = dict(re.findall(r'^\.TP\n\.B (\S+)\n(\d+)', section('LIMITS').replace('\\-', '-'), re.MULTILINE))
    limits = [json.loads(line) for line in succeed('limits', '--json').splitlines()]
    need(described == {limit['name']: str(limit['value']) for limit in limits}, described)


def the_manual_has_the_same_errors(folder):
    body = section('ERRORS').replace('\\-', '-')
    codes = [json.loads(line) for line in succeed('explain', '--json').splitlines()]
    need(sorted(re.findall(r'^\.TP\n\.B (\S+)$', body, re.MULTILINE)) == sorted(code['code'] for code in codes), 'codes')
    for code in codes:
        lines = f"{code['code']}\n{code['meaning']}\n" + (f"{code['remedy']}\n" if 'remedy' in code else '')
        need(lines in body, code)


def misuse_is_refused(folder):
    misuse()
    misuse('sing')
    misuse('--sing')


main(version_names_mujoco, every_command_has_help, the_manual_has_the_same_commands, the_manual_has_the_same_options,
     the_manual_has_the_same_operands, the_manual_has_the_same_limits, the_manual_has_the_same_errors,
     misuse_is_refused)
