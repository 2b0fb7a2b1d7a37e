/** What an article does with the player; what could not be done is said. */
import type { EpisodeKey } from '../../src-main/api/reading/playback.ts'
import { words } from '../messages/reading/player.ts'
import type { Player, SoundSettings } from './player.svelte.ts'

export type Listening = {
  player: Player
  soundSettings(): SoundSettings
  /** From where it was left, or from `at`, in seconds. */
  play(episode: EpisodeKey, at?: number): Promise<void>
  enqueue(episode: EpisodeKey, where: 'next' | 'last'): Promise<void>
}

export function listeningBy(
  player: Player,
  soundSettings: () => SoundSettings,
  say: (text: string) => void,
): Listening {
  return {
    player,
    soundSettings,
    async play(episode, at) {
      if (!(await player.play(episode, at))) say(words.episode.gone)
    },
    async enqueue(episode, where) {
      if (!(await player.enqueue(episode, where))) say(words.episode.gone)
      else say(where === 'next' ? words.episode.queued : words.episode.queuedLast)
    },
  }
}
