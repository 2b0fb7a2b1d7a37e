/** The words for HTTP statuses (RFC 9110, 15). */
import type { Explanation } from './reasons.ts'

export function httpWords(status: number, it: string): Explanation {
  const known = byStatus[status]
  if (known) return known(it)
  if (status >= 500) {
    return {
      what: `The site has a problem of its own (error ${status}).`,
      why: 'Its server failed while answering. Nothing is wrong on your side.',
      next: 'Try again later. Feeds you follow are tried again by themselves.',
    }
  }
  if (status >= 400) {
    return {
      what: `The server rejects the request (error ${status}).`,
      why: 'It doesn’t accept what a feed reader sends, or the address is incomplete.',
      next: 'Check the address in your browser. If it works there, tell the site.',
    }
  }
  return {
    what: `The server gave an answer without a feed (status ${status}).`,
    why: 'It is not set up to give this address to feed readers.',
    next: 'Try again later, or look for another feed on the site.',
  }
}

const byStatus: Record<number, (it: string) => Explanation> = {
  401: () => ({
    what: 'This feed asks for a name and a password.',
    why: 'It is only for members, or the password you gave is no longer right.',
    next: 'Give them in the feed’s details, or ask the site for a private feed address.',
  }),
  402: () => ({
    what: 'The site wants to be paid for this feed (error 402).',
    why: 'It is only for subscribers.',
    next: 'Subscribers usually find a feed address of their own in their account on the site.',
  }),
  403: () => ({
    what: 'The site does not let us in (error 403).',
    why: 'The feed is not public, or the site shuts out feed readers.',
    next: 'Open the address in your browser. If it shows there, ask the site to let feed readers in.',
  }),
  404: it => ({
    what: `There is nothing at this address (error 404).`,
    why: `The address is mistyped, or ${it} has moved or was taken down.`,
    next: 'Check the address. If it was right once, enter the site’s own address to find where its feed is now.',
  }),
  410: it => ({
    what: `The publisher says that ${it} is gone for good (error 410).`,
    why: 'It was taken down on purpose.',
    next: 'See whether the site has another feed.',
  }),
  406: () => ({
    what: 'The server says it has nothing that a feed reader could read (error 406).',
    why: 'It is set up too strictly.',
    next: 'Tell the site, or look for another feed on it.',
  }),
  407: () => ({
    what: 'The proxy on the way asks for a name and a password (error 407).',
    why: 'It was given none, or they are no longer right. The site was not asked.',
    next: 'Give them with the proxy’s address, in the feed’s details or where your system names it: http://name:password@proxy.',
  }),
  429: () => ({
    what: 'The site has had too many requests (error 429).',
    why: 'From us, or from others on your network.',
    next: 'Wait an hour, then try again. Feeds you follow wait by themselves.',
  }),
  451: () => ({
    what: 'The site may not show this here, for legal reasons (error 451).',
    why: 'A law or a court in some country forbids it; the site itself is fine.',
    next: 'Nothing can be done from here.',
  }),
  502: () => behind(502),
  504: () => behind(504),
  503: () => ({
    what: 'The site is closed for the moment (error 503).',
    why: 'It is overloaded, or down for maintenance.',
    next: 'Try again in an hour. Feeds you follow are tried again by themselves.',
  }),
}

function behind(status: number): Explanation {
  return {
    what: `The site’s front door works, but the server behind it does not answer (error ${status}).`,
    why: 'A fault on their side, usually a short one.',
    next: 'Try again later. Feeds you follow are tried again by themselves.',
  }
}
