/**
 * How a tab without the token gives an address to a window that has it. Any page can open such a tab: so it gets nothing but the
 * answer whether its address was taken, and the token stays where it is. Only pages of our own origin hear what is said.
 */
import type { Offers } from '../offers.svelte.ts'

const channelName = 'broadsheet-subscribe'

type Said =
  | { kind: 'asking' }
  /** A window is there; also said when it opens. */
  | { kind: 'here'; window: string }
  | { kind: 'giving'; window: string; tab: string; address: string }
  | { kind: 'taken' | 'refused'; tab: string }

/** For a window with the token. Ends with the answered function. */
export function takeFromTabs(offers: Pick<Offers, 'add'>): () => void {
  const own = crypto.randomUUID()
  const channel = new BroadcastChannel(channelName)
  const say = (said: Said) => channel.postMessage(said)
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.kind === 'asking') say({ kind: 'here', window: own })
    if (data.kind !== 'giving' || data.window !== own) return
    const isTaken = offers.add({ kind: 'address', address: data.address, isFromTab: true })
    say({ kind: isTaken ? 'taken' : 'refused', tab: data.tab })
  })
  say({ kind: 'here', window: own })
  return () => channel.close()
}

/** For a tab without it: gives the address to the first window there is, once one is there. */
export function giveToWindow(address: string, ondone: (outcome: 'taken' | 'refused') => void): () => void {
  const own = crypto.randomUUID()
  const channel = new BroadcastChannel(channelName)
  const say = (said: Said) => channel.postMessage(said)
  let isGiven = false
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.kind === 'here' && !isGiven) {
      isGiven = true
      say({ kind: 'giving', window: data.window, tab: own, address })
    } else if ((data.kind === 'taken' || data.kind === 'refused') && data.tab === own) ondone(data.kind)
  })
  say({ kind: 'asking' })
  return () => channel.close()
}
