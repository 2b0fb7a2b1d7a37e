/**
 * What stands between an article and the reader, each gate alone in a real Chromium: the sanitiser, DOMPurify where the
 * article is shown, and the frame without scripts; against attacks of our own and those of the corpora.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from 'playwright/test'
import { build } from 'vite'
import { sanitizeHtml } from '../../src-main/feeds/sanitize/sanitize.ts'
import { contentSecurityPolicy } from '../../src-main/host/security-headers.ts'
import { articleOf, attackMail } from '../support/attack-mail.ts'
import { corpora, jsonLines } from '../support/corpora.ts'
import { xssVectors } from '../support/xss-vectors.ts'

/** `base`: the address that its own addresses are relative to. */
type Attack = { id: string; html: string; base?: string | undefined }
type Outcome = { scripts: string[]; requests: string[]; left: string[] }

const ownAttacks = jsonLines<Attack>(fileURLToPath(new URL('../fixtures/attacks.jsonl', import.meta.url)))
/** Of a whole corpus every 30th: all 1,167 take minutes at each gate. */
const vectors = corpora('xss').flatMap(corpus => xssVectors(corpus).filter((_, at) => !corpus.isWhole || at % 30 === 0))
const attacks: Attack[] = [...ownAttacks, ...vectors]
const origin = 'https://window.example'
const secondGate = fileURLToPath(new URL('../../src-renderer/article/article-html.ts', import.meta.url))
const frameSource = readFileSync(new URL('../../src-renderer/article/ArticleFrame.svelte', import.meta.url), 'utf8')

/** What no article may bring into a window. */
const forbidden =
  'script, style, link, meta, base, iframe, frame, object, embed, form, input, button, select, textarea, svg, template, [style], [class], [name], [srcdoc], [id]:not([id^="article-"])'
/** Nor these attributes. */
const handler = /^on/
const addressed = /^(?:href|src|action|poster)$/
const acting = /^\s*(?:(?:javascript|vbscript|file):|data:(?!image\/))/i

/** Media are for the window, which lets them through the engine or not at all; none may be of the reader's own network. */
const allowed =
  / (?:image|media) (?!https?:\/\/(?:localhost|127\.|10\.|192\.168\.|169\.254\.|0[./:]|\[|[^/]*\.local\b))/

test.describe.configure({ timeout: 240_000 })

test('without any gate, the attacks work', async ({ page }) => {
  const { scripts, requests } = await attack(page, { put: putInPage, list: ownAttacks, together: 1 })
  expect(scripts.length).toBeGreaterThan(70)
  expect(requests.length).toBeGreaterThan(20)
})

test('the sanitiser alone: no script runs, and nothing is left that acts', async ({ page }) => {
  const gate = ({ html, base = '' }: Attack) =>
    sanitizeHtml(html, { base: URL.canParse(base) ? base : 'https://paper.example/a' }).html
  const { scripts, left, requests } = await attack(page, { put: putInPage, gate })
  expect({ scripts, left }).toEqual({ scripts: [], left: [] })
  expect(requests.filter(request => !allowed.test(request))).toEqual([])
})

test('delivered as mail, in every place of a message: no script runs, and nothing is left that acts', async ({
  page,
}) => {
  const gate = async ({ html }: Attack) => (await articleOf(attackMail(html))).html
  const { scripts, left, requests } = await attack(page, { put: putInPage, gate })
  expect({ scripts, left }).toEqual({ scripts: [], left: [] })
  expect(requests.filter(request => !allowed.test(request))).toEqual([])
})

test('DOMPurify in the window alone: no script runs, nothing acts, nothing is asked for', async ({ page }) => {
  expect(await attack(page, { put: putThroughGate })).toEqual({ scripts: [], requests: [], left: [] })
})

test('the frame and its policy alone: no script runs and no request leaves', async ({ page }) => {
  const { scripts, requests } = await attack(page, { put: putInFrame, policy: contentSecurityPolicy([]) })
  expect({ scripts, requests }).toEqual({ scripts: [], requests: [] })
})

test('the frame without its policy: no script runs', async ({ page }) => {
  // Some do for all: one that runs shows that the sandbox lets scripts run.
  const { scripts } = await attack(page, { put: putInFrame, list: ownAttacks.slice(0, 50) })
  expect(scripts).toEqual([])
})

/** What is left that acts, and `at` which place of those that were put there. */
type Put = (page: Page, html: string[]) => Promise<{ at: number; html: string }[]>

type Options = {
  put: Put
  gate?: (attack: Attack) => string | Promise<string>
  /** The policy of the page. */
  policy?: string
  list?: Attack[]
  /** How many stand in the page at once. What is through a gate keeps to itself, and so does a frame. */
  together?: number
}

/** Shows each attack, touches all of it, and tells which of them did what. */
async function attack(page: Page, options: Options): Promise<Outcome> {
  const { put, gate = ({ html }) => html, policy = '', list = attacks, together = 25 } = options
  const outcome: Outcome = { scripts: [], requests: [], left: [] }
  let current = ''
  let framed = ''
  const headers: Record<string, string> = policy === '' ? {} : { 'content-security-policy': policy }
  const gateCode = put === putThroughGate ? await secondGateCode() : ''
  await page.route('**', route => {
    const request = route.request()
    if (request.url() === `${origin}/gate.js`) return route.fulfill({ contentType: 'text/javascript', body: gateCode })
    if (request.url() === `${origin}/`) {
      const script = gateCode && '<script src="/gate.js"></script>'
      const body = `<!doctype html><body>${script}<main>${framed}</main>`
      return route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body })
    }
    if (!request.url().startsWith(origin))
      outcome.requests.push(`${current} ${request.resourceType()} ${request.url()}`)
    return route.abort()
  })
  await page.context().exposeFunction('tell', () => outcome.scripts.push(current))
  await page.addInitScript(
    'for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.tell()',
  )
  page.on('popup', popup => {
    outcome.requests.push(`${current} popup ${popup.url()}`)
    return popup.close()
  })
  await page.goto(`${origin}/`)
  for (const some of chunks(list, together)) {
    current = some.map(({ id }) => id).join(' ')
    framed = put === putInFrame ? some.map(({ html }) => pageWithFrame(html, policy !== '')).join('') : ''
    // One that led the page away may still be at it.
    const isThere = page.url() === `${origin}/` && (await page.locator('main').count()) === 1
    if (!isThere) await expect(async () => void (await page.goto(`${origin}/`))).toPass()
    for (const { at, html } of await put(page, await Promise.all(some.map(gate))))
      outcome.left.push(`${some[at]?.id} ${html}`)
    await touchAll(page)
  }
  return { ...outcome, scripts: [...new Set(outcome.scripts)] }
}

