"""NetworkManager and the portal on one bus. Lines of its input: `manager NUMBER`, `portal true`; each is answered by a line."""
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

MANAGER = 'org.freedesktop.NetworkManager'
PORTAL = 'org.freedesktop.portal.Desktop'
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
says = {'manager': dbus.UInt32(0), 'portal': False}


class Manager(dbus.service.Object):
    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return says['manager'] if (interface, name) == (MANAGER, 'Metered') else dbus.String('')


class Portal(dbus.service.Object):
    @dbus.service.method('org.freedesktop.portal.NetworkMonitor', out_signature='b')
    def GetMetered(self):
        return says['portal']


def read(source, condition):
    word, _, rest = source.readline().rstrip('\n').partition(' ')
    if word == 'manager':
        says['manager'] = dbus.UInt32(int(rest))
    if word == 'portal':
        says['portal'] = rest == 'true'
    print('done', flush=True)
    return word != ''


bus = dbus.SessionBus()
manager = Manager(dbus.service.BusName(MANAGER, bus), '/org/freedesktop/NetworkManager')
portal = Portal(dbus.service.BusName(PORTAL, bus), '/org/freedesktop/portal/desktop')
GLib.io_add_watch(sys.stdin, GLib.IO_IN, read)
print('ready', flush=True)
GLib.MainLoop().run()
