import { beforeEach, expect, test } from 'vitest'
import type { Input } from '../../src-main/api/contract/contract.ts'
import { EngineError } from '../../src-main/api/contract/rpc.ts'
import type { FeedAccess } from '../../src-main/api/model.ts'
import { AccessForm } from '../../src-renderer/feed-care/access-form.svelte.ts'

let kept: FeedAccess
let asked: Input<'setFeedAccess'>[]
let form: AccessForm

/** Keeps what it is told, and never gives a password back. */
const engine = {
  feedAccess: async () => kept,
  setFeedAccess: async (input: Input<'setFeedAccess'>) => {
    asked.push(input)
    const { credentials, proxy = null, userAgent = kept.userAgent } = input
    const userName = credentials === undefined ? kept.userName : (credentials?.userName ?? null)
    const bare = withoutPassword(proxy)
    kept = { ...kept, ...('proxy' in input ? bare : {}), userName, userAgent }
    return { undoId: asked.length }
  },
}

function withoutPassword(proxy: string | null): Pick<FeedAccess, 'proxy' | 'hasProxyPassword'> {
  const { username = '', password = '' } = URL.parse(proxy ?? '') ?? {}
  return {
    proxy: proxy?.replace(`${username}:${password}@`, `${username}@`) ?? null,
    hasProxyPassword: password !== '',
  }
}

beforeEach(async () => {
  kept = { userName: null, proxy: null, hasProxyPassword: false, userAgent: null }
  asked = []
  form = new AccessForm(engine, 7)
  await form.load()
})

test('nothing typed is nothing to save', () => {
  expect([form.canSave, form.change]).toEqual([false, {}])
})

test('only what was changed is sent, and the password is not shown again', async () => {
  form.userName = 'ada'
  form.password = 'lovelace'
  await form.save()
  expect(asked).toEqual([{ feedId: 7, credentials: { userName: 'ada', password: 'lovelace' } }])
  expect([form.userName, form.password, form.hasCredentials, form.done]).toEqual(['ada', '', true, 'saved'])

  form.proxy = 'localhost:8118'
  await form.save()
  expect(asked.at(-1)).toEqual({ feedId: 7, proxy: 'http://localhost:8118' })
})

test('what is typed before the engine has said what is kept stays', async () => {
  kept = { userName: 'ada', proxy: 'direct', hasProxyPassword: false, userAgent: 'Ada/1.0' }
  form = new AccessForm(engine, 7)
  const loading = form.load()
  form.userAgent = 'Mozilla/5.0'
  await loading
  expect([form.userName, form.proxy, form.userAgent]).toEqual(['ada', 'direct', 'Mozilla/5.0'])
  expect([form.change, form.canSave]).toEqual([{ userAgent: 'Mozilla/5.0' }, true])
})

test('another user name wants its password, since the kept one never came back', async () => {
  kept = { userName: 'ada', proxy: null, hasProxyPassword: false, userAgent: null }
  await form.load()
  form.userName = 'grace'
  expect([form.mistakes, form.canSave]).toEqual([{ password: true }, false])
  form.password = 'hopper'
  expect(form.canSave).toBe(true)
})

test('emptied fields take the proxy and the name away', async () => {
  kept = { userName: null, proxy: 'direct', hasProxyPassword: false, userAgent: 'Mozilla/5.0' }
  await form.load()
  form.proxy = ''
  form.userAgent = ' '
  await form.save()
  expect(asked).toEqual([{ feedId: 7, proxy: null, userAgent: null }])
})

test('credentials are forgotten at once, and what else was typed stays', async () => {
  kept = { userName: 'ada', proxy: null, hasProxyPassword: false, userAgent: null }
  await form.load()
  form.userAgent = 'Mozilla/5.0'
  await form.forget()
  expect(asked).toEqual([{ feedId: 7, credentials: null }])
  expect([form.hasCredentials, form.userName, form.userAgent, form.done]).toEqual([
    false,
    '',
    'Mozilla/5.0',
    'forgotten',
  ])
})

test.each(['socks5://localhost:1080', 'http://', 'two words'])('%s is no proxy', typed => {
  form.proxy = typed
  expect([form.mistakes, form.canSave]).toEqual([{ proxy: 'no-proxy' }, false])
})

const dots = '••••••'

test('the proxy’s password is not shown again, and stays while something else is changed', async () => {
  form.proxy = 'http://ada:ink%3Awell@proxy.example:8080/'
  await form.save()
  expect(asked).toEqual([{ feedId: 7, proxy: 'http://ada:ink%3Awell@proxy.example:8080' }])
  expect([form.proxy, form.canSave]).toEqual([`http://ada:${dots}@proxy.example:8080`, false])

  form.userAgent = 'Mozilla/5.0'
  await form.save()
  expect(asked.at(-1)).toEqual({ feedId: 7, userAgent: 'Mozilla/5.0' })
})

test.each([
  'http://ada:DOTS@elsewhere.example:8080',
  'http://grace:DOTS@proxy.example:8080',
  'https://ada:DOTS@proxy.example:8080',
])('the dots never stand for the password of another proxy or user: %s', async typed => {
  kept = { userName: null, proxy: 'http://ada@proxy.example:8080', hasProxyPassword: true, userAgent: null }
  await form.load()
  form.proxy = typed.replace('DOTS', dots)
  expect([form.mistakes, form.canSave]).toEqual([{ proxy: 'password-too' }, false])
  form.proxy = typed.replace('DOTS', 'pen')
  await form.save()
  expect(asked).toEqual([{ feedId: 7, proxy: typed.replace('DOTS', 'pen') }])
})

test('without the dots the proxy’s password goes', async () => {
  kept = { userName: null, proxy: 'http://ada@proxy.example:8080', hasProxyPassword: true, userAgent: null }
  await form.load()
  form.proxy = 'http://ada@proxy.example:8080'
  await form.save()
  expect(asked).toEqual([{ feedId: 7, proxy: 'http://ada@proxy.example:8080' }])
})

test('what the engine refuses is said, and what was typed stays', async () => {
  form = new AccessForm({ ...engine, setFeedAccess: () => Promise.reject(new EngineError('storage-full', '')) }, 7)
  await form.load()
  form.userAgent = 'Mozilla/5.0'
  await form.save()
  expect([form.problem, form.userAgent, form.isBusy]).toEqual(['storage-full', 'Mozilla/5.0', false])
})
