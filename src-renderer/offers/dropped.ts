/** What a drop holds. Browsers give a link as several types; files of systems come beside them. */
import { readAddress } from '../../src-main/api/names/typed-address.ts'
import { words } from '../messages/desktop/offers.ts'
import type { App } from '../state/app.svelte.ts'
import { offeredFile } from './offered-file.ts'
import type { Offers } from './offers.svelte.ts'

/** Read while the event is dispatched: afterwards it holds nothing. */
export type Dropped = { files: File[]; uris: string; moz: string; text: string }

const longest = 4_096

/** Offers all that can be shown, and says so where there is nothing. */
export async function offerDropped(offers: Offers, dropped: Dropped, { toasts }: Pick<App, 'toasts'>): Promise<void> {
  // A picture that is dragged out of a page is a file and an address: the address of the page is what was meant.
  const addresses = addressesIn(dropped)
  for (const address of addresses) offers.add({ kind: 'address', address })
  if (addresses.length > 0) return
  for (const file of dropped.files) {
    const offered = await offeredFile(file)
    if (offered.kind === 'refused') offers.refuse(offered.reason, offered.name)
    else offers.add(offered)
  }
  if (dropped.files.length === 0) toasts.add({ text: words.nothingDropped })
}

/** The addresses, each once, as they stand there: the add dialog reads `feed:` and the like. */
export function addressesIn({ uris, moz, text }: Omit<Dropped, 'files'>): string[] {
  for (const lines of [addressLines(uris), addressLines(firstOfPairs(moz))]) if (lines.length > 0) return lines
  const lines = addressLines(text)
  // Many lines with an address in some are a text, not a list.
  return lines.length === linesOf(text).length ? lines : []
}

/** RFC 2483, section 5: lines that begin with '#' are comments. */
function addressLines(text: string): string[] {
  const addresses = linesOf(text).filter(
    line => !line.startsWith('#') && line.length <= longest && !/^file:/i.test(line) && readAddress(line) !== null,
  )
  return [...new Set(addresses)]
}

/** Firefox gives each address with its title in the next line. */
function firstOfPairs(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((_, index) => index % 2 === 0)
    .join('\n')
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
}
