/** What was done to mailboxes and newsletters, and what was taken back. */
import { some } from '../common.ts'
import type { DeedWords } from '../undo.ts'

const newsletters = (count: number, name: string): string =>
  count === 1 ? name : some(count, 'newsletter', 'newsletters')

export const deeds = {
  added: (address: string): DeedWords => ({
    done: `${address} is looked at for newsletters.`,
    undone: `No longer looked at: ${address}`,
  }),

  changed: (address: string): DeedWords => ({ done: `Changed: ${address}`, undone: `As it was before: ${address}` }),

  removed: (address: string): DeedWords => ({
    done: `${address} is not looked at any more. Its newsletters stay.`,
    undone: `Looked at again: ${address}`,
  }),

  kept: (count: number, name: string): DeedWords => ({
    done: `Kept: ${newsletters(count, name)}`,
    undone: `Undecided again: ${newsletters(count, name)}`,
  }),

  joined: (title: string, into: string): DeedWords => ({
    done: `${title} is one with ${into} now.`,
    undone: `Newsletters of their own again: ${title}, ${into}`,
  }),

  leftOut: (count: number, name: string): DeedWords => ({
    done: `Left out: ${newsletters(count, name)}`,
    undone: `No longer left out: ${newsletters(count, name)}`,
  }),
}
