#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""contact_sheet.py FOLDER: a picture of every view, in the order in which a walk comes to it (build-aux/contact-sheet)."""
import os
import subprocess
import sys
import time

from views import Walk, write_gtk_settings


def rest(pictures=8):
    """Waits until the screen stays as it is."""
    last = b''
    for _ in range(pictures):
        now = subprocess.run(['import', '-window', 'root', 'rgb:-'], capture_output=True, check=True).stdout
        if now == last:
            return
        last = now
        time.sleep(0.2)


def main():
    folder = sys.argv[1]
    write_gtk_settings(os.environ.get('SG_GTK_SETTINGS', ''))
    if 'SG_TEXT_DPI' in os.environ:  # GTK asks the X server, not its settings.ini
        resource = f'Xft.dpi:\t{os.environ["SG_TEXT_DPI"]}\n'
        subprocess.run(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', resource], check=True)
    walk = Walk()
    for number, view in enumerate(walk.views(), 1):
        rest()
        subprocess.run(['import', '-window', 'root', '-strip', f'{folder}/{number:02}-{view}.png'], check=True)
    walk.window.end()
    for complaint in walk.window.complaints():
        print(complaint)


main()
