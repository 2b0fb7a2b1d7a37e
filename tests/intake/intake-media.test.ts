import { describe, expect, test } from 'vitest'
import { intakeWorld } from './intake-world.ts'

const world = intakeWorld()
const { asked } = world

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])

describe('media', () => {
  test('is fetched once, without a referrer or a cookie, and kept', async () => {
    world.answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(png)
    const request = { url: `${world.server.base}/a.png`, privateHost: world.server.host }
    const both = await Promise.all([world.intake.media(request), world.intake.media(request)])
    await world.server.close()
    const again = await world.intake.media(request)
    expect([...both, again].map(one => [one.status, one.type, one.bytes.length])).toEqual(
      Array.from({ length: 3 }, () => [200, 'image/png', 108]),
    )
    expect(asked('/a.png').length).toBe(1)
    expect(asked('/a.png')[0]?.headers).not.toHaveProperty('referer')
  })

  test('that is the still of a film is the picture its site names, and kept', async () => {
    const named = JSON.stringify({ type: 'video', thumbnail_url: `${world.server.base}/still.png` })
    world.answer = ({ url }, response) => void response.end(url?.startsWith('/services') ? named : png)
    const url = `${world.server.base}/services/oembed?url=https%3A%2F%2Ftube.example%2Fvideos%2Fwatch%2F1&format=json`
    const request = { url, privateHost: world.server.host }
    const both = [await world.intake.media(request), await world.intake.media(request)]
    expect(both.map(({ status, type }) => [status, type])).toEqual(Array.from({ length: 2 }, () => [200, 'image/png']))
    expect(asked('/still.png').length).toBe(1)
  })

  test.each([
    ['no address', '{"type":"video"}'],
    ['another scheme', '{"thumbnail_url":"file:///etc/passwd"}'],
    ['no JSON', '<p>Log in</p>'],
    ["the reader's own network", '{"thumbnail_url":"http://192.168.0.1/still.png"}'],
  ])('that is the still of a film is refused where its site names %s', async (_name, said) => {
    world.answer = (_, response) => void response.end(said)
    const url = `${world.server.base}/services/oembed?url=x`
    const got = await world.intake.media({ url, privateHost: world.server.host })
    expect([403, 415]).toContain(got.status)
    expect(got.bytes.length).toBe(0)
  })

  test.each<[string, string, number]>([
    ['an SVG that shows nothing', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 415],
    ['a page', '<html><script>alert(1)</script>', 415],
    ['nothing', '', 415],
  ])('that is %s is refused, whatever it is called', async (_name, body, status) => {
    world.answer = (_, response) => response.setHeader('content-type', 'image/png').end(body)
    const got = await world.intake.media({ url: `${world.server.base}/a.png`, privateHost: world.server.host })
    expect(got).toMatchObject({ status, type: 'text/plain' })
    expect(got.bytes.length).toBe(0)
  })

  test.each(['image/svg+xml', 'text/plain', 'application/octet-stream', ''])(
    'that is an SVG is drawn, kept as drawn, and never handed on as it came (sent as %s)',
    async type => {
      const figure =
        '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4" onload="x()"><rect width="4" height="4"/></svg>'
      world.answer = (_, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end(figure)
      const request = { url: `${world.server.base}/figure.svg`, privateHost: world.server.host }
      const first = await world.intake.media(request)
      const second = await world.intake.media(request)
      expect([first.status, first.type]).toEqual([200, 'image/svg+xml'])
      expect(Buffer.from(first.bytes).toString()).toMatch(
        /^<svg [^>]*width="4" height="4"[^>]*><image [^>]*href="data:image\/png;base64,[^"]*"\/><\/svg>$/,
      )
      expect(Buffer.compare(second.bytes, first.bytes)).toBe(0)
      expect(asked('/figure.svg').length).toBe(1)
    },
  )

  test('that says it was drawn by us is drawn all the same', async () => {
    const figure =
      '<svg xmlns="http://www.w3.org/2000/svg" data-drawn="1" width="4" height="4"><rect id="r" width="4" height="4"/><use href="#r"/></svg>'
    world.answer = (_, response) => response.end(figure)
    const got = await world.intake.media({ url: `${world.server.base}/figure.svg`, privateHost: world.server.host })
    expect(Buffer.from(got.bytes).toString()).not.toContain('<use')
  })

  test('on a private host is refused unless its feed is there', async () => {
    world.answer = (_, response) => response.end(png)
    expect(await world.intake.media({ url: `${world.server.base}/a.png`, privateHost: null })).toMatchObject({
      status: 403,
    })
    expect(world.server.seen).toEqual([])
  })

  test('that is missing is not asked for again at once', async () => {
    const request = { url: `${world.server.base}/a.png`, privateHost: world.server.host }
    expect(await world.intake.media(request)).toMatchObject({ status: 404 })
    expect(await world.intake.media(request)).toMatchObject({ status: 404 })
    expect(asked('/a.png').length).toBe(1)
  })
})
