/**
 * Sends the letters that wait in a store as a program does, until none is left: for a test that kills it at any moment. Each
 * look is three hours after the one before, so that no pause is waited for.
 */

import { makeStore } from './articles.ts'
import { hour, makeMailWorld } from './digest-mail.ts'

const [dir = '', start = '0'] = process.argv.slice(2)
const world = makeMailWorld(makeStore(dir), Number(start))
const client = world.connect()
for (;;) {
  await world.sendDigest()
  const { letter } = await client.digestMail({})
  if (letter?.state !== 'waiting') break
  world.now += 3 * hour
}
process.exit(0)
