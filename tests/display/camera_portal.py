# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal for cameras on this session's bus: it has none, refuses, or gives a connection to the PipeWire of XDG_RUNTIME_DIR. What
it does next is a word in the file that it is started with."""
import os
import pathlib
import socket
import sys

from gi.repository import Gio, GLib

INTERFACE = '''<node><interface name="org.freedesktop.portal.Camera">
<method name="AccessCamera"><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
<method name="OpenPipeWireRemote"><arg type="a{sv}" direction="in"/><arg type="h" direction="out"/></method>
<property name="IsCameraPresent" type="b" access="read"/><property name="version" type="u" access="read"/>
</interface></node>'''
mode = pathlib.Path(sys.argv[1])
sockets = []


def answer(bus, sender, path, response):
    bus.emit_signal(sender, path, 'org.freedesktop.portal.Request', 'Response', GLib.Variant('(ua{sv})', (response, {})))
    return False


def call(bus, sender, path, interface, method, arguments, invocation):
    if method == 'AccessCamera':
        token = arguments.unpack()[0]['handle_token']
        request = f'/org/freedesktop/portal/desktop/request/{sender[1:].replace(".", "_")}/{token}'
        invocation.return_value(GLib.Variant('(o)', (request,)))
        if mode.read_text() != 'silent':
            GLib.timeout_add(50, answer, bus, sender, request, 1 if mode.read_text() == 'refuse' else 0)
        return
    sockets.append(socket.socket(socket.AF_UNIX))
    if mode.read_text() == 'camera':
        sockets[-1].connect(os.path.join(os.environ['XDG_RUNTIME_DIR'], 'pipewire-0'))
    fds = Gio.UnixFDList.new()
    fds.append(sockets[-1].fileno())
    invocation.return_value_with_unix_fd_list(GLib.Variant('(h)', (0,)), fds)


def get(bus, sender, path, interface, name):
    return GLib.Variant('b', mode.read_text() != 'none') if name == 'IsCameraPresent' else GLib.Variant('u', 1)


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object('/org/freedesktop/portal/desktop', Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], call, get, None)
Gio.bus_own_name_on_connection(bus, 'org.freedesktop.portal.Desktop', Gio.BusNameOwnerFlags.NONE, None, None)
GLib.MainLoop().run()
