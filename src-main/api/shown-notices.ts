/** The notices that a host shows, so that each is closed once it is read. */
import { type Notice, noticeTag } from './notices.ts'

type Closable = { close(): void }
type Entry<Made> = { made: Made | null; unread: Set<number> }

/** Of one notice, from before it is shown. */
export type NoticePlace<Made> = {
  /** False once what it tells of was read, or another has taken its place. */
  isWanted(): boolean
  fill(made: Made): void
  /** It is shown no more. */
  leave(): void
}

export class ShownNotices<Made extends Closable> {
  readonly #entries = new Map<string, Entry<Made>>()

  /** Closes the earlier one of its tag. */
  place(notice: Notice): NoticePlace<Made> {
    const tag = noticeTag(notice)
    const articleIds = notice.kind === 'article' ? [notice.articleId] : notice.articleIds
    const entry: Entry<Made> = { made: null, unread: new Set(articleIds) }
    const isHere = () => this.#entries.get(tag) === entry
    const earlier = this.#entries.get(tag)
    this.#entries.set(tag, entry)
    earlier?.made?.close()
    return {
      isWanted: isHere,
      fill: made => {
        entry.made = made
      },
      leave: () => void (isHere() && this.#entries.delete(tag)),
    }
  }

  /** Closes those of which nothing is left to tell. */
  withdraw(articleIds: number[]): void {
    for (const [tag, { made, unread }] of this.#entries) {
      const isAny = articleIds.filter(id => unread.delete(id)).length > 0
      if (!isAny || unread.size > 0) continue
      this.#entries.delete(tag)
      made?.close()
    }
  }
}
