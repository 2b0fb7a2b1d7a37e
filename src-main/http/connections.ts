/** Connections to servers and proxies, and the last check that none leads to a private address. */
import dns from 'node:dns'
import type { Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici'
import { withoutCredentials } from '../lib/urls.ts'
import { headerOfUrl } from './credentials.ts'
import { isPrivateAddress, lookup, PrivateAddress, type Resolve } from './private-address.ts'
import type { HttpLimits } from './types.ts'

export type ConnectionOptions = {
  /** How names become addresses; the system's way as a rule. */
  resolve?: Resolve
  /** Certificate authorities to trust instead of the usual ones. */
  ca?: string
}

/**
 * Connections to allowed private hosts have a pool of their own: else a request without that permission could travel on a
 * connection that one with it had opened.
 */
export class Connections {
  readonly #common: { maxHeaderSize: number; allowH2: true }
  readonly #ca: string | undefined
  readonly #open: Agent
  readonly #allowed: Agent
  readonly #proxies = new Map<string, Dispatcher>()

  constructor(limits: HttpLimits, { resolve = dns.lookup, ca }: ConnectionOptions) {
    const connecting = { timeout: limits.connect, allowH2: true, autoSelectFamily: true, ca }
    const connector = (isPrivateAllowed: boolean) =>
      buildConnector({ ...connecting, lookup: lookup(resolve, isPrivateAllowed) })
    this.#common = { maxHeaderSize: limits.headerBytes, allowH2: true }
    this.#ca = ca
    this.#open = new Agent({ ...this.#common, connections: 6, connect: refusePrivate(connector(false)) })
    this.#allowed = new Agent({ ...this.#common, connections: 48, connect: connector(true) })
  }

  pick(isPrivateAllowed: boolean, proxy: string | null): Dispatcher {
    if (proxy !== null) return this.#proxied(proxy)
    return isPrivateAllowed ? this.#allowed : this.#open
  }

  async close(): Promise<void> {
    const all = [this.#open, this.#allowed, ...this.#proxies.values()]
    await Promise.all(all.map(dispatcher => dispatcher.destroy()))
  }

  #proxied(proxy: string): Dispatcher {
    const known = this.#proxies.get(proxy)
    if (known) return known
    const address = new URL(proxy)
    const token = headerOfUrl(address).authorization
    // As a header its credentials are in no text that could be logged.
    const uri = withoutCredentials(address).href
    const tls = { requestTls: { ca: this.#ca }, proxyTls: { ca: this.#ca } }
    const made = new ProxyAgent({ ...this.#common, uri, connections: 6, token, ...tls })
    this.#proxies.set(proxy, made)
    return made
  }
}

/** Checks where the socket really went: whatever the lookup said, nothing is sent to a private address. */
function refusePrivate(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const socket = result[1] as Socket | null
      if (socket && isPrivateAddress(socket.remoteAddress ?? '')) {
        socket.destroy()
        callback(new PrivateAddress(options.hostname), null)
      } else callback(...result)
    })
}
