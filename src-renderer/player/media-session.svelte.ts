/**
 * The system's own player: title and picture on its lock screen, and the keys of a keyboard or headset. Length, place and speed it
 * takes from the sound itself.
 */
import { type Player, skips } from './player.svelte.ts'

/** A chapter that has been heard for longer, in seconds, begins anew; before that one goes to the one before. */
const justBegun = 3

type Key = [MediaSessionAction, MediaSessionActionHandler]

/** To be called where effects may be made. Does nothing where the browser has no such thing. */
export function followMediaSession(playerOf: () => Player): void {
  const session: MediaSession | undefined = navigator.mediaSession
  if (!session) return

  $effect(() => {
    const { episode, chapter } = playerOf()
    if (!episode) return
    const { title, feedTitle } = episode
    const imageUrl = chapter?.imageUrl ?? episode.imageUrl
    const artwork = imageUrl ? [{ src: new URL(imageUrl, location.href).href }] : []
    // Systems have no place for a chapter: it stands where a record's name would.
    session.metadata = new MediaMetadata({ title, artist: feedTitle, album: chapter?.title ?? '', artwork })
    return () => (session.metadata = null)
  })

  const isThere = $derived(playerOf().episode !== null)
  const canSeek = $derived(playerOf().canSeek)
  const hasNext = $derived(playerOf().upNext.length > 0)

  // Keys that would do nothing are left to the system, which does not offer them.
  $effect(() => {
    const player = playerOf()
    if (!isThere) return
    const seeking: Key[] = [
      ['seekbackward', ({ seekOffset }) => player.skip(-(seekOffset ?? skips.back))],
      ['seekforward', ({ seekOffset }) => player.skip(seekOffset ?? skips.forward)],
      ['seekto', ({ seekTime }) => seekTime !== undefined && player.seek(seekTime)],
      [
        'previoustrack',
        () => player.seek(player.chapters.findLast(({ start }) => start < player.position - justBegun)?.start ?? 0),
      ],
    ]
    const actions: Key[] = [
      ['play', () => player.resume()],
      ['pause', () => player.pause()],
      ['stop', () => player.pause()],
      ...(canSeek ? seeking : []),
      ...(hasNext ? [['nexttrack', () => void player.next()] as Key] : []),
    ]
    for (const [action, handler] of actions) session.setActionHandler(action, handler)
    return () => {
      for (const [action] of actions) session.setActionHandler(action, null)
    }
  })

  $effect(() => {
    const player = playerOf()
    session.playbackState = player.episode === null ? 'none' : player.isPlaying ? 'playing' : 'paused'
  })
}
