/**
 * Guesses the targets of links within an article by pattern matching. The pass finds the real ones; if they are the same, as in
 * nearly all articles with footnotes, no second pass is needed.
 */
import { Finder, type Findings, nothingFound } from './findings.ts'
import { type AddressContext, fragmentWithin } from './urls.ts'

const mayLink = /\shref\s?=\s?["']?[^"'\s<>]*#/i
const marks = /<(a?)[^\s<>]*|\s(href|id|name)\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))/gi

export function guessedPlaces(html: string, context: AddressContext): Findings {
  if (!mayLink.test(html)) return nothingFound
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
