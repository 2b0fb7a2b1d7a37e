"""A StatusNotifierWatcher on the session bus. Lines of its input: `host`, `item NAME`; each is answered by a line."""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = 'org.kde.StatusNotifierWatcher'
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
values = {
    'IsStatusNotifierHostRegistered': dbus.Boolean(False),
    'RegisteredStatusNotifierItems': dbus.Array([], signature='s'),
}


class Watcher(dbus.service.Object):
    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return values[name]

    @dbus.service.method(NAME, in_signature='s')
    def RegisterStatusNotifierItem(self, name):
        values['RegisteredStatusNotifierItems'].append(dbus.String(name))


def read(source, condition):
    word, _, rest = source.readline().rstrip('\n').partition(' ')
    if word == 'host':
        values['IsStatusNotifierHostRegistered'] = dbus.Boolean(True)
    if word == 'item':
        values['RegisteredStatusNotifierItems'].append(dbus.String(rest))
    print('done', flush=True)
    return word != ''


name = dbus.service.BusName(NAME, dbus.SessionBus())
watcher = Watcher(name, '/StatusNotifierWatcher')
GLib.io_add_watch(sys.stdin, GLib.IO_IN, read)
print('ready', flush=True)
GLib.MainLoop().run()
