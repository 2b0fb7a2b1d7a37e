/** What the Electron host gives: links and files that were opened with Broadsheet. */
import type { HostClient } from '../../src-main/api/host/calls.ts'
import type { GivenFile } from '../../src-main/api/host/given-file.ts'
import type { Offers } from './offers.svelte.ts'

export function takeFromHost(offers: Offers, host: HostClient): void {
  host.on('open-address', ({ address }) => void offers.add({ kind: 'address', address }))
  host.on('open-file', file => void takeFile(offers, file))
}

async function takeFile(offers: Offers, given: GivenFile): Promise<void> {
  const { name } = given
  if (given.kind === 'refused') return offers.refuse(given.reason, name)
  if (given.kind === 'backup') return void offers.add({ kind: 'backup', name, bytes: given.bytes })
  const { offeredFile } = await import('./offered-file.ts')
  const bytes = Uint8Array.from(atob(given.content), character => character.charCodeAt(0))
  const offered = await offeredFile(new File([bytes], name))
  if (offered.kind === 'refused') offers.refuse(offered.reason, name)
  else offers.add(offered)
}
