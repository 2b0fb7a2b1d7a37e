/** Which hosts of a list are in the user's own network, once the user has allowed such feeds. */

import type { OpmlEntry } from '../../feeds/opml/read.ts'
import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import type { Context } from '../context/context.ts'

/** DNS queries at once. */
const concurrency = 8
/** Ms. Names that are not resolved by then get no permission: they are refused at the first fetch. */
const timeLimit = 5_000

/** `host:port` of each that may be followed; none where the user allowed none. */
export async function privateHosts(
  { isPrivateHost }: Pick<Context, 'isPrivateHost'>,
  entries: OpmlEntry[],
  isAllowed: boolean,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  if (!isAllowed) return found
  const open = new Map<string, URL>()
  for (const { url } of entries) {
    const address = new URL(url)
    if (isOwnNetwork(address)) found.add(hostPort(address))
    else open.set(hostPort(address), address)
  }
  const deadline = AbortSignal.timeout(timeLimit)
  const late = new Promise<void>(resolve => deadline.addEventListener('abort', () => resolve(), { once: true }))
  const waiting = [...open]
  const work = async () => {
    for (let next = waiting.pop(); next && !deadline.aborted; next = waiting.pop()) {
      const [host, address] = next
      if (await isPrivateHost(address)) found.add(host)
    }
  }
  await Promise.race([Promise.all(Array.from({ length: concurrency }, work)), late])
  return new Set(found)
}
