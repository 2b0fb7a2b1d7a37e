/** The context menu of a headline. */
import type { HeadlineRow } from '../../src-main/api/model.ts'
import { type Changing, toggleRead, toggleSaved } from '../commands/changes.ts'
import { copyText } from '../commands/commands.ts'
import { putApart } from '../commands/stories.ts'
import { openOutside } from '../lib/open-outside.ts'
import { words as articleWords } from '../messages/article.ts'
import { words as commandsWords } from '../messages/commands.ts'
import { words } from '../messages/headlines.ts'
import { words as storyWords } from '../messages/reading/stories.ts'
import type { App } from '../state/app.svelte.ts'
import type { MenuItem } from '../ui/menu.ts'

const say = articleWords.article

type Parts = Changing & Pick<App, 'dialogs' | 'place'>

export function headlineMenu(parts: Parts, row: HeadlineRow): MenuItem[] {
  const { url, feedId, story } = row
  const link: MenuItem[] = url
    ? [
        'rule',
        { label: say.openInBrowser, icon: 'external', keys: 'v', run: () => void openOutside(url) },
        {
          label: say.copyLink,
          icon: 'link',
          keys: 'y',
          run: () => void copyText(parts, url, commandsWords.done.copiedLink),
        },
      ]
    : []
  const feed: MenuItem[] =
    feedId === null
      ? []
      : [
          'rule',
          {
            label: words.headlines.goToFeed(row.feedTitle),
            run: () => void parts.place.show({ kind: 'feed', feedId }),
          },
        ]
  return [
    {
      label: row.isRead ? say.markUnread : say.markRead,
      icon: row.isRead ? 'unread' : 'read',
      keys: 'm',
      run: () => void toggleRead(parts, row),
    },
    {
      label: row.isSaved ? say.unsave : say.save,
      icon: 'saved',
      keys: 's',
      run: () => void toggleSaved(parts, row.id),
    },
    'rule',
    { label: storyWords.same.menu, run: () => parts.dialogs.show('same-story', { article: row }) },
    ...(story ? [{ label: storyWords.apart, run: () => void putApart(parts, story.id, row) } satisfies MenuItem] : []),
    ...link,
    ...feed,
  ]
}
