/** The facts of a report of a fault: counts and codes, and nothing that says what somebody reads. */
import { expect, test } from 'vitest'
import type { Failure, Feed } from '../../src-main/api/model.ts'
import type { DiskUsage } from '../../src-main/api/storage-model.ts'
import { asText, faultFacts } from '../../src-renderer/help/fault-facts.ts'

const page = { userAgent: 'Mozilla/5.0 (X11; Linux)', language: 'en', width: 900, height: 700, scale: 2 }
const health = { storage: 'full', isSafeMode: true, recovery: null, backupFailure: null } as const
const runtime = { electron: '45.5.0', chromium: '150.0', node: '24.21.0', system: 'Linux 6.1, x64' }
const usage = { articles: 1_200, saved: 7, databaseBytes: 4_000_000 } as DiskUsage

function feed(failure: Failure | null, paused: Feed['paused'] = null): Feed {
  const names = { title: 'Secret Gazette', originalTitle: 'Secret Gazette', description: 'secret' }
  return {
    id: 1,
    url: 'https://secret.example/feed',
    siteUrl: 'https://secret.example',
    ...names,
    failure,
    paused,
  } as Feed
}

const feeds = [
  feed({ reason: 'dns', host: 'secret.example' }),
  feed({ reason: 'timeout', seconds: 20 }),
  feed({ reason: 'timeout', seconds: 20 }, 'by-user'),
  feed({ reason: 'tls', host: 'secret.example', detail: 'certificate of secret.example' }),
  feed(null),
]

test('feeds that fail are counted by reason, without their hosts and titles', () => {
  const text = asText(faultFacts({ runtime, page, feeds, folders: 2, health, usage }))
  expect(text).toContain('Feeds: 5 feeds in 2 folders, 1 paused\n')
  expect(text).toContain('Feeds that fail: 2 × timeout, 1 × dns, 1 × tls\n')
  expect(text).not.toMatch(/secret/i)
})

test('they say what the program runs on and how the library is', () => {
  const text = asText(faultFacts({ runtime, page, feeds: [], folders: 0, health, usage }))
  expect(text).toContain('Electron 45.5.0, Chromium 150.0, Node.js 24.21.0\nSystem: Linux 6.1, x64\n')
  expect(text).toContain('Library: 1,200 articles, 7 saved, ')
  expect(text).toContain('Storage: Full, safe mode')
  expect(text).toContain('Feeds that fail: None')
})

test('in a browser they name the browser, and go without what could not be counted', () => {
  const text = asText(faultFacts({ runtime: null, page, feeds: [], folders: 0, health, usage: 'failed' }))
  expect(text).toContain('Browser: Mozilla/5.0 (X11; Linux)\n')
  expect(text).toContain('Library: Could not be counted\n')
  expect(text).not.toContain('Electron')
})
