/** The words of a notice as this system wants them. */
import { type Notice, noticeText } from '../../api/notices.ts'

/** Servers of Linux read the body as markup: what is text there must stay text. */
export function systemText(notice: Notice, platform: NodeJS.Platform): { title: string; body: string } {
  const { title, body } = noticeText(notice)
  if (platform !== 'linux') return { title, body }
  return { title, body: body.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') }
}
