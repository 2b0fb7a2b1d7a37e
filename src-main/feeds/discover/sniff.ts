/** Page or feed, by the first bytes: the Content-Type of servers is wrong too often. */

/** 'other' is no page, and is parsed once as a feed. */
export function looksLike(bytes: Uint8Array, contentType: string): 'feed' | 'page' | 'other' {
  // As Latin-1 without zero bytes, ASCII is readable in every charset that is used, UTF-16 included.
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 16_384)).replaceAll('\u0000', '')
  const feed = head.search(/<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]/i)
  const page = head.search(/<(?:!doctype\s+html|html|head|body|meta|title)[\s>]/i)
  if (feed >= 0 && (page < 0 || feed < page)) return 'feed'
  if (page >= 0) return 'page'
  if (/^[^\w<]{0,10}\{/.test(head) && /"(?:version|items|title)"/.test(head)) return 'feed'
  return /html/i.test(contentType) && /<\w/.test(head) ? 'page' : 'other'
}
