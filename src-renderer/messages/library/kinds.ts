/** What is said of a source otherwise, as it is a feed, a newsletter or the digest. */
import type { FeedKind } from '../../../src-main/api/model.ts'

type KindWords = {
  /** In its menu. */
  details: string
  detailsTitle: string
  /** What it means that it is paused. */
  paused: string
  /** Its list is empty. */
  nothingYet: string
  /** Above its reading options, and beside one that is its own. */
  reading: string
  onlyHere: string
  rename: string
  givenName: (title: string) => string
  useGivenName: string
}

const web: KindWords = {
  details: 'Feed details…',
  detailsTitle: 'Feed health',
  paused: 'Not refreshed until you resume it.',
  nothingYet: 'This feed has brought nothing so far.',
  reading: 'How the articles of this feed are read.',
  onlyHere: 'Only for this feed.',
  rename: 'Rename feed',
  givenName: title => `The publisher calls it “${title}”.`,
  useGivenName: 'Use the publisher’s name',
}

const newsletter: KindWords = {
  details: 'Newsletter details…',
  detailsTitle: 'Newsletter details',
  paused: 'Its messages stay in the mailbox until you resume it.',
  nothingYet: 'No message of this newsletter has been fetched so far.',
  reading: 'How the messages of this newsletter are read.',
  onlyHere: 'Only for this newsletter.',
  rename: 'Rename newsletter',
  givenName: title => `Its sender calls it “${title}”.`,
  useGivenName: 'Use the sender’s name',
}

const digest: KindWords = {
  details: 'Digest details…',
  detailsTitle: 'Digest details',
  paused: 'No digest is made until you resume it.',
  nothingYet: 'The next time a digest is due, it is made and listed here.',
  reading: 'How digests are read, and what is said of new ones.',
  onlyHere: 'Only for digests.',
  rename: 'Rename digest',
  givenName: title => `Broadsheet calls it “${title}”.`,
  useGivenName: 'Use that name again',
}

/** Saved pages are no source in the list: nothing is said of them as one. */
const byKind: Record<FeedKind, KindWords> = { web, newsletter, digest, pages: web }

export const wordsOf = ({ kind }: { kind: FeedKind }): KindWords => byKind[kind]

/** To ask now, in a source's menu and its details. */
export const askWords = { server: 'Refresh', mailboxes: 'Look for new messages' }
