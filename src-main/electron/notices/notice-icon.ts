/** The icon of a feed on a notice, as far as the main process may draw what a publisher sent. */
import { nativeImage } from 'electron'
import type { HostResource } from '../../host/engine-host.ts'
import { isSmallPng } from './small-png.ts'

/** Null where there is none that can be drawn: the notice is shown without. */
export async function noticeIcon(
  address: string | null,
  resource: (path: string) => Promise<HostResource>,
): Promise<Electron.NativeImage | null> {
  if (address === null) return null
  const icon = await resource(address).catch(() => null)
  if (icon?.status !== 200 || !('bytes' in icon) || !isSmallPng(icon.bytes)) return null
  const image = nativeImage.createFromBuffer(Buffer.from(icon.bytes))
  return image.isEmpty() ? null : image
}
