/** Whether an EPUB is one, as far as its structure tells (EPUB 3.3 and OCF 3.3). */
import { unzipSync } from 'fflate'
import { expect } from 'vitest'
import { elementsIn } from './xml.ts'

export type Epub = { files: Record<string, string>; opf: ReturnType<typeof elementsIn> }

/** By their names, each byte as one character. */
export function filesIn(bytes: Uint8Array): Record<string, string> {
  const files = Object.entries(unzipSync(bytes))
  return Object.fromEntries(
    files.map(([name, file]) => [name, Buffer.from(file).toString(/\.png$/.test(name) ? 'latin1' : 'utf8')]),
  )
}

/** Fails unless it begins with its type, and all of its files are named by its package, which has one table of contents, and well-formed. */
export function openEpub(bytes: Uint8Array): Epub {
  // OCF 3.3, 4.2.2: the first file, uncompressed and without an extra field, so that the type stands at byte 38.
  expect(Buffer.from(bytes.subarray(30, 58)).toString('latin1')).toBe('mimetypeapplication/epub+zip')
  const files = filesIn(bytes)
  const [container] = elementsIn(files['META-INF/container.xml']!).filter(element => element.name === 'rootfile')
  const opf = elementsIn(files[container?.attributes['full-path'] ?? '']!)
  const items = opf.filter(element => element.name === 'item').map(element => element.attributes)
  const named = items.map(item => `EPUB/${item.href}`)
  expect([...named, 'mimetype', 'META-INF/container.xml', 'EPUB/package.opf'].sort()).toEqual(Object.keys(files).sort())
  expect(items.filter(item => item.properties === 'nav').map(item => item.href)).toEqual(['nav.xhtml'])
  for (const name of Object.keys(files)) if (name.endsWith('.xhtml')) elementsIn(files[name]!)
  return { files, opf }
}
