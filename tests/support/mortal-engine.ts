/**
 * The built engine's thread, which exits, or whose database refuses every write, on command. Commands come over a
 * BroadcastChannel, since the thread's own port belongs to the host.
 */
import { BroadcastChannel } from 'node:worker_threads'
import Database from 'better-sqlite3'

const opened = new Set<InstanceType<typeof Database>>()
const { prepare } = Database.prototype

// Every connection is known by its first statement.
Database.prototype.prepare = function (this: InstanceType<typeof Database>, source: string) {
  opened.add(this)
  return prepare.call(this, source)
} as typeof prepare

const channel = new BroadcastChannel('broadsheet-test')
channel.unref()
channel.onmessage = event => {
  const { data } = event as { data: string }
  if (data === 'die') process.exit(1)
  if (data !== 'refuse' && data !== 'accept') return
  for (const db of opened) if (db.open) db.pragma(`query_only = ${data === 'refuse' ? 1 : 0}`)
  channel.postMessage('done')
}

const built: string = '../../out/main/engine.js'
await import(built)
