/** Run with TZ set: looks each quarter of an hour whether a digest is due, and prints the days that one is made for. JSON in and out. */

import { dueDigest } from '../../src-main/digest/due.ts'
import type { DigestMemory } from '../../src-main/store/db/meta.ts'

const { at, from, hours } = JSON.parse(process.argv[2] ?? '') as { at: string; from: number; hours: number }
const made: string[] = []
let memory: DigestMemory = { since: 0, lastDay: null, madeAt: null, toldUntil: null }
for (let now = from; now < from + hours * 3_600_000; now += 900_000) {
  const due = dueDigest({ days: [0, 1, 2, 3, 4, 5, 6], at }, memory, now)
  if (!due) continue
  made.push(due.day)
  memory = { ...memory, lastDay: due.day, madeAt: now, toldUntil: now }
}
process.stdout.write(JSON.stringify(made))
