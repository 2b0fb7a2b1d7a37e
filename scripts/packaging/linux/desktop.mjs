/** What desktops of Linux are told of Broadsheet, beside what electron-builder writes by itself. */

export const appId = 'io.github.broadsheet_reader.Broadsheet'

/** AppStream and Flatpak want the desktop entry under the program's id. Electron names its windows by it, too. */
export const desktopName = `${appId}.desktop`

export const metainfo = `resources/linux/${appId}.metainfo.xml`

/** Where desktops look for it, from the top of what is installed. */
export const metainfoPath = `usr/share/metainfo/${appId}.metainfo.xml`

/** electron-builder makes the entry's Comment of it as well: the translations below say the same. */
export const comment = 'Read the news of the sites you follow, without an account and without a server'

/** Files that Broadsheet opens, beside those of `fileAssociations`, for which a package brings the ending itself. */
export const openedTypes = ['text/x-opml', 'application/rss+xml', 'application/atom+xml']

/** The entry for menus. `program`: what its actions start, as the entry itself does. */
export function linuxDesktop(program) {
  return { entry: { ...entry, Actions: `${Object.keys(actions).join(';')};` }, desktopActions: actionsOf(program) }
}

const entry = {
  GenericName: 'Feed Reader',
  'GenericName[de]': 'Feedreader',
  'GenericName[es]': 'Lector de noticias',
  'GenericName[fr]': 'Lecteur de flux',
  'Comment[de]': 'Nachrichten der Seiten lesen, denen Sie folgen, ohne Konto und ohne Server',
  'Comment[es]': 'Lea las noticias de los sitios que sigue, sin cuenta y sin servidor',
  'Comment[fr]': 'Lire les nouvelles des sites que vous suivez, sans compte et sans serveur',
  Keywords: 'RSS;Atom;feed;news;podcast;OPML;',
  'Keywords[de]': 'RSS;Atom;Feed;Nachrichten;Zeitung;Podcast;OPML;',
  'Keywords[es]': 'RSS;Atom;noticias;prensa;podcast;OPML;',
  'Keywords[fr]': 'RSS;Atom;flux;actualités;presse;podcast;OPML;',
  // Newer desktops read SingleMainWindow, which Debian's validator does not know yet.
  'X-GNOME-SingleWindow': 'true',
  StartupNotify: 'true',
}

/** What is offered on the program's icon: the switches of `src-main/electron/menu/switches.ts`, under the names of its menu. */
const actions = {
  'add-feed': {
    Name: 'Add Feed…',
    'Name[de]': 'Feed hinzufügen …',
    'Name[es]': 'Añadir un canal…',
    'Name[fr]': 'Ajouter un flux…',
  },
  refresh: {
    Name: 'Refresh All',
    'Name[de]': 'Alle aktualisieren',
    'Name[es]': 'Actualizar todo',
    'Name[fr]': 'Tout actualiser',
  },
  unread: {
    Name: 'Unread',
    'Name[de]': 'Ungelesen',
    'Name[es]': 'No leídos',
    'Name[fr]': 'Non lus',
  },
}

function actionsOf(program) {
  return Object.fromEntries(
    Object.entries(actions).map(([name, names]) => [name, { ...names, Exec: `${program} --${name}` }]),
  )
}

/** What electron-builder names for Electron, and what it leaves to chance: the C library, sound, and the graphics card. */
export const debDepends = [
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6 (>= 2.34)',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libsecret-1-0',
  'libstdc++6 (>= 11)',
  'libuuid1',
  'libxss1',
  'libxtst6',
  'xdg-utils',
]
