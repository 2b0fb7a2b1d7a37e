/** The dialog on who writes to the mailboxes, and what leads to it. */
import type { SenderDecision } from '../../../src-main/api/mail/model.ts'
import { some } from '../common.ts'
import { formatNumber } from '../format.ts'

type Group = 'new' | 'kept' | 'left-out' | 'other'

const groups: Record<Group, string> = { new: 'New', kept: 'Kept', 'left-out': 'Left out', other: 'Other senders' }

const nothing: Record<Group, { title: string; text: string }> = {
  new: { title: 'No new newsletters.', text: 'When somebody new sends one to your mailboxes, it waits here.' },
  kept: { title: 'None is kept yet.', text: 'Each newsletter that you keep is a source beside your feeds.' },
  'left-out': { title: 'None is left out.', text: 'What you leave out is not fetched.' },
  other: {
    title: 'Nobody else has written.',
    text: 'Who writes to you without the marks of a newsletter is listed here, and is no source unless you say so.',
  },
}

const decisions: Record<SenderDecision, { act: string; of: (name: string) => string }> = {
  kept: { act: 'Keep', of: name => `Keep ${name}` },
  'left-out': { act: 'Leave out', of: name => `Leave out ${name}` },
}

export const words = {
  title: 'Newsletters',
  intro: 'Which of those who write to you are sources. Your mailboxes stay as they are.',
  lists: 'Which senders are listed',
  group: (group: Group, count: number): string => `${groups[group]} (${formatNumber(count)})`,
  list: (group: Group): string => groups[group],
  nothing,
  notFound: { title: 'No such sender.', text: 'Look for a name, an address or a subject.' },
  find: 'Find a sender',
  decisions,
  also: 'This sender, too',
  alsoOf: (name: string): string => `Keep ${name}, too`,
  go: (name: string): string => `Go to ${name}`,
  waiting: (count: number): string => some(count, 'message', 'messages'),
  chosen: (count: number): string => `${formatNumber(count)} chosen`,
  keepChosen: (count: number): string => `Keep ${formatNumber(count)}`,
  leaveOutChosen: (count: number): string => `Leave out ${formatNumber(count)}`,
  keepAll: 'Keep all',
  folder: 'Folder for what you keep',
  newFolder: 'New folder “Newsletters”',
  folderName: 'Newsletters',
  noFolder: 'No folder',

  /** In the pane of the sources. */
  undecided: (count: number): string => some(count, 'new newsletter', 'new newsletters'),
  row: 'New newsletters',

  /** In the settings. */
  who: 'Who writes to you',
  sum: (fresh: number, kept: number): string =>
    fresh === 0
      ? `${some(kept, 'newsletter is', 'newsletters are')} kept.`
      : `${some(fresh, 'new newsletter waits', 'new newsletters wait')} for your decision; ${formatNumber(kept)} kept.`,
  open: 'Choose newsletters…',
}
