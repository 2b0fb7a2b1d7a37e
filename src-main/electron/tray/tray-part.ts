/** The icon in the tray: what it shows, its menu, and whether the program can be reached by it. */
import { app, clipboard, Menu, Tray } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import { readAddress } from '../../api/names/typed-address.ts'
import { minute, second } from '../../lib/time.ts'
import { throttled } from '../engine/throttled.ts'
import { followUnread } from '../engine/unread.ts'
import type { Desktop } from '../window/desktop.ts'
import { statusNotifiers } from './status-notifiers.ts'
import { trayImage } from './tray-image.ts'
import { type TrayActions, type TrayMenuState, trayMenu, unreadText } from './tray-menu.ts'
import { TrayPlace } from './tray-place.ts'

/** The newest that the menu lists. */
const listed = 5
/** What the menu lists is asked for at most once in so many ms. */
const interval = second
/** After a login panels come up beside us: for so long (ms) they are looked for, and as often. */
const panelPatience = { for: minute, pause: 2 * second }

export type TrayPart = {
  handlers: Pick<HostHandlers, 'tray'>
  /** Whether the reader can reach the program by its icon. On Linux the desktop is asked anew. */
  isShown(): Promise<boolean>
  /** The same, with time for a desktop that is just starting. */
  isShownSoon(): Promise<boolean>
}

export function trayPart(desktop: Desktop): TrayPart {
  const { link, onSettings } = desktop
  const state: TrayMenuState = { unread: 0, articles: [], pausedUntil: null }
  /** Null before the settings have come. */
  let isWanted: boolean | null = null
  let pauseEnd: NodeJS.Timeout | undefined
  const settled = Promise.withResolvers<void>()
  const actions = actionsOn(desktop)
  const place = new TrayPlace(make, process.platform === 'linux' ? statusNotifiers : 'always')

  function make(): Tray {
    const tray = new Tray(trayImage(state.unread > 0))
    // A double click on Windows is two clicks; Linux panels that have no click open the menu.
    tray.on('click', () => process.platform !== 'darwin' && actions.open())
    draw(tray)
    readSoon()
    return tray
  }

  function draw(tray: Tray | null): void {
    if (!tray) return
    tray.setImage(trayImage(state.unread > 0))
    tray.setToolTip(`Broadsheet: ${unreadText(state.unread)}`)
    if (process.platform === 'darwin') tray.setTitle(state.unread > 0 ? String(state.unread) : '')
    // Menus of Linux are copied by the panel: a changed one must be given anew.
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, actions)))
  }

  async function isShown(): Promise<boolean> {
    await settled.promise
    return isWanted === true && (await place.show())
  }

  async function isShownSoon(): Promise<boolean> {
    await settled.promise
    return place.showWithin(panelPatience.for, panelPatience.pause, () => isWanted === true)
  }

  onSettings(({ showsTray }) => {
    const isChange = isWanted !== showsTray
    isWanted = showsTray
    settled.resolve()
    if (!isChange) return
    if (showsTray) void isShownSoon()
    else place.remove()
  })
  followUnread(desktop, unread => {
    state.unread = unread
    draw(place.tray)
  })
  // Refused where the engine ends: the next one is asked.
  const readSoon = throttled(interval, () => void read().catch(() => undefined))
  async function read(): Promise<void> {
    // Without an icon nobody sees the list.
    if (!place.tray) return
    const { rows } = await link.engine.headlines({ view: { kind: 'unread' }, limit: listed })
    state.articles = rows.map(row => ({
      id: row.id,
      title: row.title || row.summary || 'Untitled',
      source: row.feedTitle,
    }))
    draw(place.tray)
  }
  for (const event of ['counts-changed', 'all-changed', 'sources-changed'] as const) link.engine.on(event, readSoon)
  link.engine.on('polling-changed', takePolling)
  link.onState(connection => {
    if (connection !== 'open') return
    readSoon()
    void link.engine.polling({}).then(takePolling, () => undefined)
  })

  function takePolling({ pausedUntil }: { pausedUntil: number | null }): void {
    if (state.pausedUntil === pausedUntil) return
    state.pausedUntil = pausedUntil
    draw(place.tray)
    // Its end is not announced; it comes within a day.
    clearTimeout(pauseEnd)
    if (pausedUntil === null) return
    pauseEnd = setTimeout(() => takePolling({ pausedUntil: null }), Math.max(0, pausedUntil - Date.now())).unref()
  }

  return {
    handlers: {
      async tray() {
        if (isWanted === false) return { place: 'off' }
        return { place: (await isShown()) ? 'shown' : 'none' }
      },
    },
    isShown,
    isShownSoon,
  }
}

function actionsOn({ link: { engine }, window }: Pick<Desktop, 'link' | 'window'>): TrayActions {
  // What fails is said by the window, and there may be none: nothing is lost by it.
  const attempt = (call: Promise<unknown>) => void call.catch(() => undefined)
  return {
    open: () => window.show(),
    openArticle(articleId) {
      window.show()
      window.announce('show-article', { articleId })
    },
    refresh: () => attempt(engine.refresh({})),
    pause: until => attempt(engine.pausePolling({ until })),
    async addFromClipboard() {
      window.show()
      const address = readAddress(await clipboard.readText())?.url
      if (address) window.announce('open-address', { address })
      else window.announce('menu-command', { command: 'add-feed' })
    },
    settings() {
      window.show()
      window.announce('menu-command', { command: 'settings' })
    },
    quit: () => app.quit(),
  }
}
