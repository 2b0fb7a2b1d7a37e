/** The article and what can be done with it. */
import { some } from './common.ts'

export const words = {
  article: {
    title: 'Article',
    text: 'Article text',
    by: 'Post by',
    unknownFeed: 'Unsubscribed feed',
    markRead: 'Mark as read',
    markUnread: 'Mark as unread',
    save: 'Save',
    unsave: 'Remove from saved',
    openOriginal: 'Open original',
    openInBrowser: 'Open in browser',
    copyLink: 'Copy link',
    comments: (count: number | null) => (count === null ? 'Comments' : some(count, 'comment', 'comments')),
    back: 'Back to headlines',
    previous: 'Previous article',
    next: 'Next article',
    updated: (when: string) => `Updated ${when}`,
    tags: 'Tags',
    showTagged: (name: string) => `Show articles tagged ${name}`,
    tools: 'Article actions',
    attachments: 'Attachments',
    listen: (name: string) => `Listen: ${name}`,
    watch: (name: string) => `Watch: ${name}`,
    openFile: { audio: 'Open the audio', video: 'Open the film', image: 'Open the picture', other: 'Open' },
    variants: 'Also as',
    unheard:
      'This recording cannot be played here: it is long, or its server does not give it out. Open it in your browser.',
    unseen:
      'This film cannot be played here: it is long, of another kind, or its server does not give it out. Open it in your browser.',
    photo: (day: string) => `Photo, ${day}`,
    untitled: (day: string) => `Untitled, ${day}`,
    none: 'Choose a headline to read it here.',
    noneKeys: 'j and k step through the list; ? shows every key.',
    noText: 'The feed gives only the headline.',
    picturesOff: 'This is a picture, and pictures of this feed are not loaded. ‘Reading…’ in its menu allows them.',
    damaged:
      'The text of this article was damaged on this computer. It comes back with the next refresh, if the feed still has it; the original page has it, too.',
    goneTitle: 'This article is gone',
    gone: 'It was removed since you last saw it.',
    notReopened: (name: string) => `“${name}” was not reopened: showing it did not finish last time.`,
    openAnyway: 'Open it',
    failedTitle: 'This article could not be opened',
    loading: 'Opening…',
  },
}
