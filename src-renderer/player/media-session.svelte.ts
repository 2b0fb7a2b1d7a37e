/** The system's own player: title and picture on its lock screen, and the keys of a keyboard or headset. */
import { type Player, skips } from './player.svelte.ts'

/** To be called where effects may be made. Does nothing where the browser has no such thing. */
export function followMediaSession(playerOf: () => Player): void {
  const session: MediaSession | undefined = navigator.mediaSession
  if (!session) return

  $effect(() => {
    const player = playerOf()
    const { episode } = player
    if (!episode) return
    const { title, feedTitle, imageUrl } = episode
    const artwork = imageUrl ? [{ src: new URL(imageUrl, location.href).href }] : []
    session.metadata = new MediaMetadata({ title, artist: feedTitle, artwork })
    const actions: [MediaSessionAction, MediaSessionActionHandler][] = [
      ['play', () => player.resume()],
      ['pause', () => player.pause()],
      ['stop', () => player.pause()],
      ['seekbackward', ({ seekOffset }) => player.skip(-(seekOffset ?? skips.back))],
      ['seekforward', ({ seekOffset }) => player.skip(seekOffset ?? skips.forward)],
      ['seekto', ({ seekTime }) => seekTime !== undefined && player.seek(seekTime)],
      ['nexttrack', () => void player.next()],
    ]
    for (const [action, handler] of actions) session.setActionHandler(action, handler)
    return () => {
      session.metadata = null
      for (const [action] of actions) session.setActionHandler(action, null)
    }
  })

  $effect(() => {
    const player = playerOf()
    session.playbackState = player.episode === null ? 'none' : player.isPlaying ? 'playing' : 'paused'
  })
}
