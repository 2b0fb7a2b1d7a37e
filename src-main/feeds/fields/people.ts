/** Authors, as RSS, Dublin Core, iTunes and Atom write them. */

import type { Person } from '../parsed.ts'
import { all, attribute, attributeOrNull, type Fields, fieldsOf, firstText, textOf } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'
import { plainLabel } from './title.ts'
import { absolute, baseOf } from './urls.ts'

const longest = 500
const email = /[^\s<>()[\]"',;:@]{1,64}@[^\s<>()[\]"',;:@]{1,255}/

/** `editor@example.org (Ann Author)`, `Ann Author <editor@example.org>`, or one of both. Null if there is neither. */
function personFromText(text: string): Person | null {
  const line = plainLabel(protectAddress(text.slice(0, longest)))
  const address = email.exec(line)?.[0] ?? ''
  const rest = address === '' ? line : line.replace(address, ' ').replace(/mailto:/i, ' ')
  const name = rest
    .replace(/[<[(]\s*[>\])]/g, ' ')
    .trim()
    .replace(address === '' ? /^$/ : /^[\s,;:<([-]+|[\s,;:>)\]-]+$/g, '')
    .trim()
  if (name === '' && address === '') return null
  return { name, email: address, url: '' }
}

/** `<ann@example.org>` is an address, not a tag. */
function protectAddress(text: string): string {
  return text.replace(/<\s{0,3}(?:mailto:)?([^\s<>@]{1,64}@[^\s<>@]{1,255})\s{0,3}>/g, '($1)')
}

/** Atom's person construct (RFC 4287, 3.2), Atom 0.3's `url`, or a plain name. */
function personFromElement(node: XmlNode, outerBase: string): Person | null {
  if (!node.parts) return personFromText(node.text)
  const base = baseOf(node, outerBase)
  const fields = fieldsOf(node)
  const part = (...names: string[]) => firstText(fields, ...names, ...names.map(name => `atom:${name}`))
  const person = {
    name: plainLabel(part('name')),
    email: part('email').replace(/^mailto:/i, ''),
    url: absolute(part('uri', 'url', 'homepage'), base) ?? '',
  }
  if (person.name !== '' || person.email !== '' || person.url !== '') return person
  const text = textOf(node)
  return text.trim() === '' ? null : personFromText(text)
}

function people(nodes: XmlNode[], base: string): Person[] {
  const found: Person[] = []
  for (const node of nodes) {
    const person = personFromElement(node, base)
    if (person) found.push(person)
  }
  return found
}

/**
 * The people of the first kind of element that names any. RSS's `author` is often a mail address alone, with the name in
 * dc:creator: then both are one person.
 */
export function firstPeople(fields: Fields, base: string, ...kinds: string[]): Person[] {
  for (const kind of kinds) {
    const nodes = fields.get(kind)
    const found = nodes ? people(nodes, base) : []
    const [only] = found
    if (!only) continue
    const [creator] =
      kind === 'author' && found.length === 1 && only.name === '' ? firstPeople(fields, base, 'dc:creator') : []
    return creator && creator.name !== '' && creator.email === '' ? [{ ...only, name: creator.name }] : found
  }
  return []
}

/** itunes:owner: a name and an address in elements of their own. */
export function owner(fields: Fields): Person | null {
  const node = all(fields, 'itunes:owner')[0]
  if (!node?.parts) return null
  const parts = fieldsOf(node)
  const person = {
    name: firstText(parts, 'itunes:name', 'name'),
    email: firstText(parts, 'itunes:email', 'email'),
    url: '',
  }
  return person.name === '' && person.email === '' ? null : person
}

/** rel, type and href of a link element of Atom. */
export function linkParts(node: XmlNode): { rel: string; type: string; href: string } {
  const rel = attribute(node, 'rel').toLowerCase()
  return {
    rel: rel.startsWith('http://www.iana.org/assignments/relation/') ? rel.slice(41) : rel || 'alternate',
    type: attribute(node, 'type').toLowerCase(),
    // Some publishers write the address as text, as RSS does.
    href: attributeOrNull(node, 'href') ?? textOf(node).trim(),
  }
}
