/** Reading the open article aloud. */
import type { Article } from '../../../src-main/api/model.ts'
import { track } from '../../lib/track.ts'
import { articleName } from '../../library/article-name.ts'
import { markSentence } from './mark-sentence.ts'
import { ReadAloud } from './read-aloud.svelte.ts'
import { sentencesOf } from './sentences.ts'

type OpenText = { article: Article | null; page: Document | undefined; scroller: HTMLElement | undefined }

/** Stops where another text takes the place of the one that is read. Called while a component is made. */
export function readAloudFrom(open: () => OpenText): { aloud: ReadAloud; begin(): void } {
  const aloud = new ReadAloud(globalThis.speechSynthesis, sentence => {
    const { page, scroller } = open()
    if (page) markSentence(page, sentence, scroller)
  })
  const textKey = $derived.by(() => {
    const { article } = open()
    return article && `${article.id} ${article.isFullTextShown}`
  })

  $effect(() => {
    track(textKey)
    return () => aloud.stop()
  })

  function begin(): void {
    const { article, page } = open()
    if (!article || !page) return
    const headline = { text: articleName(article), range: null }
    aloud.begin([headline, ...sentencesOf(page, article.language)], article.language)
  }

  return { aloud, begin }
}
