#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every colour of text that we define has a contrast of 4.5 : 1 (WCAG 2.1, 1.4.3), every colour of icons, marks and lines of
plots 3 : 1 (1.4.11), on each ground that it may stand on, in light, dark and high contrast."""
import re

from tap import ROOT, Report

TEXT, GRAPHIC = 4.5, 3.0
LIGHT = {  # libadwaita's named colours
    'accent_bg_color': '#3584e4', 'accent_fg_color': '#ffffff', 'accent_color': '#1c71d8', 'error_bg_color': '#e01b24',
    'error_fg_color': '#ffffff', 'error_color': '#c01c28', 'warning_color': '#9c6e03', 'window_bg_color': '#fafafa',
    'window_fg_color': 'rgba(0,0,0,0.8)', 'view_bg_color': '#ffffff', 'popover_bg_color': '#ffffff',
    'popover_fg_color': 'rgba(0,0,0,0.8)', 'headerbar_bg_color': '#ebebeb'}
DARK = {
    'accent_bg_color': '#3584e4', 'accent_fg_color': '#ffffff', 'accent_color': '#78aeed', 'error_bg_color': '#c01c28',
    'error_fg_color': '#ffffff', 'error_color': '#ff7b63', 'warning_color': '#f8e45c', 'window_bg_color': '#242424',
    'window_fg_color': '#ffffff', 'view_bg_color': '#1e1e1e', 'popover_bg_color': '#383838', 'popover_fg_color': '#ffffff',
    'headerbar_bg_color': '#303030'}
GROUNDS = ('window_bg_color', 'view_bg_color', 'popover_bg_color')
NOTHING_BEHIND = {'time-popover': ('popover_bg_color',), 'pill-bar': ('popover_bg_color',), 'words-reasons': ('window_bg_color',),
                  'inspector': ('window_bg_color', 'view_bg_color'), 'sharing': ('headerbar_bg_color',)}
ICONS = re.compile(r'image|\.card-mark|\.card-menu|play-button|pill-bar button:checked|recording|sharing|plot-buttons|timetrack|:disabled')


def parse(text, names):
    """r, g, b, a in 0..1 of an expression of GTK's CSS; the ink where nothing is said."""
    text = text.strip()
    call = re.fullmatch(r'(alpha|shade|mix|rgba?)\((.*)\)', text)
    if call:
        parts = re.findall(r'(?:[^,()]|\([^()]*\))+', call[2])
        if call[1].startswith('rgb'):
            r, g, b, *a = map(float, parts)
            return r / 255, g / 255, b / 255, a[0] if a else 1
        first = parse(parts[0], names)
        if call[1] == 'alpha':
            return *first[:3], first[3] * float(parts[1])
        if call[1] == 'shade':
            return *(min(1, x * float(parts[1])) for x in first[:3]), first[3]
        other, share = parse(parts[1], names), float(parts[2])
        return tuple(x * (1 - share) + y * share for x, y in zip(first, other))
    if text.startswith('#'):
        return *(int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)), 1
    if text == 'currentColor':
        return parse(names['window_fg_color'], names)
    return parse(names[text[1:]], names)


def over(front, back):
    """What is seen of `front` on an opaque `back`."""
    return *(x * front[3] + y * (1 - front[3]) for x, y in zip(front[:3], back[:3])), 1


def luminance(color):
    r, g, b = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in color[:3])
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def rules(*names):
    """(selector, declarations) in order; a later file's come last."""
    for name in names:
        text = re.sub(r'/\*.*?\*/', '', (ROOT / 'resources' / name).read_text(encoding='utf-8'), flags=re.DOTALL)
        for selector, body in re.findall(r'([^{}]+)\{([^{}]*)\}', text):
            yield ' '.join(selector.split()), dict(re.findall(r'([\w-]+):\s*([^;]+);', body))


def merged(*names):
    """What holds for each single selector."""
    found = {}
    for selectors, declarations in rules(*names):
        for selector in selectors.split(', '):
            found.setdefault(selector, {}).update(declarations)
    return found


def css_problems(colors, *files):
    for selector, said in merged(*files).items():
        if not said.keys() & {'color', 'opacity'} or said.get('opacity') in ('0', '1') and 'color' not in said:
            continue
        if ':disabled' in selector:  # exempt
            continue
        limit = GRAPHIC if ICONS.search(selector) else TEXT
        grounds = next((value for key, value in NOTHING_BEHIND.items() if key in selector), GROUNDS)
        for ground in grounds:
            back = parse(colors[ground], colors)
            if 'background-color' in said:
                back = over(parse(said['background-color'], colors), back)
            r, g, b, a = parse(said.get('color', '@window_fg_color'), colors)
            ratio = contrast(over((r, g, b, a * float(said.get('opacity', 1))), back), back)
            if ratio < limit:
                yield f'{selector} on {ground}: {ratio:.2f} : 1, not {limit} : 1'


def strings(path, name):
    """The strings of a C array."""
    text = (ROOT / path).read_text(encoding='utf-8')
    return re.findall(r'"(#[0-9a-f]{6})"', text[text.index(name):text.index(';', text.index(name))])


def hue_problems():
    text = (ROOT / 'src/vision/role-look.c').read_text(encoding='utf-8')
    hues = {name: colors for name, *colors in re.findall(r'\[SG_HUE_(\w+)\] = \{ "(#\w+)", "(#\w+)" \}', text)}
    for name, colors in hues.items():
        for color, paper, names in zip(colors, hues['PAPER'], (LIGHT, DARK)):
            ratio = contrast(parse(color, names), parse(paper, names))
            if name != 'PAPER' and ratio < (TEXT if name == 'INK' else GRAPHIC):
                yield f'{name.lower()} {color} on paper {paper}: {ratio:.2f} : 1'


def plot_problems():
    for name, names in (('light', LIGHT), ('dark', DARK)):
        for color in strings('src/app/plot.c', f'const {name}[SG_PLOT'):
            ratio = min(contrast(parse(color, names), parse(names[ground], names)) for ground in GROUNDS)
            if ratio < GRAPHIC:
                yield f'line {color} in {name}: {ratio:.2f} : 1'
    source = (ROOT / 'src/app/plot.c').read_text(encoding='utf-8')
    for alpha in re.findall(r'draw_text \(.*?([\d.]+)\)', source):
        for names in (LIGHT, DARK):
            for ground in GROUNDS:
                r, g, b, a = parse(names['window_fg_color'], names)
                back = parse(names[ground], names)
                ratio = contrast(over((r, g, b, a * float(alpha)), back), back)
                if ratio < TEXT:
                    yield f'text of plots with alpha {alpha} on {ground}: {ratio:.2f} : 1'


def main():
    report = Report()
    for name, colors in (('light', LIGHT), ('dark', DARK)):
        report.check(f'texts and icons, {name}', sorted(css_problems(colors, 'style.css')))
        report.check(f'texts and icons, {name} with high contrast', sorted(css_problems(colors, 'style.css', 'style-hc.css')))
    report.check('marks on paper', sorted(hue_problems()))
    report.check('plots', sorted(set(plot_problems())))
    report.end()


if __name__ == '__main__':
    main()
