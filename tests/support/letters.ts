/** Messages as programs for newsletters send them. */
export type Letter = {
  id: number
  list?: string
  from?: string
  name?: string
  subject?: string
  /** Days before now. */
  age?: number
  html?: string
}

/** A newsletter as such programs send them; without `list` a message of one person to another. */
export function letter({
  id,
  list,
  from = 'news@harbour.example',
  name = 'Harbour',
  age = 0,
  ...more
}: Letter): string {
  const { subject = `Issue ${id}`, html = `<p>The tide of issue ${id} came in at noon, and the boats with it.</p>` } =
    more
  const date = new Date(Date.now() - age * 86_400_000 - 60_000)
  return [
    `From: ${name} <${from}>`,
    'To: ada@test.example',
    `Subject: ${subject}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${id}.${from}>`,
    ...(list ? [`List-Id: ${name} <${list}>`, `List-Unsubscribe: <https://${list}/leave?${id}>`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '',
  ].join('\r\n')
}

/** A letter with a file of about so many bytes, as it comes. */
export function withFile(text: string, bytes: number): string {
  const [head = '', html = ''] = text.split('\r\n\r\n')
  const mixed = head.replace(/^Content-Type: .*$/m, 'Content-Type: multipart/mixed; boundary=b')
  return [
    mixed,
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b',
    'Content-Type: application/pdf; name="tides.pdf"',
    'Content-Disposition: attachment; filename="tides.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    `${`${'A'.repeat(76)}\r\n`.repeat(bytes / 78)}--b--`,
    '',
  ].join('\r\n')
}
