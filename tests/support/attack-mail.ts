/** A message that carries an attack wherever a sender can put one. */
import { tasks } from '../../src-main/workers/tasks.ts'

const now = Date.UTC(2026, 10, 28, 12)

/** `html`: what attacks. It is the message's HTML, its text, its subject, names, and a file's name. */
export function attackMail(html: string): Uint8Array {
  const bytes = Buffer.from(html)
  const word = `=?utf-8?B?${bytes.subarray(0, 600).toString('base64')}?=`
  const encoded = bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
  const part = (type: string, more = '') =>
    `--b\r\nContent-Type: ${type}; charset=utf-8\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`
  const lines = [
    `From: ${word} <m@evil.example>`,
    `Subject: ${word}`,
    `List-Id: ${word} <list.evil.example>`,
    `Archived-At: <${html.replace(/[\r\n<>]/g, '').slice(0, 500)}>`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    part('text/html') +
      part('text/plain') +
      part('application/pdf', `Content-Disposition: attachment; filename="${word}"\r\n`) +
      '--b--',
  ]
  return new Uint8Array(Buffer.from(lines.join('\r\n')))
}

/** A message of this HTML alone. */
export function htmlMail(html: string): Uint8Array {
  const encoded = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n')
  const head =
    'From: m@evil.example\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n'
  return new Uint8Array(Buffer.from(`${head}${encoded}\r\n`))
}

/** The article of a message, made by the worker's task in this thread. */
export async function articleOf(bytes: Uint8Array) {
  const answer = await tasks.readMail({ bytes, now })
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  const { article } = answer.mail
  return { ...article, html: String(article.html) }
}
