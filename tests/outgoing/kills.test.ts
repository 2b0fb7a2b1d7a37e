/** A program that is killed while it sends a digest, at any moment: each digest arrives, and none twice. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeStore } from '../support/articles.ts'
import { day, makeDigest, makeMailWorld, saturday, serverOf } from '../support/digest-mail.ts'
import { type Smtp, startSmtp } from '../support/smtp.ts'
import { createRandom } from '../torture/random.ts'

const program = fileURLToPath(new URL('../support/mortal-sender.ts', import.meta.url))
const kills = 20

/** Where the server is when the program is killed; 'any': within 40 ms of the connection. */
const moments = ['connected', 'any', 'logged-in', 'sender', 'any', 'recipient', 'all-came', 'any', 'answered'] as const
type Moment = (typeof moments)[number]

/** A server, and the program that sends to it, which is killed at the moment that is named. */
type Stage = {
  smtp: Smtp
  /** Message-IDs. */
  arrived: string[]
  killed: number
  fatal: Moment | null
  sender: ChildProcess | null
}

async function startStage(onArrived: () => void): Promise<Stage> {
  const random = createRandom(7)
  /** Where this is its moment: it gets no answer. */
  async function at(moment: Moment): Promise<void> {
    if (stage.fatal !== moment || !stage.sender) return
    stage.fatal = null
    stage.killed++
    const gone = once(stage.sender, 'exit')
    stage.sender.kill('SIGKILL')
    await gone
  }
  const smtp = await startSmtp({
    onConnect(_session, done) {
      void wait(random.below(40)).then(() => at('any'))
      void at('connected').then(() => done())
    },
    onAuth: (auth, _session, done) => void at('logged-in').then(() => done(null, { user: auth.username })),
    onMailFrom: (_address, _session, done) => void at('sender').then(() => done()),
    onRcptTo: (_address, _session, done) => void at('recipient').then(() => done()),
    async onMessage({ raw }) {
      stage.arrived.push(/^Message-ID: <(.*)>/m.exec(raw)?.[1] ?? '')
      await at('all-came')
      setImmediate(() => void at('answered').then(onArrived))
    },
  })
  const stage: Stage = { smtp, arrived: [], killed: 0, fatal: null, sender: null }
  return stage
}

test(`under ${kills} kills each digest arrives once`, async () => {
  using store = makeStore()
  let made = 0
  const stage = await startStage(arm)
  /** The one of the day before, where it was cut short, comes first, and in peace. */
  function arm(): void {
    if (stage.arrived.length === made - 1 && stage.killed < kills) stage.fatal = moments[made % moments.length]!
  }
  /** Runs the program until it has nothing left to send, or is killed. */
  async function send(now: number): Promise<void> {
    stage.sender = spawn(process.execPath, [program, store.dir, String(now)], { stdio: 'inherit' })
    await once(stage.sender, 'exit')
    stage.fatal = null
  }

  const world = makeMailWorld(store, saturday - day)
  await world.connect().followDigest({})
  await world.connect().setDigestMail(serverOf(stage.smtp))
  while (stage.killed < kills) {
    world.now = saturday + made * day
    await makeDigest(world, `Ferry ${made}`)
    made++
    arm()
    await send(world.now)
  }
  await send(world.now)
  await world.end()
  await stage.smtp.stop()

  expect(stage.arrived).toEqual([...new Set(stage.arrived)])
  expect(stage.arrived).toHaveLength(made)
})
