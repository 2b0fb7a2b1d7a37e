/** A podcast on a test's server, and the player at the foot of the window. */
import type { Locator } from 'playwright/test'
import type { FeedServer } from './feed-server.ts'
import type { Recording } from './recordings.ts'
import type { ReaderWindow } from './window.ts'

const names =
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:psc="http://podlove.org/simple-chapters" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
export const sound = (path: string, more = '') => `<enclosure url="HOST${path}" type="audio/wav" length="100"/>${more}`
export const text = (html: string) => `<description><![CDATA[${html}]]></description>`

/** Follows a podcast of these episodes, newest first. `HOST` in them is the server. */
export async function follow(reader: ReaderWindow, feeds: FeedServer, episodes: Record<string, string>): Promise<void> {
  const items = Object.entries(episodes).map(([title, inner], index) => {
    const at = new Date(Date.UTC(2026, 2, 12, 12 - index)).toUTCString()
    return `<item><guid isPermaLink="false">${index}</guid><pubDate>${at}</pubDate><title>${title}</title>${inner}</item>`
  })
  const body = `<rss version="2.0" ${names}><channel><title>Harbour Radio</title>${items.join('')}</channel></rss>`
  feeds.answer('/radio.xml', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  await reader.follow(`${feeds.url}/radio.xml`, 'Harbour Radio')
}

/** Puts a recording at a path of the server. */
export function offer(feeds: FeedServer, path: string, recording: Recording): void {
  feeds.answer(path, recording.respond)
}

export const playerOf = ({ page }: ReaderWindow) => page.getByRole('region', { name: 'Player' })
export const positionOf = (reader: ReaderWindow) => playerOf(reader).getByRole('slider', { name: 'Position' })
export const button = (where: Locator, name: string | RegExp) => where.getByRole('button', { name, exact: true })

/** In seconds, as the knob has it. */
export async function at(reader: ReaderWindow): Promise<number> {
  return Number(await positionOf(reader).inputValue())
}
