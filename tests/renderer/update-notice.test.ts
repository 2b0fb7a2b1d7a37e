import { expect, test } from 'vitest'
import type { UpdatePhase, UpdateState } from '../../src-main/api/host/updates.ts'
import type { UpdateChoice } from '../../src-main/api/settings.ts'
import { updateNotice } from '../../src-renderer/banners/update-notice.ts'

const next = { version: '9.0.0', notes: '' }
const state = (phase: UpdatePhase, isToAsk = false): UpdateState => ({
  version: '1.0.0',
  way: 'install',
  isToAsk,
  checkedAt: null,
  phase,
})
const failed = (reason: 'offline' | 'wrong-digest', of: typeof next | null): UpdatePhase => ({
  kind: 'failed',
  reason,
  detail: '',
  next: of,
})

test('the reader is asked above the panes, but not in the welcome, and not twice', () => {
  const toAsk = state({ kind: 'unknown' }, true)
  expect(updateNotice(toAsk, 'unasked', false)).toEqual({ kind: 'ask-updates' })
  expect(updateNotice(toAsk, 'unasked', true)).toBeNull()
  // The settings came before the host heard of them.
  expect(updateNotice(toAsk, 'never', false)).toBeNull()
  expect(updateNotice(null, 'unasked', false)).toBeNull()
})

const shown: { phase: UpdatePhase; tell: boolean; install: boolean }[] = [
  { phase: { kind: 'unknown' }, tell: false, install: false },
  { phase: { kind: 'checking' }, tell: false, install: false },
  { phase: { kind: 'newest' }, tell: false, install: false },
  { phase: { kind: 'there', ...next }, tell: true, install: false },
  { phase: { kind: 'loading', share: 0.4, ...next }, tell: true, install: false },
  { phase: { kind: 'ready', ...next }, tell: true, install: true },
  { phase: failed('offline', null), tell: false, install: false },
  { phase: failed('offline', next), tell: true, install: false },
  { phase: failed('wrong-digest', next), tell: true, install: true },
  { phase: { kind: 'failed', reason: 'not-installed', detail: '9.0.0', next: null }, tell: true, install: true },
]
test.each(shown)('$phase.kind $phase.reason: only what needs the reader is said', ({ phase, tell, install }) => {
  const isShown = (choice: UpdateChoice) => updateNotice(state(phase), choice, false) !== null
  expect({ tell: isShown('tell'), install: isShown('install') }).toEqual({ tell, install })
})
