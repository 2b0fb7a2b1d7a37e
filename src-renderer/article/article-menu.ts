/** The article's 'More' menu: what is done with an article now and then. */

import type { CommandName } from '../../src-main/api/host/keys.ts'
import type { Article } from '../../src-main/api/model.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { firstKeyOf } from '../commands/keyboard.ts'
import { isMac, makesPdf } from '../lib/platform.ts'
import { words } from '../messages/reading/out.ts'
import { words as sharing } from '../messages/reading/sharing.ts'
import { words as storyWords } from '../messages/reading/stories.ts'
import type { IconName } from '../ui/icons/icons.ts'
import { keyCaps } from '../ui/key-text.ts'
import type { MenuItem } from '../ui/menu.ts'
import type { ArticleActs } from './article-acts.ts'

/** From the top: copying, its story, sharing and files, paper, voices. Null: it is of no story, and there are no voices. */
export function articleMenu(
  article: Article,
  commands: Record<CommandName, () => void>,
  acts: ArticleActs & {
    readAloud: (() => void) | null
    shareTargets: Settings['shareTargets']
    sameStory: () => void
    apart: (() => void) | null
  },
): MenuItem[] {
  const say = words.menu
  const command = (name: CommandName, label: string, icon?: IconName, isDisabled = false): MenuItem => ({
    label,
    icon,
    keys: keyCaps(firstKeyOf(name), isMac)
      .flat()
      .join(isMac ? '' : '+'),
    isDisabled,
    run: commands[name],
  })
  return [
    command('copy-link', say.copyLink, 'link', !article.url),
    command('copy-markdown-link', say.copyMarkdownLink, undefined, !article.url),
    command('copy-quotation', say.copyQuotation),
    command('find-in-article', say.find, 'search'),
    'rule',
    { label: storyWords.same.menu, run: acts.sameStory },
    ...(acts.apart ? [{ label: storyWords.apart, run: acts.apart } satisfies MenuItem] : []),
    'rule',
    ...(article.url ? acts.shareTargets : []).map(({ name, template }) => ({
      label: sharing.with(name),
      run: () => acts.share(template),
    })),
    { label: say.saveAsHtml, icon: 'export', run: () => acts.saveAs('html') },
    { label: say.saveAsMarkdown, run: () => acts.saveAs('markdown') },
    { label: say.saveAsEpub, run: () => acts.saveAs('epub') },
    ...(makesPdf() ? [{ label: say.saveAsPdf, run: () => acts.saveAs('pdf') }] : []),
    'rule',
    // In a browser the print dialog makes PDFs; Electron's does not, and has the entry above.
    command('print', makesPdf() ? say.print : say.printOrPdf, 'print'),
    { label: say.printWithAddresses, run: () => acts.print(true) },
    ...(acts.readAloud ? (['rule', { label: say.readAloud, icon: 'audio', run: acts.readAloud }] as MenuItem[]) : []),
  ]
}
