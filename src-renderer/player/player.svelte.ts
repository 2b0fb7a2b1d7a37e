/** Plays sound of articles: one at a time, whatever else is done in the window meanwhile. Times in seconds. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Chapter, Episode, EpisodeKey, Playback } from '../../src-main/api/reading/playback.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { PositionKeeper } from './position-keeper.ts'
import { SleepTimer } from './sleep-timer.svelte.ts'
import { type Trouble, troubleOf } from './trouble.ts'

/** Of the settings. */
export type SoundSettings = Pick<Settings, 'playbackRate' | 'volume'>

export type Surroundings = {
  engine: Pick<EngineClient, 'chapters' | 'episode' | 'keepPlayback' | 'keepQueue' | 'playQueue'>
  page: Window
  settings(): SoundSettings
  change(settings: Partial<SoundSettings>): void
}

/** An address is none of the engine's, or there is no engine at the moment. */
const mayBeRenewed = new Set<Trouble>(['refused', 'server'])
export const skips = { back: 15, forward: 30 } as const
/** An episode that was left this near to its end begins anew. */
const nearEnd = 5

export class Player {
  /** In hand, playing or not; null where there is nothing to play. */
  episode = $state.raw<Episode | null>(null)
  upNext = $state.raw<Episode[]>([])
  chapters = $state.raw<Chapter[]>([])
  isPlaying = $state(false)
  /** It is to play, and waits for its server. */
  isWaiting = $state(false)
  position = $state(0)
  duration = $state<number | null>(null)
  loadedUntil = $state(0)
  /** False where its server sends it only from its beginning. */
  canSeek = $state(true)
  trouble = $state<Trouble | null>(null)
  isMuted = $state(false)
  readonly sleep: SleepTimer
  readonly #surroundings: Surroundings
  readonly #keeper: PositionKeeper
  #element: HTMLAudioElement | null = null
  /** What the element has the address of. */
  #loaded: Episode | null = null
  /** Its address was asked for again, since addresses end with their engine. */
  #isRenewed = false

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    this.#keeper = new PositionKeeper(surroundings.engine, surroundings.page, () => this.#heard())
    this.sleep = new SleepTimer(() => this.pause())
  }

  /** Takes up what was in hand when the window was last closed, without playing it. */
  async restore(): Promise<void> {
    const [episode, ...upNext] = await this.#surroundings.engine.playQueue({})
    if (!episode || this.episode) return
    this.#take(episode)
    this.upNext = upNext
  }

  /** Plays an episode from where it was left, or from `at`. False where it is gone. */
  async play(key: EpisodeKey, at?: number): Promise<boolean> {
    if (!this.holds(key)) {
      const episode = await this.#ask(key)
      if (!episode) return false
      this.upNext = this.upNext.filter(other => !isSame(other, key))
      this.#take(episode)
      this.#keepQueue()
    }
    if (at !== undefined) this.seek(at)
    this.resume()
    return true
  }

  /** Whether this one is in hand. */
  holds(key: EpisodeKey): boolean {
    return this.episode !== null && isSame(this.episode, key)
  }

  resume(): void {
    const { episode } = this
    if (!episode) return
    const sound = this.#sound()
    if (this.#loaded !== episode) {
      if (this.#loaded === null || !isSame(this.#loaded, episode)) void this.#findChapters(episode)
      this.#loaded = episode
      this.trouble = null
      sound.src = episode.path
      sound.currentTime = this.position
    }
    this.#applySettings(sound)
    // A refusal comes as an error of the element.
    void sound.play().catch(() => undefined)
  }

  pause(): void {
    this.#element?.pause()
  }

  toggle(): void {
    if (this.isPlaying) this.pause()
    else this.resume()
  }

  seek(to: number): void {
    if (!this.canSeek) return
    const end = this.duration ?? Number.POSITIVE_INFINITY
    this.position = Math.max(0, Math.min(to, end))
    if (this.#loaded === this.episode && this.#element) this.#element.currentTime = this.position
    this.#keeper.soon()
  }

  skip(by: number): void {
    this.seek(this.position + by)
  }

  setRate(playbackRate: number): void {
    if (this.#element) this.#element.playbackRate = playbackRate
    this.#surroundings.change({ playbackRate })
  }

  setVolume(volume: number): void {
    this.isMuted = false
    if (this.#element) Object.assign(this.#element, { volume, muted: false })
  }

  /** Sets it, and has the settings keep it. */
  keepVolume(volume: number): void {
    this.setVolume(volume)
    this.#surroundings.change({ volume })
  }

  toggleMuted(): void {
    this.isMuted = !this.isMuted
    if (this.#element) this.#element.muted = this.isMuted
  }

  /** The chapter that is being heard; null before the first. */
  get chapter(): Chapter | null {
    return this.chapters.findLast(({ start }) => start <= this.position + 0.25) ?? null
  }

  /** Puts an episode among those that follow; one that is there already moves. False where it is gone. */
  async enqueue(key: EpisodeKey, where: 'next' | 'last'): Promise<boolean> {
    if (this.holds(key)) return true
    const episode = await this.#ask(key)
    if (!episode) return false
    if (!this.episode) this.#take(episode)
    else {
      const others = this.upNext.filter(other => !isSame(other, key))
      this.upNext = where === 'next' ? [episode, ...others] : [...others, episode]
    }
    this.#keepQueue()
    return true
  }

  /** Moves an episode of those that follow by so many places. */
  move(index: number, by: number): void {
    const to = index + by
    const episode = this.upNext[index]
    if (!episode || to < 0 || to >= this.upNext.length) return
    this.upNext = this.upNext.toSpliced(index, 1).toSpliced(to, 0, episode)
    this.#keepQueue()
  }

  remove(index: number): void {
    this.upNext = this.upNext.toSpliced(index, 1)
    this.#keepQueue()
  }

  /** Plays what follows; false where nothing does. */
  next(): boolean {
    const [episode, ...others] = this.upNext
    if (!episode) return false
    this.upNext = others
    this.#take(episode)
    this.#keepQueue()
    this.resume()
    return true
  }

  /** Nothing is in hand any more. */
  close(): void {
    this.#keeper.now()
    this.#forget()
    this.episode = null
    this.upNext = []
    this.chapters = []
    this.sleep.clear()
    this.#keepQueue()
  }

  /** How far an episode was heard: from here where it is in hand, else as it is kept. */
  async heard(key: EpisodeKey): Promise<Playback | null> {
    return this.holds(key) ? this.#heard() : this.#ask(key)
  }

  /** Has it kept how far a film was heard. */
  keep(heard: EpisodeKey & Playback): void {
    void this.#surroundings.engine.keepPlayback(heard).catch(() => undefined)
  }

  #take(episode: Episode): void {
    this.#keeper.now()
    this.#forget()
    const isAtEnd = episode.duration !== null && episode.position > episode.duration - nearEnd
    this.position = episode.isPlayed || isAtEnd ? 0 : episode.position
    this.duration = episode.duration
    this.canSeek = true
    this.chapters = []
    this.trouble = null
    this.#isRenewed = false
    this.episode = episode
  }

  #forget(): void {
    this.#loaded = null
    this.isPlaying = false
    this.isWaiting = false
    this.loadedUntil = 0
    this.#element?.pause()
    this.#element?.removeAttribute('src')
    this.#element?.load()
  }

  #ask(key: EpisodeKey): Promise<Episode | null> {
    return this.#surroundings.engine.episode({ articleId: key.articleId, url: key.url }).catch(() => null)
  }

  async #findChapters(episode: Episode): Promise<void> {
    const { articleId, url } = episode
    const found = await this.#surroundings.engine.chapters({ articleId, url }).catch(() => [])
    if (this.holds(episode)) this.chapters = found
  }

  #heard(): (EpisodeKey & Playback) | null {
    if (!this.episode) return null
    const { articleId, url, isPlayed } = this.episode
    return { articleId, url, isPlayed, position: this.position, duration: this.duration }
  }

  #keepQueue(): void {
    const episodes = [...(this.episode ? [this.episode] : []), ...this.upNext]
    const keys = episodes.map(({ articleId, url }) => ({ articleId, url }))
    // A disk that takes no write says so elsewhere.
    void this.#surroundings.engine.keepQueue({ episodes: keys }).catch(() => undefined)
  }

  #applySettings(sound: HTMLAudioElement): void {
    const { playbackRate, volume } = this.#surroundings.settings()
    Object.assign(sound, { playbackRate, defaultPlaybackRate: playbackRate, volume, muted: this.isMuted })
  }

  #sound(): HTMLAudioElement {
    this.#element ??= this.#make()
    return this.#element
  }

  #make(): HTMLAudioElement {
    const sound = new Audio()
    sound.preload = 'auto'
    const on = (name: keyof HTMLMediaElementEventMap, then: () => void) =>
      sound.addEventListener(name, () => this.#loaded && then())
    on('play', () => Object.assign(this, { isPlaying: true, trouble: null }))
    on('waiting', () => (this.isWaiting = true))
    on('playing', () => (this.isWaiting = false))
    on('pause', () => this.#paused())
    on('durationchange', () => this.#measured(sound))
    on('loadedmetadata', () => this.#measured(sound))
    on('progress', () => (this.loadedUntil = loadedUntil(sound)))
    on('timeupdate', () => this.#heardOn(sound))
    on('ended', () => this.#ended())
    on('error', () => void this.#failed(sound))
    return sound
  }

  #paused(): void {
    this.isPlaying = false
    this.isWaiting = false
    this.#keeper.now()
  }

  #measured(sound: HTMLAudioElement): void {
    if (Number.isFinite(sound.duration)) this.duration = sound.duration
    const { seekable } = sound
    this.canSeek = seekable.length > 0 && seekable.end(seekable.length - 1) > 0
  }

  #heardOn(sound: HTMLAudioElement): void {
    this.position = sound.currentTime
    this.loadedUntil = loadedUntil(sound)
    if (this.episode?.isPlayed && this.isPlaying) this.episode = this.#loaded = { ...this.episode, isPlayed: false }
    this.#keeper.sometime()
  }

  #ended(): void {
    const { episode } = this
    if (!episode) return
    this.episode = this.#loaded = { ...episode, isPlayed: true }
    this.position = 0
    this.#keeper.now()
    const isToStop = this.sleep.endsWithEpisode
    if (isToStop) this.sleep.clear()
    if (isToStop || !this.next()) this.#forget()
  }

  /** Its address may have ended with its engine: it is asked for once again. */
  async #failed(sound: HTMLAudioElement): Promise<void> {
    const { episode } = this
    if (!episode) return
    const isToPlay = this.isPlaying
    const trouble = await troubleOf(sound, episode.path)
    const again = this.#isRenewed || !mayBeRenewed.has(trouble) ? null : await this.#ask(episode)
    if (!this.holds(episode)) return
    this.#forget()
    this.#isRenewed = true
    if (!again) this.trouble = trouble
    else {
      this.episode = { ...again, isPlayed: episode.isPlayed }
      if (isToPlay) this.resume()
    }
  }
}

function isSame(one: EpisodeKey, other: EpisodeKey): boolean {
  return one.articleId === other.articleId && one.url === other.url
}

/** To where it can be played without waiting. */
function loadedUntil({ buffered, currentTime }: HTMLAudioElement): number {
  for (let at = 0; at < buffered.length; at++) {
    if (buffered.start(at) <= currentTime && currentTime <= buffered.end(at)) return buffered.end(at)
  }
  return currentTime
}
