#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-pen.sh COMMAND...: as with-x.sh, but with a real Xorg on a dummy screen of 1280 by 800, which has a pen with pressure and a
# touch screen made by its inputtest driver; they are played through the sockets $PEN and $TOUCH.
set -u
xorg=/usr/lib/xorg/Xorg
[ -x $xorg ] || xorg=$(command -v Xorg || true)
[ -n "$xorg" ] || { echo '1..0 # SKIP Xorg is not installed'; exit 0; }
for tool in xinput dbus-run-session xdotool import /usr/bin/python3; do
  command -v "$tool" >/dev/null || { echo "1..0 # SKIP $tool is not installed"; exit 0; }
done
for driver in input/inputtest drivers/dummy; do
  [ -e "/usr/lib/xorg/modules/${driver}_drv.so" ] || [ -e "/usr/lib64/xorg/modules/${driver}_drv.so" ] ||
    { echo "1..0 # SKIP the X driver ${driver#*/} is not installed"; exit 0; }
done

home=$(mktemp -d)
mkdir -m 700 "$home/run"
server=
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$home"' EXIT
device () {
  printf 'Section "InputDevice"\n Identifier "%s"\n Driver "inputtest"\n Option "SocketPath" "%s"\n' "$1" "$2"
  shift 2
  for option in "$@"; do printf ' Option "%s" "%s"\n' "${option%=*}" "${option#*=}"; done
  echo EndSection
}
{
  cat <<'END'
Section "ServerFlags"
 Option "AutoAddDevices" "false"
 Option "AutoEnableDevices" "true"
 Option "DontVTSwitch" "true"
EndSection
Section "Device"
 Identifier "card"
 Driver "dummy"
 VideoRam 65536
EndSection
Section "Monitor"
 Identifier "monitor"
 HorizSync 10-300
 VertRefresh 10-200
 Modeline "1280x800" 83.50 1280 1352 1480 1680 800 803 809 831
EndSection
Section "Screen"
 Identifier "screen"
 Device "card"
 Monitor "monitor"
 DefaultDepth 24
 SubSection "Display"
  Depth 24
  Modes "1280x800"
 EndSubSection
EndSection
Section "ServerLayout"
 Identifier "layout"
 Screen "screen"
 InputDevice "Test pen"
 InputDevice "Test touch"
EndSection
END
  device 'Test pen' "$home/pen" DeviceType=PointerAbsoluteProximity PointerButtonCount=3 PointerHasPressure=true
  device 'Test touch' "$home/touch" DeviceType=Touch TouchCount=5
} > "$home/xorg.conf"
$xorg -displayfd 3 -config "$home/xorg.conf" -logfile "$home/xorg.log" -noreset -novtswitch -sharevts -nolisten tcp \
  3>"$home/display" >/dev/null 2>"$home/errors" &
server=$!
for _ in $(seq 600); do
  [ -s "$home/display" ] && break
  kill -0 $server 2>/dev/null || break
  sleep 0.05
done
[ -s "$home/display" ] || { echo "1..0 # SKIP Xorg does not start here: $(tail -n 1 "$home/errors")"; exit 0; }

export GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1 GDK_BACKEND=x11 GTK_A11Y=atspi GIO_USE_VFS=local GSETTINGS_BACKEND=memory
export NO_AT_BRIDGE=0 XDG_RUNTIME_DIR=$home/run HOME=$home DISPLAY=:$(cat "$home/display") PEN=$home/pen TOUCH=$home/touch
unset WAYLAND_DISPLAY XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
exec 3>&1
dbus-run-session -- bash -c 'exec "$@" >&3 3>&-' command "$@" \
  > >(grep -v -e dbus-daemon -e SpiRegistry -e dbind -e 'X connection' -e '^$' >&2) 2>&1
