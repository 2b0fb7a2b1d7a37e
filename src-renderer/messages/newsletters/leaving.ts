/** Unsubscribing from a newsletter: here only, or its sender is told, too. */
import type { Told, Unsubscribe } from '../../../src-main/api/mail/model.ts'
import { explain } from '../../../src-main/api/reasons.ts'

type Words = { what: string; why?: string; next?: string }

/** How a sender is told: by our request, on its page, or by a message that the reader sends. */
export type WayOut = { kind: 'one-click'; url: string } | { kind: 'page'; url: string } | { kind: 'mail'; url: string }

const waysByKind: Record<WayOut['kind'], (place: string) => string> = {
  'one-click': host =>
    `One request goes to ${host}, without cookies. It says no more than that this newsletter is not wanted.`,
  page: host => `A page of ${host} opens in your browser, and you finish it there.`,
  mail: address => `A message to ${address} opens in your mail program, and you send it.`,
}

export const words = {
  title: (name: string): string => `Unsubscribe from ${name}?`,
  text: 'Broadsheet fetches it no more. What you saved stays, and so does every message in your mailbox.',
  stillComes: 'It still comes to your mailbox until its sender is told.',
  tell: 'Also tell the sender',
  way: (way: WayOut): string => waysByKind[way.kind](placeOf(way)),
  button: 'Unsubscribe',
  telling: 'Telling the sender…',
  told: (name: string): string => `The sender of ${name} was told.`,
  openPage: 'Open its page',
  writeMail: 'Write a message',
  refused: 'You are unsubscribed here; the sender could not be told.',
}

/** By one click where it is offered, else on its page, else by mail. */
export function wayOutOf({ httpUrl, mailto, isOneClick }: Unsubscribe): WayOut | null {
  if (httpUrl !== null) return { kind: isOneClick ? 'one-click' : 'page', url: httpUrl }
  return mailto === null ? null : { kind: 'mail', url: mailto }
}

/** Why the sender could not be told. What to do about a feed is no help here. */
export function explainTold(told: Exclude<Told, { kind: 'told' }>): Words {
  const next = 'You can leave it on its page, or by the link in its last message.'
  if (told.kind === 'failed') return { what: explain(told.failure).what, next }
  return {
    what: `Its server did not take the request: it answered ${told.status}.`,
    why: 'The address in the newsletter may have run out, or it wants you to confirm.',
    next,
  }
}

function placeOf({ kind, url }: WayOut): string {
  if (kind !== 'mail') return URL.parse(url)?.hostname ?? url
  return decodeURIComponent(URL.parse(url)?.pathname ?? url)
}
