"""A server of notices that can what its arguments say."""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = 'org.freedesktop.Notifications'
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)


class Server(dbus.service.Object):
    @dbus.service.method(NAME, out_signature='as')
    def GetCapabilities(self):
        return dbus.Array(sys.argv[1:], signature='s')


server = Server(dbus.service.BusName(NAME, dbus.SessionBus()), '/org/freedesktop/Notifications')
print('ready', flush=True)
GLib.MainLoop().run()
