/** A feed that gets articles while a test reads it. */
import type { FeedServer } from './feed-server.ts'

/** Serves it at `/growing.xml`, with one article; the answer adds one, dated now. */
export function serveGrowingFeed(feeds: FeedServer, title: string): (headline: string, text: string) => void {
  const items: string[] = []
  const add = (headline: string, text: string) => {
    items.unshift(`<item><title><![CDATA[${headline}]]></title><guid>${items.length}</guid>
      <pubDate>${new Date().toUTCString()}</pubDate><description><![CDATA[<p>${text}</p>]]></description></item>`)
  }
  add('The first', 'It was there.')
  feeds.answer('/growing.xml', (_, response) => {
    const body = `<rss version="2.0"><channel><title>${title}</title>${items.join('')}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
  })
  return add
}
