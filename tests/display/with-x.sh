#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-x.sh COMMAND...: runs COMMAND with a private Xvfb on a free display, a private session bus with AT-SPI, and an empty
# home; returns its status. No window manager, no portals. SCREEN sets the screen's size.
set -u
for tool in Xvfb dbus-run-session xdotool import /usr/bin/python3; do
  command -v "$tool" >/dev/null || { echo "1..0 # SKIP $tool is not installed"; exit 0; }
done
/usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null ||
  { echo '1..0 # SKIP gir1.2-atspi-2.0 or python3-gi is not installed'; exit 0; }

home=$(mktemp -d)
mkdir -m 700 "$home/run"
xvfb=
trap 'kill $xvfb 2>/dev/null; wait $xvfb 2>/dev/null; rm -rf "$home"' EXIT
# -noreset: else the server begins anew, deaf for a moment, whenever its last client goes.
Xvfb -displayfd 3 -screen 0 "${SCREEN:-1280x800x24}" -nolisten tcp -noreset 3>"$home/display" >/dev/null 2>&1 &
xvfb=$!
for _ in $(seq 600); do
  [ -s "$home/display" ] && break
  kill -0 $xvfb 2>/dev/null || break
  sleep 0.05
done
[ -s "$home/display" ] || { echo 'Bail out! Xvfb does not start'; exit 1; }

export GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1 GDK_BACKEND=x11 GTK_A11Y=atspi GIO_USE_VFS=local GSETTINGS_BACKEND=memory
export NO_AT_BRIDGE=0 XDG_RUNTIME_DIR=$home/run HOME=$home DISPLAY=:$(cat "$home/display")
unset WAYLAND_DISPLAY XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
# What the bus and its services print is not the command's output.
exec 3>&1
dbus-run-session -- bash -c 'exec "$@" >&3 3>&-' command "$@" \
  > >(grep -v -e dbus-daemon -e SpiRegistry -e dbind -e 'X connection' -e '^$' >&2) 2>&1
