/** What keys do with the player. */
import { enclosureKind } from '../../src-main/api/enclosures.ts'
import type { CommandName } from '../../src-main/api/host/keys.ts'
import type { EpisodeKey } from '../../src-main/api/reading/playback.ts'
import { words } from '../messages/reading/player.ts'
import { skips } from '../player/player.svelte.ts'
import type { App } from '../state/app.svelte.ts'

type Listened = Pick<App, 'listening' | 'player' | 'reader' | 'toasts'>
type ListeningCommand = Extract<
  CommandName,
  'play-or-pause' | 'skip-back' | 'skip-forward' | 'play-last' | 'show-queue'
>

export function listeningCommands(app: Listened): Record<ListeningCommand, () => void> {
  const { listening, player } = app
  return {
    'play-or-pause': () => (player.episode ? player.toggle() : withRecording(app, episode => listening.play(episode))),
    'skip-back': () => player.skip(-skips.back),
    'skip-forward': () => player.skip(skips.forward),
    'play-last': () => withRecording(app, episode => listening.enqueue(episode, 'last')),
    'show-queue': () => document.querySelector<HTMLElement>('[data-player-panel]')?.click(),
  }
}

/** The first recording of the open article: says so where there is none. */
function withRecording({ reader, toasts }: Listened, act: (episode: EpisodeKey) => Promise<void>): void {
  const { article } = reader
  const sound = article?.enclosures.find(file => enclosureKind(file) === 'audio')
  if (article && sound) void act({ articleId: article.id, url: sound.url })
  else toasts.add({ text: words.episode.noSound })
}
