import { describe, expect, test } from 'vitest'
import type { Input, Output } from '../../src-main/api/contract/contract.ts'
import { EngineError } from '../../src-main/api/contract/rpc.ts'
import type { Feed, FoundFeed } from '../../src-main/api/model.ts'
import { AddFeed, type Followed } from '../../src-renderer/add-feed/add-feed.svelte.ts'

function found(url: string, subscribedId: number | null = null): FoundFeed {
  return { url, title: `Title of ${url}`, siteUrl: null, format: 'rss', latest: [], subscribedId }
}

function added(url: string, id: number): Output<'addFeed'> {
  return { kind: 'added', feed: { id, url, title: `Title of ${url}` } as Feed, newArticles: 3, undoId: id }
}

/** An engine that finds what it is told to find, and fails to add what has 'down' in its address. */
function engineThatFinds(feeds: FoundFeed[]) {
  const calls = { added: [] as Input<'addFeed'>[], folders: [] as string[] }
  return {
    calls,
    discover: async (): Promise<Output<'discover'>> => ({ kind: 'found', feeds }),
    addFeed: async (input: Input<'addFeed'>): Promise<Output<'addFeed'>> => {
      calls.added.push(input)
      if (input.url.includes('down')) return { kind: 'failed', failure: { reason: 'timeout', seconds: 15 } }
      return added(input.url, calls.added.length)
    },
    savePage: async (): Promise<Output<'savePage'>> => ({ kind: 'failed', failure: { reason: 'offline' } }),
    createFolder: async ({ title }: Input<'createFolder'>) => ({
      folderId: calls.folders.push(title),
      undoId: 100,
    }),
  }
}

function formOver(engine: Parameters<typeof engineThatFinds>[0] | ConstructorParameters<typeof AddFeed>[0]) {
  const followed: Followed[][] = []
  const form = new AddFeed(Array.isArray(engine) ? engineThatFinds(engine) : engine, feeds => followed.push(feeds))
  form.address = 'example.org'
  return { form, followed }
}

