/** Which proxy the environment names for an address: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, as curl reads them. */
import { isWeb } from '../lib/urls.ts'

export type Environment = Record<string, string | undefined>

/** The proxy's address, or null to connect directly. */
export function proxyFor(url: URL, environment: Environment): string | null {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || ''
  const named = read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY')
  if (!named || isExcepted(url, read('NO_PROXY'))) return null
  const proxy = URL.parse(named.includes('://') ? named : `http://${named}`)
  return proxy && isWeb(proxy) ? proxy.href : null
}

function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/\.$/, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some(entry => {
    if (entry === '*') return true
    const [, name = '', entryPort] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    const suffix = name.replace(/^\*?\./, '')
    if (suffix === '' || (entryPort && entryPort !== port)) return false
    return host === suffix || host.endsWith(`.${suffix}`)
  })
}
