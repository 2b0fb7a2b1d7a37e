import { expect, test } from 'vitest'
import { orderOf } from '../../src-main/electron/updates/versions.ts'

test('versions are in the order of semver.org', () => {
  const order = ['0.1.0', '0.2.0-alpha', '0.2.0-alpha.1', '0.2.0-beta.2', '0.2.0-beta.11', '0.2.0', '0.10.0', '1.0.0']
  for (const [at, version] of order.entries()) {
    expect(order.map(other => orderOf(other, version))).toEqual(
      order.map((_, index) => (index === at ? 'same' : index > at ? 'newer' : 'older')),
    )
  }
})

test.each(['', '1', '1.2', '1.2.3.4', 'latest', '1.2.x', '-1.2.3', '1.2.3-', '1.2.3\n', ' 1.2.3', '1.2.3; rm'])(
  'no version: %j',
  text => {
    expect(orderOf(text, '1.0.0')).toBeNull()
  },
)

test('what was built of one version is the same version', () => {
  expect(orderOf('v1.0.0+build.7', '1.0.0')).toBe('same')
})
