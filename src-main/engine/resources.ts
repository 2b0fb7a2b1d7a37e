/** The bytes a window may load by a signed address: stored icons, media through our own client, exports. */
import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type ByteRange, noResource, type OpenedRecording, type Resource } from '../api/engine-thread.ts'
import type { LoadResource } from '../archive/export-pictures.ts'
import { isDrawn } from '../drawing/drawn.ts'
import { hostPort } from '../http/private-address.ts'
import type { Fetches } from '../intake/media/media.ts'
import { day, second } from '../lib/time.ts'
import { accessOf } from '../store/feeds/access.ts'
import { feedById } from '../store/feeds/feeds.ts'
import { iconOf } from '../store/feeds/icons.ts'
import { privateHostAt } from '../store/feeds/pages.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import { pollingPausedUntil } from '../store/polling-pause.ts'
import type { Context } from './context/context.ts'

/** `fetches`: whether servers are asked for what is not on the disk. `range`: what a player asks for. Pictures are asked for without one, and given whole. */
export async function answerResource(
  context: Context,
  path: string,
  range: ByteRange | null,
  fetches?: Fetches,
): Promise<Resource | OpenedRecording> {
  const { db, intake, signer, secrets, exportFolder } = context
  const request = signer.read(path)
  if (!request) return noResource(403)
  if (request.kind === 'export') return exportedFile(join(exportFolder, request.name))
  const feed = feedById(db, request.feedId)
  if (!feed) return noResource(404)
  if (request.kind === 'media') {
    const proxy = openProxy(secrets, accessOf(db, feed.id)?.proxy ?? null)
    const medium = { url: request.url, privateHost: privateHostAt(db, feed, hostPort(new URL(request.url))), proxy }
    if (!range && fetches) return intake.media({ ...medium, fetches })
    return range ? intake.openRecording({ ...medium, range }) : intake.media(medium)
  }
  const icon = iconOf(db, request.feedId)
  if (!icon?.type) return noResource(404)
  if (icon.type === 'image/svg+xml' && !isDrawn(icon.bytes)) return intake.redrawIcon({ feedId: feed.id })
  return { status: 200, type: icon.type, maxAgeSeconds: (30 * day) / second, bytes: icon.bytes }
}

/** For what nobody waits for. While polls are paused, and in safe mode, from the disk alone. */
export function loadInAdvance(context: Context): LoadResource {
  const { db, isSafeMode, now } = context
  const isQuiet = () => isSafeMode || pollingPausedUntil(db, now()) !== null
  return path => answerResource(context, path, null, isQuiet() ? 'never' : 'unless-waiting')
}

const exportTypes: Readonly<Record<string, string>> = {
  '.zip': 'application/zip',
  '.epub': 'application/epub+zip',
  '.html': 'text/html; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
}

/** It may have been removed since. */
function exportedFile(file: string): Resource {
  const type = exportTypes[extname(file)]
  return type && existsSync(file) ? { status: 200, type, maxAgeSeconds: 0, file } : noResource(404)
}
