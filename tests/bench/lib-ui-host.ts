/**
 * A web host of a checkout's built program, as a process of its own: prints its address, and ends when its input does.
 * Arguments: the checkout's folder, the data folder. Not polling: the bench's feeds are nobody's.
 */
import { once } from 'node:events'
import { join } from 'node:path'

const [checkout = '', dataDir = ''] = process.argv.slice(2)
const source = (path: string) => join(checkout, 'src-main', path)
const { startEngine } = (await import(
  source('host/engine-host.ts')
)) as typeof import('../../src-main/host/engine-host.ts')
const { startWebHost } = (await import(source('web/server.ts'))) as typeof import('../../src-main/web/server.ts')

const built = (name: string) => join(checkout, 'out', 'main', `${name}.js`)
const files = {
  engine: built('engine'),
  intake: built('intake'),
  worker: built('worker'),
  maintenance: built('maintenance'),
  grouping: built('grouping'),
}
const start = await startEngine({ dataDir, isPolling: false, files })
if (start.kind !== 'running') throw new Error(start.detail)
const web = await startWebHost({ engine: start.engine, port: 0 })
if (web.kind !== 'listening') throw new Error('no port is free')
console.log(JSON.stringify({ url: web.host.url }))
process.stdin.resume()
await once(process.stdin, 'end')
await web.host.close()
await start.engine.close()
