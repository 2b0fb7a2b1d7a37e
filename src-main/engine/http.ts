/** The one HTTP client: bounded in bytes and time, polite about who we are, and closed to private networks. */
import type { Http, HttpLimits } from './http-types.ts'

export type { Hop, Http, HttpAnswer, HttpLimits, HttpRequest } from './http-types.ts'

export type HttpOptions = {
  limits?: Partial<HttpLimits>
  userAgent?: string
  /** Where HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are read; the process's environment as a rule. */
  environment?: Record<string, string | undefined>
}

/** Makes a client. `close` ends its connections. */
export function createHttp(_options: HttpOptions = {}): Http {
  throw new Error('not built yet')
}
