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
