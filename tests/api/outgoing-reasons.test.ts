import { describe, expect, test } from 'vitest'
import type { OutgoingFailure } from '../../src-main/api/mail/outgoing.ts'
import { explainOutgoing, explainTest } from '../../src-main/api/mail/outgoing-reasons.ts'

const host = 'mail.harbour.example'
const said = '550 No'
const address = 'ada@harbour.example'
/** One of each reason; the type makes this list fail to compile when a reason is added. */
const oneOfEach: { [R in OutgoingFailure['reason']]: Extract<OutgoingFailure, { reason: R }> } = {
  dns: { reason: 'dns', host },
  refused: { reason: 'refused', host, port: 465 },
  unreachable: { reason: 'unreachable', host },
  timeout: { reason: 'timeout', host, seconds: 30 },
  tls: { reason: 'tls', host, detail: 'CERT_HAS_EXPIRED' },
  'no-starttls': { reason: 'no-starttls', host },
  'log-in': { reason: 'log-in', host, said },
  'too-many': { reason: 'too-many', host, said },
  'bad-answer': { reason: 'bad-answer', host },
  'broken-off': { reason: 'broken-off', host },
  'in-the-clear': { reason: 'in-the-clear', host },
  'no-password': { reason: 'no-password' },
  'not-from': { reason: 'not-from', host, address, said },
  'not-to': { reason: 'not-to', host, address, said },
  'not-taken': { reason: 'not-taken', host, said },
  'too-large': { reason: 'too-large', host },
}

describe.each(Object.values(oneOfEach))('$reason', failure => {
  test('is said with what happened, why, and what to do', () => {
    for (const text of Object.values(explainOutgoing(failure))) expect(text).toMatch(/^[A-Z“m].*\.$/)
  })

  test('promises nothing of a test, which is not tried again by itself', () => {
    expect(explainTest({ kind: 'failed', failure }).next).not.toMatch(
      /Nothing needs doing|again by itself|in some hours/,
    )
  })
})

test('what a provider says of passwords is said where a test could not log in', () => {
  const hint = 'Fastmail wants an app password here.'
  expect(explainTest({ kind: 'failed', failure: oneOfEach['log-in'] }, hint).next).toBe(hint)
  expect(explainTest({ kind: 'failed', failure: oneOfEach.dns }, hint).next).not.toBe(hint)
})
