/** Which dialog is open. One at a time; opening another replaces it. */
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { Outgoing } from '../../src-main/api/mail/outgoing.ts'
import type { Feed, HeadlineRow } from '../../src-main/api/model.ts'
import type { Backup } from '../../src-main/api/storage-model.ts'
import type { FollowList } from '../library/follow-list.svelte.ts'

export type SettingsSection =
  | 'appearance'
  | 'reading'
  | 'newsletters'
  | 'digest'
  | 'sharing'
  | 'desktop'
  | 'keeping'
  | 'storage'
  | 'backups'
  | 'data'
  | 'about'

/** `src` is a path on our own origin; `name` is the file's, without its ending. */
export type EnlargedPicture = { src: string; alt: string; caption: string; name: string }

/** Every dialog, with its parameters. */
export type DialogParams = {
  /** Subscribe. `address` is what was pasted, dropped or came by a feed: link. */
  add: { address?: string; folderId?: number | null }
  /** OPML in, or everything that was exported. `text` or `file` when one was dropped on the window. */
  import: { text?: string; file?: File }
  /** `at`: what of the section the reader comes back to. */
  settings: { section?: SettingsSection; at?: 'digest-mail' }
  help: Record<string, never>
  /** The changes of the newest versions. */
  'whats-new': Record<string, never>
  /** What a report of a fault says of this program and computer. */
  'report-fault': Record<string, never>
  'new-folder': { parentId?: number | null; feedIds?: number[] }
  'rename-feed': { feedId: number }
  'rename-folder': { folderId: number }
  'move-feeds': { feedIds: number[] }
  'move-folder': { folderId: number }
  /** How long the articles of one feed are kept. */
  'keep-articles': { feedId: number }
  /** How the articles of a feed, or of all feeds in a folder, are read. */
  reading: { feedId: number } | { folderId: number }
  /** Asks before everything goes back to a backup. */
  restore: { backup: Backup }
  /** A mailbox whose newsletters are to be read, or an existing one to be changed. */
  mailbox: { mailboxId?: number }
  /** Where digests are sent as mail; null: nowhere yet. */
  'digest-mail': { outgoing: Outgoing | null }
  /** Who writes to the mailboxes, and which of them are sources. */
  newsletters: Record<string, never>
  /** Which other newsletter one goes into. The feed itself: it goes while the dialog is still open. */
  'join-newsletters': { feed: Feed }
  /** Leaving a newsletter whose messages offer a way to tell the sender. */
  unsubscribe: { feed: Feed; senders: Output<'waysOut'>['senders'] }
  /** What is the matter with a feed, and what to do. */
  health: { feedId?: number }
  /** Which category another one is the same as. */
  'same-category': { name: string }
  /** Pictures of the open article, enlarged. `onleave` is told which was shown last. */
  pictures: { pictures: EnlargedPicture[]; first: number; onleave: (at: number) => void }
  /** The stories that the reader follows. */
  'followed-stories': Record<string, never>
  /** Which other article is about the same event as this one. */
  'same-story': { article: HeadlineRow }
  /** What of a starter selection could not be followed. */
  'follow-failures': { list: FollowList }
}

export type DialogName = keyof DialogParams
export type OpenDialog = { [N in DialogName]: { name: N; params: DialogParams[N] } }[DialogName]

export class Dialogs {
  open = $state.raw<OpenDialog | null>(null)
  readonly #onopen: () => void

  constructor(onopen: () => void) {
    this.#onopen = onopen
  }

  show<N extends DialogName>(name: N, params: DialogParams[N]): void {
    this.#onopen()
    this.open = { name, params } as OpenDialog
  }

  close(): void {
    this.open = null
  }
}
