/** What the text of an article has to do with the player: its sounds, and times in its recording. */
import { enclosureKind } from '../../src-main/api/enclosures.ts'
import type { Article } from '../../src-main/api/model.ts'
import { filmOf, openedBy } from '../../src-main/api/reading/embeds.ts'
import type { Listening } from './listening.ts'
import { markTimes, timeOf } from './time-links.ts'

export type SoundOfArticle = {
  /** Makes links of times in the text, where the article has a recording, or is a film. */
  markTimes(body: Element): void
  /** Plays the recording from where a link leads; false for any other link. */
  follow(link: Element): boolean
  /** A sound in the text has been started: it is to go on while one reads on. */
  takeOver(element: HTMLMediaElement): void
}

/** The recording is the article's first sound. */
export function recordingOf(article: Article, { play, player }: Listening): SoundOfArticle {
  const recording = article.enclosures.find(file => enclosureKind(file) === 'audio')
  const film = article.url !== null && filmOf(article.url) ? article.url : null
  const addresses = [article.url, recording?.url].filter(url => typeof url === 'string')

  return {
    markTimes(body) {
      if (recording) markTimes(body, recording.duration ?? null)
      else if (film) markTimes(body, null, seconds => openedBy(film, seconds))
    },
    follow(link) {
      const at = recording ? timeOf(link) : null
      const address = link.getAttribute('href')?.split('#', 1)[0] ?? ''
      if (!recording || at === null || (address !== '' && !addresses.includes(address))) return false
      void play({ articleId: article.id, url: recording.url }, at)
      return true
    },
    takeOver(element) {
      if (element.localName === 'video') return player.pause()
      const url = addressOf(element, article.media)
      element.pause()
      if (url) void play({ articleId: article.id, url })
    },
  }
}

/** The publisher's address of what an element plays from our own origin. */
function addressOf({ currentSrc }: HTMLMediaElement, media: Article['media']): string | null {
  const found = Object.entries(media).find(([, path]) => new URL(path, location.href).href === currentSrc)
  return found?.[0] ?? null
}
