/** Keeps a captive portal's answers from being taken for pages, pictures and recordings. */
import type { Failure } from '../../api/model.ts'
import type { Http } from '../../http/types.ts'

type Client = Pick<Http, 'get' | 'open' | 'post'>

const shutOut: { kind: 'failed'; failure: Failure } = { kind: 'failed', failure: { reason: 'sign-in' } }

/** A client that asks nobody while the network answers in the place of servers: polls find out when it no longer does. */
export function gated(http: Client, wantsSignIn: () => boolean): Client {
  return {
    get: async request => (wantsSignIn() ? shutOut : http.get(request)),
    open: async request => (wantsSignIn() ? shutOut : http.open(request)),
    post: async request => (wantsSignIn() ? shutOut : http.post(request)),
  }
}
