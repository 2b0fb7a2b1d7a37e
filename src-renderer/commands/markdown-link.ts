/** A link as Markdown writes it: `[title](address)`. */

/** What would end the text or begin a mark of its own (CommonMark 0.31, 2.4 and 6.3). */
const special = /[\\`*_[\]<>]/g

export function markdownLink(title: string, url: string): string {
  const text = title.replace(/\s+/g, ' ').trim().replace(special, String.raw`\$&`)
  // Parentheses would have to be balanced; a browser reads them encoded just as well.
  const address = url.replace(/[()<>\s]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `[${text}](${address})`
}
