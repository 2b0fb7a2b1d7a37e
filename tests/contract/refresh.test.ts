import { expect, test } from 'vitest'
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { Network } from '../../src-main/api/model.ts'
import type { IntakeClient } from '../../src-main/intake/client.ts'
import type { Intake } from '../../src-main/intake/protocol.ts'
import { addFeed } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

const noneHeld = { recent: null, waiting: null, underWay: 0 }

test('what is paused is not asked, and counted; what is gone is asked where it is asked for by name', async () => {
  const { asked, intake } = recordingIntake()
  await using engine = makeEngine({ intake })
  const client = engine.connect()
  const { folderId } = await client.createFolder({ title: 'World' })
  const well = addFeed(engine.db, 'https://a.example/feed', { folderId })
  const paused = addFeed(engine.db, 'https://b.example/feed', { folderId })
  const gone = addFeed(engine.db, 'https://c.example/feed')
  await client.setPaused({ feedIds: [paused], isPaused: true })
  engine.db.prepare("UPDATE feeds SET paused = 'gone' WHERE id = ?").run(gone)

  const refresh = async (input: Input<'refresh'>) => ({
    answer: await client.refresh(input),
    asked: asked.at(-1)?.feedIds,
  })
  expect(await refresh({})).toEqual({ answer: { total: 1, paused: 2, ...noneHeld }, asked: [well] })
  expect(await refresh({ view: { kind: 'folder', folderId } })).toEqual({
    answer: { total: 1, paused: 1, ...noneHeld },
    asked: [well],
  })
  expect(await refresh({ view: { kind: 'feed', feedId: paused } })).toEqual({
    answer: { total: 0, paused: 1, ...noneHeld },
    asked: [],
  })
  expect(await refresh({ view: { kind: 'feed', feedId: gone } })).toEqual({
    answer: { total: 1, paused: 0, ...noneHeld },
    asked: [gone],
  })
})

test('in safe mode a refresh asks nobody, and says so', async () => {
  const { asked, intake } = recordingIntake()
  await using engine = makeEngine({ intake, isSafeMode: true })
  addFeed(engine.db, 'https://a.example/feed')

  expect(await engine.connect().refresh({ isForced: true })).toEqual({
    ...{ total: 0, paused: 0, ...noneHeld },
    isSafeMode: true,
  })
  expect(asked).toEqual([])
})

test('all polls are paused for an hour or until seven in the morning, windows are told, and a clock set back ends it', async () => {
  let now = new Date(2026, 2, 28, 21, 30).getTime()
  await using engine = makeEngine({ intake: recordingIntake().intake, now: () => now })
  const client = engine.connect()
  const told: (number | null)[] = []
  engine.connect().on('polling-changed', ({ pausedUntil }) => told.push(pausedUntil))
  expect(await client.polling({})).toMatchObject({ pausedUntil: null })

  const inAnHour = new Date(2026, 2, 28, 22, 30).getTime()
  expect(await client.pausePolling({ until: 'in-an-hour' })).toMatchObject({ pausedUntil: inAnHour })
  // The clock goes forward that night.
  const tomorrow = new Date(2026, 2, 29, 7).getTime()
  expect(await client.pausePolling({ until: 'tomorrow' })).toMatchObject({ pausedUntil: tomorrow })
  now -= 1
  expect(await client.polling({})).toMatchObject({ pausedUntil: null })
  now = tomorrow - 1
  expect(await client.polling({})).toMatchObject({ pausedUntil: tomorrow })
  now = tomorrow
  expect(await client.polling({})).toMatchObject({ pausedUntil: null })

  now = tomorrow - 1
  expect(await client.pausePolling({ until: 'now' })).toMatchObject({ pausedUntil: null })
  expect(told).toEqual([inAnHour, tomorrow, null])
})

test('what the computer runs on is told to the poller and to windows, each time that it is something else', async () => {
  const set: unknown[] = []
  await using engine = makeEngine({ intake: { setPower: async power => void set.push(power) } })
  const client = engine.connect()
  const told: unknown[] = []
  engine.connect().on('polling-changed', ({ power }) => told.push(power))
  const onBattery = { isOnBattery: true, isMetered: false, isSuspended: false }
  await client.tellPower({ isOnBattery: false, isMetered: false, isSuspended: false })
  await client.tellPower(onBattery)
  // By a second window.
  await client.tellPower(onBattery)
  expect((await client.polling({})).power).toEqual(onBattery)
  expect(set).toEqual([onBattery])
  expect(told).toEqual([onBattery])
})

test('whether power and data are to be spared holds at once', async () => {
  let times = 0
  await using engine = makeEngine({ intake: { scheduleChanged: async () => void times++ } })
  await engine.connect().changeSettings({ savesPower: false })
  expect(times).toBe(1)
})

test('that nobody answers is told to windows, also to one that opens later', async () => {
  let tell: (network: { network: Network }) => void = () => {}
  const on: IntakeClient['on'] = (event, listener) => {
    if (event === 'network-changed') tell = listener as typeof tell
  }
  await using engine = makeEngine({ intake: { on } })
  const told: Network[] = []
  engine.connect().on('polling-changed', ({ network }) => told.push(network))
  expect((await engine.connect().polling({})).network).toBe('online')
  tell({ network: 'offline' })
  expect((await engine.connect().polling({})).network).toBe('offline')
  tell({ network: 'online' })
  expect((await engine.connect().polling({})).network).toBe('online')
  expect(told).toEqual(['offline', 'online'])
})

/** Refreshes whatever it is asked for, at once. */
function recordingIntake() {
  const asked: Parameters<Intake['refresh']>[0][] = []
  const refresh: Intake['refresh'] = async request => {
    asked.push(request)
    return { total: request.feedIds.length, ...noneHeld }
  }
  return { asked, intake: { refresh } }
}