describe('adding a feed', () => {
  test('the only feed of a site is followed without asking', async () => {
    const { form, followed } = formOver([found('https://example.org/feed')])
    await form.search()
    expect(followed).toEqual([[{ feedId: 1, title: 'Title of https://example.org/feed', newArticles: 3 }]])
  })

  test('a name that leads into the own network is looked at once the user wants it, and only that one', async () => {
    const asked: Input<'discover'>[] = []
    const engine = {
      ...engineThatFinds([found('https://example.org/feed')]),
      discover: async (input: Input<'discover'>): Promise<Output<'discover'>> => {
        asked.push(input)
        if (input.allowPrivate) return { kind: 'found', feeds: [found('https://example.org/feed')] }
        return { kind: 'failed', failure: { reason: 'private-address', host: 'example.org' } }
      },
    }
    const { form, followed } = formOver(engine)
    await form.search()
    expect(form.step).toMatchObject({ kind: 'typing', failure: { reason: 'private-address' } })
    await form.allowPrivate()
    expect(followed).toHaveLength(1)
    expect(engine.calls.added).toMatchObject([{ url: 'https://example.org/feed', allowPrivate: true }])
    form.address = 'example.com'
    form.typed()
    await form.search()
    expect(asked.map(input => input.allowPrivate ?? false)).toEqual([false, true, false])
  })

  test('of several feeds the first new one is ticked, and only what is ticked is followed', async () => {
    const engine = engineThatFinds([found('https://a/1', 7), found('https://a/2'), found('https://a/3')])
    const { form, followed } = formOver(engine)
    await form.search()
    expect([form.step.kind, [...form.chosen]]).toEqual(['choosing', ['https://a/2']])

    form.toggle('https://a/2', false)
    form.toggle('https://a/3', true)
    await form.followChosen()
    expect(engine.calls.added.map(call => call.url)).toEqual(['https://a/3'])
    expect(followed).toHaveLength(1)
  })

  test('a feed that is followed already is said so, and nothing is added', async () => {
    const engine = engineThatFinds([found('https://a/1', 7)])
    const { form } = formOver(engine)
    await form.search()
    expect(form.step).toEqual({ kind: 'already-there', feedId: 7, title: 'Title of https://a/1' })
    expect(engine.calls.added).toEqual([])
  })

  test('a failure keeps what was typed, and typing takes the failure away', async () => {
    const engine = engineThatFinds([])
    const failure = { reason: 'dns', host: 'example.org' } as const
    const { form } = formOver({ ...engine, discover: async () => ({ kind: 'failed', failure }) })
    await form.search()
    expect([form.address, form.step]).toEqual(['example.org', { kind: 'typing', failure }])
    form.typed()
    expect(form.step).toEqual({ kind: 'typing', failure: null })
  })

  test('an answer that comes after the search was stopped is dropped', async () => {
    const engine = engineThatFinds([])
    const answer = Promise.withResolvers<Output<'discover'>>()
    const { form, followed } = formOver({ ...engine, discover: () => answer.promise })
    const search = form.search()
    form.cancel()
    answer.resolve({ kind: 'found', feeds: [found('https://a/1')] })
    await search
    expect([form.step.kind, engine.calls.added, followed]).toEqual(['typing', [], []])
  })

  test('of several the failed ones stay, ticked and explained, for another try', async () => {
    const { form, followed } = formOver([found('https://a/1'), found('https://down/2')])
    await form.search()
    form.toggle('https://down/2', true)
    await form.followChosen()
    expect(followed).toEqual([])
    expect([...form.chosen]).toEqual(['https://down/2'])
    expect(form.failures.get('https://down/2')).toEqual({ reason: 'timeout', seconds: 15 })
  })

  test('a new folder is made once, however often the feed is tried', async () => {
    const engine = engineThatFinds([found('https://down/1')])
    const { form } = formOver(engine)
    form.folder = { kind: 'new', title: ' News ' }
    await form.search()
    await form.search()
    expect(engine.calls.folders).toEqual(['News'])
    expect(engine.calls.added.map(call => call.folderId)).toEqual([1, 1])
  })

  test('what the engine refuses is said, and the form is there again', async () => {
    const engine = engineThatFinds([])
    const { form } = formOver({ ...engine, discover: () => Promise.reject(new EngineError('storage-full', '')) })
    await form.search()
    expect([form.step, form.problem]).toEqual([{ kind: 'typing', failure: null }, 'storage-full'])
  })

  test('a server that asks who we are is told, and so is the feed on it, but no other host', async () => {
    const asked: Input<'discover'>[] = []
    const engine = engineThatFinds([found('https://www.example.org/feed'), found('https://elsewhere.example/feed')])
    const failure = { reason: 'http', status: 401 } as const
    const { form } = formOver({
      ...engine,
      discover: async input => {
        asked.push(input)
        return input.credentials ? engine.discover() : { kind: 'failed', failure }
      },
    })
    await form.search()
    expect([form.asksWho, form.isUnknown, form.step]).toEqual([true, false, { kind: 'typing', failure }])

    form.userName = 'ada'
    form.password = 'lovelace'
    await form.search()
    form.toggle('https://elsewhere.example/feed', true)
    await form.followChosen()
    const credentials = { userName: 'ada', password: 'lovelace' }
    expect(asked).toEqual([{ address: 'example.org' }, { address: 'example.org', credentials }])
    expect(engine.calls.added).toEqual([
      { url: 'https://www.example.org/feed', folderId: null, credentials },
      { url: 'https://elsewhere.example/feed', folderId: null },
    ])
  })

  test('a refused password is said so and kept for correction; another address is not told it', async () => {
    const asked: Input<'discover'>[] = []
    const { form } = formOver({
      ...engineThatFinds([]),
      discover: async input => {
        asked.push(input)
        return { kind: 'failed', failure: { reason: 'http', status: 401 } }
      },
    })
    await form.search()
    form.userName = 'ada'
    form.password = 'wrong'
    await form.search()
    expect([form.isUnknown, form.userName, form.password]).toEqual([true, 'ada', 'wrong'])

    form.address = 'other.example'
    form.typed()
    expect(form.asksWho).toBe(false)
    await form.search()
    expect(asked.at(-1)).toEqual({ address: 'other.example' })
    expect([form.asksWho, form.isUnknown, form.password]).toEqual([true, false, 'wrong'])
  })

  test('a feed that asks only when it is added is told the second time', async () => {
    const engine = engineThatFinds([found('https://members.example/feed')])
    const added: Input<'addFeed'>[] = []
    const { form, followed } = formOver({
      ...engine,
      addFeed: async input => {
        added.push(input)
        return input.credentials ? engine.addFeed(input) : { kind: 'failed', failure: { reason: 'http', status: 401 } }
      },
    })
    await form.search()
    form.userName = 'ada'
    await form.search()
    expect(added.map(input => input.credentials)).toEqual([undefined, { userName: 'ada', password: '' }])
    expect(followed).toHaveLength(1)
  })
})
