/** What a file is, by what is in it: names are not to be believed, and some systems give no types. */
import type { FileRefusal } from '../messages/desktop/offers.ts'
import { isArchive } from '../transfer/is-archive.ts'
import type { Offer } from './offers.svelte.ts'
import { addressInFeed, isFeed } from './saved-feed.ts'
import { isMail } from './saved-message.ts'
import { addressInShortcut, isShortcut } from './shortcut.ts'

export type Offered = Offer | { kind: 'refused'; reason: FileRefusal; name: string }

const mostOfShortcut = 65_536
/** Of a feed, to its first article. */
const mostOfHead = 65_536

export async function offeredFile(file: File): Promise<Offered> {
  const refused = (reason: FileRefusal): Offered => ({ kind: 'refused', reason, name: file.name })
  let start: Uint8Array
  try {
    start = new Uint8Array(await file.slice(0, 4_096).arrayBuffer())
  } catch {
    // A folder is given as a file, too.
    return refused('unreadable')
  }
  if (start.length === 0) return refused('empty')
  const head = String.fromCharCode(...start)
  if (head.startsWith('SQLite format 3\0')) return { kind: 'backup', name: file.name, bytes: file.size }
  if (isShortcut(file.name) && file.size <= mostOfShortcut) {
    const address = addressInShortcut(await latin1Of(file))
    return address === null ? refused('no-address') : { kind: 'address', address }
  }
  if (isFeed(head)) {
    const address = addressInFeed(await latin1Of(file.slice(0, mostOfHead)))
    return address === null ? refused('no-address') : { kind: 'address', address }
  }
  if (isMail(head)) return { kind: 'mail', file }
  return (await isArchive(file)) || isText(file, head) ? { kind: 'import', file } : refused('other-kind')
}

async function latin1Of(file: Blob): Promise<string> {
  return new TextDecoder('latin1').decode(await file.arrayBuffer())
}

/** Lists come in any encoding, UTF-16 too. */
function isText({ type }: File, head: string): boolean {
  if (/^(?:image|audio|video|font)\/|^application\/pdf$/.test(type) || head.startsWith('%PDF')) return false
  const isUtf16 = ['\u00ff\u00fe', '\u00fe\u00ff', '<\0', '\0<'].some(start => head.startsWith(start))
  return isUtf16 || !head.includes('\0')
}
