/** Why a sound or film cannot be played. */

/** 'cut': it broke off on the way. 'refused': its address is none of this engine's. */
export type Trouble = 'gone' | 'no-sound' | 'refused' | 'server' | 'cut' | 'unknown-kind'

/** The element says only that it failed: its address is asked for one byte, whose answer says why. */
export async function troubleOf({ error }: HTMLMediaElement, path: string): Promise<Trouble> {
  const status = await statusOf(path)
  if (status === 404) return 'gone'
  if (status === 415) return 'no-sound'
  if (status === 403) return 'refused'
  if (status !== 200 && status !== 206) return 'server'
  return error?.code === MediaError.MEDIA_ERR_NETWORK ? 'cut' : 'unknown-kind'
}

async function statusOf(path: string): Promise<number> {
  const giveUp = new AbortController()
  try {
    const { status } = await fetch(path, { headers: { range: 'bytes=0-0' }, signal: giveUp.signal })
    return status
  } catch {
    return 0
  } finally {
    giveUp.abort()
  }
}