function chunks(all: Attack[], size: number): Attack[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, at * size + size))
}

function putInPage(page: Page, html: string[]): ReturnType<Put> {
  return run(page, html, 'box.innerHTML = html')
}

function putThroughGate(page: Page, html: string[]): ReturnType<Put> {
  // The box that the window puts around wide tables is its own.
  const unbox = "for (const wide of box.querySelectorAll('div.wide')) wide.removeAttribute('class')"
  return run(page, html, `box.append(gate.articleBody(html, {})); ${unbox}`)
}

/** Fills a box in the page for each `html` by a line of script, and tells what is in them then that may not be. */
function run(page: Page, html: string[], line: string): ReturnType<Put> {
  return page.evaluate(`{
    const boxes = ${JSON.stringify(html)}.map(html => {
      const box = document.createElement('div')
      ${line}
      return box
    })
    document.querySelector('main').replaceChildren(...boxes)
    const acts = ({ name, value }) => ${handler}.test(name) || (${addressed}.test(name) && ${acting}.test(value))
    const left = element => element.matches(${JSON.stringify(forbidden)}) || [...element.attributes].some(acts)
    boxes.flatMap((box, at) =>
      [...box.querySelectorAll('*')].filter(left).map(element => ({ at, html: element.outerHTML.slice(0, 200) })))
  }`)
}

/** A page with the frame of the window as it is written there, and the attack as the body of its document. */
function pageWithFrame(html: string, hasPolicy: boolean): string {
  const sandbox = /sandbox="([^"]*)"/.exec(frameSource)?.[1] ?? 'none found'
  const srcdoc = /srcdoc="([^"]*)"/.exec(frameSource)?.[1]?.replaceAll('&quot;', '"') ?? ''
  if (!srcdoc.includes('<body></body>')) throw new Error('the frame is not written as it was')
  const shell = hasPolicy ? srcdoc : srcdoc.replace(/<meta http-equiv='Content-Security-Policy'[^>]*>/, '')
  if (shell.includes('-src') !== hasPolicy) throw new Error('the policy of the frame is not written as it was')
  const document = shell.replace('<body></body>', () => `<body>${html}</body>`)
  return `<iframe sandbox="${sandbox}" srcdoc="${document.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`
}

async function putInFrame(page: Page): ReturnType<Put> {
  await page.goto(`${origin}/`)
  return []
}

/** As a reader might: the pointer over everything, a click, the focus. Links to pages are what an article is for. */
async function touchAll(page: Page): Promise<void> {
  const touch = `(async () => {
    const frames = [...document.querySelectorAll('iframe')].flatMap(frame => frame.contentDocument?.body ?? [])
    const places = frames.length > 0 ? frames : [...(document.querySelector('main')?.children ?? [])]
    for (const element of places.flatMap(place => [...place.querySelectorAll('*')].slice(0, 200))) {
      for (const type of ['pointerenter', 'mouseover', 'animationstart', 'focus']) {
        element.dispatchEvent(new Event(type, { bubbles: true }))
      }
      const href = element.getAttribute('href') ?? ''
      if (/^\\s*(?:https?|mailto|ftp|file|ms-msdt|about|cid):|^#|^$/i.test(href) && element.localName === 'a') continue
      element.click?.()
    }
    await new Promise(resolve => setTimeout(resolve, 30))
    // What the attack has asked for by then is told before this is, however busy the machine.
    await fetch('/').catch(() => {})
  })()`
  // An attack that leads the page away ends this, too.
  await page.evaluate(touch).catch(() => undefined)
}

async function secondGateCode(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: secondGate, formats: ['iife'], name: 'gate' } },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const [first] = outputs.flatMap(one => ('output' in one ? one.output : []))
  return first && 'code' in first ? `${first.code};window.gate = gate` : ''
}
