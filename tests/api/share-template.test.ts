import { expect, test } from 'vitest'
import { shareAddress, sharedAddress, sharePresets, templateProblem } from '../../src-main/api/names/share-template.ts'

const article = { url: 'https://a.example/x?a=1&b=2#c', title: `Tides & "moons" {url} $& 100%?`, source: 'Küste' }

test('what stands for the article is encoded, so that it says nothing else in the address', () => {
  expect(shareAddress('https://s.example/share?u={url}&t={title}&s={source}', article)).toBe(
    'https://s.example/share?u=https%3A%2F%2Fa.example%2Fx%3Fa%3D1%26b%3D2%23c&t=Tides%20%26%20%22moons%22%20%7Burl%7D%20%24%26%20100%25%3F&s=K%C3%BCste',
  )
  // What ends an address in mail programs and shells.
  expect(shareAddress('https://s.example/?t={title}', { ...article, title: `it's (so)! *` })).toBe(
    'https://s.example/?t=it%27s%20%28so%29%21%20%2A',
  )
  expect(shareAddress('mailto:?subject={title}&body={url}', { ...article, title: 'a\r\nBcc: b' })).toBe(
    'mailto:?subject=a%0D%0ABcc%3A%20b&body=https%3A%2F%2Fa.example%2Fx%3Fa%3D1%26b%3D2%23c',
  )
})

test.each([
  ['', 'empty'],
  ['server.example/{url}', 'no-address'],
  ['https://{title}/{url}', 'no-address'],
  ['https://{title}.example/{url}', 'no-address'],
  ['javascript:alert({title})', 'scheme'],
  ['file:///{url}', 'scheme'],
  ['http://server.example/?{url}', 'scheme'],
  ['ms-msdt:{url}', 'scheme'],
  ['https://server.example/', 'no-placeholder'],
  ['obsidian://new?content={url}', null],
])('the template %j: %j', (template, problem) => {
  expect(templateProblem(template)).toBe(problem)
})

test('every preset can be used', () => {
  expect(sharePresets.map(({ template }) => templateProblem(template))).toEqual(sharePresets.map(() => null))
})

test('an address with a name before its host, or longer than servers take, is not opened', () => {
  expect(sharedAddress('https://bank.example@evil.example/')).toBeNull()
  expect(shareAddress('https://s.example/?t={title}', { ...article, title: 'x'.repeat(9_000) })).toBeNull()
})
