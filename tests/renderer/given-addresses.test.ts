import { expect, test } from 'vitest'
import { takeGivenAddresses } from '../../src-renderer/offers/browser/given-addresses.ts'

function pageAt(hash: string) {
  const left: string[] = []
  const page = {
    location: { hash, pathname: '/' },
    history: { replaceState: (_state: null, _title: string, address: string) => void left.push(address) },
  }
  return { page: page as unknown as Window, left }
}

const token = `token=${'ab'.repeat(32)}`

test.each([
  { name: 'none, and the address stays', hash: `#${token}`, left: [] },
  { name: 'none of a page without a fragment', hash: '', left: [] },
  {
    name: 'one beside the token, which stays',
    hash: `#${token}&subscribe=https%3A%2F%2Fa.example%2F%3Fb%3D1%26c`,
    addresses: ['https://a.example/?b=1&c'],
    left: [`#${token}`],
  },
  { name: 'one alone', hash: '#subscribe=http://a.example/', addresses: ['http://a.example/'], left: ['/'] },
  {
    name: 'several',
    hash: '#subscribe=https://a.example/&subscribe=https://b.example/',
    addresses: ['https://a.example/', 'https://b.example/'],
    left: ['/'],
  },
  {
    name: 'one without its password',
    hash: '#subscribe=https://bank:x@evil.example/',
    addresses: ['https://evil.example/'],
    left: ['/'],
  },
  ...[
    'javascript:alert(1)',
    'file:///etc/passwd',
    'feed:https://a.example',
    'x',
    '',
    '%',
    `https://a.example/${'a'.repeat(5_000)}`,
  ].map(text => ({ name: `nothing of ${text.slice(0, 20)}`, hash: `#subscribe=${text}`, left: ['/'] })),
])('given is $name', ({ hash, addresses = [], left }: { hash: string; addresses?: string[]; left: string[] }) => {
  const { page, left: seen } = pageAt(hash)
  expect(takeGivenAddresses(page)).toEqual(addresses)
  expect(seen).toEqual(left)
})

test('no more than ten are given', () => {
  const { page } = pageAt(`#${Array.from({ length: 50 }, (_, n) => `subscribe=https://a.example/${n}`).join('&')}`)
  expect(takeGivenAddresses(page)).toHaveLength(10)
})
