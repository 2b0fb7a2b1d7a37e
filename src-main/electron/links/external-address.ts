/** Which addresses may be opened outside the program. */

const longest = 2_048
/** Other schemes start programs: ms-msdt, search-ms, smb, file and hundreds more. */
const schemes = new Set(['http:', 'https:', 'mailto:'])
/** A mail link may set recipients and subject; `attach` and `body` add files or text unasked in some mail programs. */
const mailFields = new Set(['to', 'subject', 'cc'])

/** The address as it may be opened, or null. Judged as it parses: what looks harmless may parse otherwise. */
export function externalAddress(raw: string): string | null {
  if (raw.length > longest || !URL.canParse(raw)) return null
  const url = new URL(raw)
  if (!schemes.has(url.protocol)) return null
  // A name before the host makes https://bank.example@evil.example look like the bank.
  if (url.username !== '' || url.password !== '') return null
  if (url.protocol === 'mailto:') keepMailFields(url)
  return url.href.length > longest ? null : url.href
}

function keepMailFields(url: URL): void {
  for (const name of [...url.searchParams.keys()]) {
    if (!mailFields.has(name.toLowerCase())) url.searchParams.delete(name)
  }
  // Mail programs read '+' as it stands, not as a space (RFC 6068, section 5).
  url.search = url.searchParams.toString().replaceAll('+', '%20')
}
