/** The floor, a program of its own: fetches every address and does nothing with it but remember the validators. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'undici'

const [urlsFile = '', memoryFile = ''] = process.argv.slice(2)
const urls = readFileSync(urlsFile, 'utf8').trim().split('\n')
type Memory = { [url: string]: string }
const memory: Memory = existsSync(memoryFile) ? JSON.parse(readFileSync(memoryFile, 'utf8')) : {}
const dispatcher = new Agent({ connections: 4 })
const atOnce = 64
let next = 0

async function fetchOn(): Promise<void> {
  for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
    const tag = memory[url]
    const headers = { 'accept-encoding': 'gzip, br', ...(tag ? { 'if-none-match': tag } : {}) }
    const answer = await request(url, { dispatcher, headers })
    if (answer.statusCode === 304) await answer.body.dump()
    else await answer.body.arrayBuffer()
    const { etag } = answer.headers
    if (typeof etag === 'string') memory[url] = etag
  }
}

await Promise.all(Array.from({ length: atOnce }, fetchOn))
await dispatcher.close()
writeFileSync(memoryFile, JSON.stringify(memory))
