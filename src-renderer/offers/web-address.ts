/** The address in a file, where it is one of the web that the add dialog takes. */
export function webAddress(text: string): string | null {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && url.href.length <= 4_096 ? url.href : null
}
