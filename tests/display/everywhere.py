#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every view in a window as narrow as a phone, in a language of long words in brackets: no text is cut without a tooltip, nothing
reaches over the window's edge or needs a wider one, lies under something else or has to be scrolled sideways, no word is left in
English, and whatever can have the focus has a name. (build-aux/contact-sheet is for the eyes.)"""
import os

from simgen_window import Report
from views import Reader, Walk, find_unnamed, folder_of_brackets, write_gtk_settings

WIDTH, HEIGHT = 360, 720
FRAME = 10  # pixels that a window has around it where nothing composes
DEFECTS = {'cut': 'no text is cut', 'outside': 'nothing is outside of its window', 'covered': 'no button lies under something else',
           'sideways': 'nothing has to be scrolled sideways'}


report = Report()
write_gtk_settings('gtk-enable-animations=0\n')
os.environ.update(SIMGEN_LOCALEDIR=folder_of_brackets(), LANGUAGE='xx', LC_ALL='C.UTF-8')
walk, reader = Walk(full=False), Reader()
defects = {kind: {} for kind in DEFECTS}
wide, unnamed, seen = {}, {}, []
n_focusable = 0
for view in walk.views(WIDTH, HEIGHT):
    seen.append(view)
    reader.look(walk.window, view)
    n, found = find_unnamed(walk.window)
    n_focusable += n
    for path, node in found.items():
        unnamed.setdefault(path, (view, node))
    for kind, *said in walk.audit():
        if kind in defects:
            defects[kind].setdefault(' '.join(said), view)
        elif kind == 'window' and int(said[1]) > WIDTH + FRAME:
            wide[said[0]] = (view, said[1])
    print(f'# {view}:', *(f'{len(found)} {what}' for what, found in (*defects.items(), ('wide', wide), ('unnamed', unnamed),
                                                                    ('English', reader.problems)) if found), flush=True)
    walk.window.shot(f'everywhere-{view}')
report.check(f'{len(seen)} views are looked at', len(seen) >= 40, seen)
for kind, name in DEFECTS.items():
    report.check(name, not defects[kind], sorted(defects[kind].items()))
report.check(f'no window needs more than {WIDTH} pixels', not wide, sorted(wide.items()))
report.check(f'no word of {len(reader.seen)} texts is left in English', not reader.problems, sorted(reader.problems.items()))
report.check(f'each of {n_focusable} things that can have the focus has a name', not unnamed, '\n#   '.join(map(str, unnamed.values())))
report.check('nothing is complained of', not walk.window.complaints(), walk.window.complaints())
walk.window.end()
report.end()
