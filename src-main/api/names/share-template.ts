/** Addresses to which an article is shared: templates of the user's own. Understood by the window, and once more by its host. */

/** Programs that take a note or a link by their own scheme. Any other scheme may start anything (ms-msdt, search-ms, file). */
const programs = ['obsidian', 'logseq', 'joplin', 'bear', 'things', 'drafts', 'omnifocus', 'todoist']
const schemes = new Set(['https:', 'mailto:', ...programs.map(name => `${name}:`)])
/** What servers and systems take. */
const longest = 8_000

export const programNames = programs.join(', ')

/** The name of a window that is opened for sharing: its address may be one of these. */
export const shareWindow = 'broadsheet-share'

type Shared = { url: string; title: string; source: string }

/** What is wrong with a template; null where it can be used. */
export function templateProblem(template: string): 'empty' | 'no-address' | 'scheme' | 'no-placeholder' | null {
  if (template.trim() === '') return 'empty'
  const filled = URL.parse(filledIn(template, { url: 'u', title: 't', source: 's' }))
  if (!filled) return 'no-address'
  if (!schemes.has(filled.protocol)) return 'scheme'
  // A placeholder in its host would let a title choose the server.
  if (/^https:\/*[^/?#]*\{/i.test(template.trim())) return 'no-address'
  return /\{(?:url|title|source)\}/.test(template) ? null : 'no-placeholder'
}

/** The address for an article; null where it cannot be one. */
export function shareAddress(template: string, article: Shared): string | null {
  return templateProblem(template) === null ? sharedAddress(filledIn(template, article)) : null
}

/** An address that may be opened for sharing, or null. */
export function sharedAddress(address: string): string | null {
  const url = URL.parse(address)
  if (!url || !schemes.has(url.protocol) || url.username !== '' || url.password !== '') return null
  return url.href.length > longest ? null : url.href
}

function filledIn(template: string, values: Shared): string {
  // By a function: '$&' in a title means nothing.
  return template.trim().replace(/\{(url|title|source)\}/g, (_, name: keyof Shared) => encoded(values[name]))
}

/** As a component of an address, and without what encodeURIComponent leaves that ends one in mail programs and shells. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** To begin with. Those with 'your-server' are to be changed by the user. */
export const sharePresets = [
  { name: 'Mail', template: 'mailto:?subject={title}&body={url}' },
  { name: 'Mastodon', template: 'https://your-server.example/share?text={title}%20{url}' },
  { name: 'Wallabag', template: 'https://your-server.example/bookmarklet?url={url}' },
  { name: 'Instapaper', template: 'https://www.instapaper.com/hello2?url={url}&title={title}' },
  { name: 'Obsidian', template: 'obsidian://new?name={title}&content={url}%20({source})' },
] as const
