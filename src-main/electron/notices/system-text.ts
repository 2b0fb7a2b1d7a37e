/** The words of a notice as this system wants them. */
import { type Notice, noticeText } from '../../api/notices.ts'

export type SystemText = { title: string; body: string }

/** `isMarkup`: the body is read as markup. What is text there must stay text. */
export function systemText(notice: Notice, isMarkup: boolean): SystemText {
  const { title, body } = noticeText(notice)
  if (!isMarkup) return { title, body }
  return { title, body: body.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') }
}
