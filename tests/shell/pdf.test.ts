/** A PDF is the answer to the address of an exported page, where the host makes them. */
import { expect, test } from 'vitest'
import { fileServer } from '../../src-main/host/file-server.ts'

const page = { status: 200, type: 'text/html; charset=utf-8', maxAgeSeconds: 0, file: '/exports/a.html' }

/** Asks for `&as=pdf` of what the engine has there. */
async function asPdf(resource: typeof page, makePdf?: (file: string) => Promise<Uint8Array>) {
  const answer = fileServer({
    root: '/nowhere',
    resource: async () => resource,
    connect: [],
    ...(makePdf && { makePdf }),
  })
  return answer({ method: 'GET', url: new URL('http://127.0.0.1/export?n=a&k=b&as=pdf'), range: null })
}

test('it is made of the file, and handed over as an attachment that can do nothing', async () => {
  const made: string[] = []
  const { status, headers, body } = await asPdf(page, async file => {
    made.push(file)
    return new TextEncoder().encode('%PDF-1.4')
  })
  expect({ status, made, body: new TextDecoder().decode(body as Uint8Array) }).toEqual({
    status: 200,
    made: ['/exports/a.html'],
    body: '%PDF-1.4',
  })
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment',
    'content-security-policy': expect.stringContaining("default-src 'none'; sandbox"),
  })
})

test.each([
  ['a book', { ...page, type: 'application/epub+zip' }, 415],
  ['everything', { ...page, type: 'application/zip' }, 415],
  ['what is not there', { ...page, status: 404 }, 404],
  ['what was not signed', { ...page, status: 403 }, 403],
])('%s is not put on paper', async (_, resource, refused) => {
  const { status } = await asPdf(resource, async () => {
    throw new Error('nothing is to be made')
  })
  expect(status).toBe(refused)
})

test('a host that makes none refuses, and one that fails says so', async () => {
  expect((await asPdf(page)).status).toBe(415)
  expect((await asPdf(page, () => Promise.reject(new Error('too long')))).status).toBe(500)
})
