import { expect, test } from 'vitest'
import { isPrivateAddress } from '../../src-main/http/private-address.ts'

test.each([
  ['everybody’s', '64:ff9b::c0a8:101', true],
  ['everybody’s', '64:ff9b::808:808', false],
  ['a network’s own of 48 bits', '64:ff9b:1:c0a8:1:100::', true],
  ['a network’s own of 48 bits', '64:ff9b:1:808:8:800::', false],
  ['a network’s own of 56 bits', '64:ff9b:1:10a:0:1::', true],
  ['a network’s own of 56 bits', '64:ff9b:1:108:8:804::', false],
  ['a network’s own of 56 bits', '64:ff9b:1:17f::1:0:0', true],
  ['a network’s own of 64 bits', '64:ff9b:1:7:7f:0:100::', true],
  ['a network’s own of 64 bits', '64:ff9b:1:7:8:808:800::', false],
  ['a network’s own of 64 bits', '64:ff9b:1:7:5d:b8d8:a00::', false],
  ['a network’s own of 96 bits', '64:ff9b:1::a9fe:a9fe', true],
  ['a network’s own of 96 bits', '64:ff9b:1:2:3:4:5db8:d822', false],
  ['another of 32 bits', '64:ff9b:c0a8:101::', true],
  ['another of 40 bits', '64:ff9b:c0a:1:1::', true],
  ['6to4', '2002:7f00:1::', true],
  ['6to4', '2002:808:808::1', false],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2', true],
  ['IPv4 in IPv6', '::ffff:10.0.0.1', true],
  ['IPv4 in IPv6', '::ffff:8.8.8.8', false],
  ['IPv4, the old way', '::127.0.0.1', true],
  ['space nobody was given', '4000::1', true],
  ['the internet', '2606:4700::1111', false],
])('an address is judged by what it leads to: %s, %s', (_name, address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate)
})
