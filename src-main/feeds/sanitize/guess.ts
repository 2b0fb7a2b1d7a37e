/**
 * Which places within an article its links lead to, told by a glance at its source. The pass over it tells for certain; where
 * that finds the same, as in nearly all articles with footnotes, it need not be gone over again.
 */
import { Finder, type Findings } from './findings.ts'
import { type AddressContext, fragmentWithin } from './urls.ts'

const mayLink = /\shref\s?=\s?["']?[^"'\s<>]*#/i
const marks = /<(a?)[^\s<>]*|\s(href|id|name)\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))/gi

/** Null where no link leads to a place in the article. */
export function guessedPlaces(html: string, context: AddressContext): Findings | null {
  if (!mayLink.test(html)) return null
  const finder = new Finder(false)
  let isLink = false
  let id = ''
  let name = ''
  const sees = () => {
    finder.seesId(id || (isLink ? name : ''))
    id = ''
    name = ''
  }
  for (const [whole, , attribute, double, single, bare] of html.matchAll(marks)) {
    if (attribute === undefined) {
      sees()
      isLink = /^<a$/i.test(whole)
      continue
    }
    const value = double ?? single ?? bare ?? ''
    const kind = attribute.toLowerCase()
    if (kind === 'id') id ||= value
    else if (kind === 'name') name ||= value
    else if (isLink) {
      const inner = fragmentWithin(value, context)
      if (inner) finder.seesFragment(inner.fragment)
    }
  }
  sees()
  return finder.findings(false)
}
