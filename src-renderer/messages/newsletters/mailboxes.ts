/** Settings > Newsletters, and the dialog for a mailbox. */
import type { MailFolder } from '../../../src-main/api/mail/model.ts'
import { some } from '../common.ts'

const uses: Record<NonNullable<MailFolder['use']>, string> = {
  inbox: 'Inbox',
  all: 'All mail',
  archive: 'Archive',
  junk: 'Junk',
  sent: 'Sent',
  drafts: 'Drafts',
  trash: 'Bin',
}

export const words = {
  panel: {
    title: 'Newsletters',
    intro: 'Newsletters that come by e-mail, read beside your feeds.',
    what: 'Broadsheet looks into your mailbox, finds the newsletters in it, and asks you which of them to keep. Each one you keep becomes a source of its own.',
    promises: [
      'Your mailbox is only read. No message is moved, deleted or marked as read.',
      'The senders learn nothing. Pictures wait until you ask for them, and unsubscribing tells a sender only if you say so.',
      'Your password is kept on this computer, encrypted, and given to your mail server only.',
    ],
    mailboxes: 'Mailboxes',
    add: 'Add mailbox…',
    change: 'Change…',
    changeOf: (address: string): string => `Change ${address}…`,
    remove: 'Remove',
    removeOf: (address: string): string => `Remove ${address}`,
    notYet: 'Not looked at yet.',
    looked: (ago: string): string => `Last looked at ${ago}.`,
    failing: (since: string): string => `Failing since ${since}.`,
    folders: (paths: string[]): string => {
      const names = paths.map(folderName)
      return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')
    },
  },

  dialog: {
    add: 'Add mailbox',
    change: 'Change mailbox',
    intro: 'It is only read: no message is moved, deleted or marked as read.',
    address: 'E-mail address',
    host: 'IMAP server',
    test: 'Test and choose folders',
    testing: (host: string): string => `Asking ${host}…`,
    works: 'The log-in works.',
    foldersTitle: 'Folders to look into',
    foldersHint: 'If rules of yours move newsletters elsewhere, choose those folders, too.',
    lessLikely: 'Sent, drafts, junk and bin',
    gone: 'Not there any more',
    noFolder: 'Choose one folder at least.',
    tooMany: 'Choose fifty folders at most.',
    days: 'Days to look back at first',
    noDays: 'A whole number from 1 to 3,650.',
    back: 'Back',
    save: 'Save',
    alreadyThere: 'This mailbox is looked at already.',
    use: (folder: MailFolder): string | null => (folder.use && folder.use !== 'inbox' ? uses[folder.use] : null),
    count: (count: number): string => some(count, 'folder', 'folders'),
  },
}

/** 'INBOX' is what the protocol calls it. */
export function folderName(path: string): string {
  return path.toUpperCase() === 'INBOX' ? uses.inbox : path
}
