/** One component of the window on an otherwise empty page of a real browser, with no engine behind it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { test as base, type Page } from 'playwright/test'
import { createServer as createVite } from 'vite'
import { projectRoot } from './sources.ts'

type Props = Record<string, unknown>
type Controls = {
  show(name: string, props: Props): Promise<void>
  set(props: Props): void
  leave(): void
  calls: unknown[][]
  toasts: { add(toast: Props): number }
}

export class Stage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Shows `ui/Button` and the like. A property 'call:x' is a function whose calls are noted, 'html:<p>…' a snippet. */
  async show(component: string, props: Props): Promise<void> {
    await this.page.waitForFunction(() => 'stage' in globalThis)
    await this.page.evaluate(([name, given]) => globalThis.stage.show(name, given), [component, props] as const)
  }

  /** Changes some properties of the component shown. */
  set(props: Props): Promise<void> {
    return this.page.evaluate(given => globalThis.stage.set(given), props)
  }

  /** Takes the component away. */
  leave(): Promise<void> {
    return this.page.evaluate(() => globalThis.stage.leave())
  }

  /** Functions called so far, each with its arguments. */
  calls(): Promise<unknown[][]> {
    return this.page.evaluate(() => globalThis.stage.calls)
  }

  toast(toast: Props): Promise<number> {
    return this.page.evaluate(given => globalThis.stage.toasts.add(given), toast)
  }
}

declare global {
  var stage: Controls
}

export const test = base.extend<{ stage: Stage }, { address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use, { parallelIndex }) => {
      const server = createServer()
      const vite = await createVite({
        configFile: false,
        root: projectRoot,
        // Two workers at a time would write into one another's.
        cacheDir: `.cache/components/${parallelIndex}`,
        logLevel: 'error',
        plugins: [svelte({ configFile: false, compilerOptions: { hmr: false } })],
        // Vite's client connects whatever it is told, by default to a port that all programs with Vite share.
        server: { middlewareMode: true, hmr: { server }, watch: null },
        optimizeDeps: { noDiscovery: true },
      })
      server.on('request', vite.middlewares).listen(0, '127.0.0.1')
      await new Promise(resolve => server.once('listening', resolve))
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      server.closeAllConnections()
      server.close()
      await vite.close()
    },
    { scope: 'worker' },
  ],
  stage: async ({ page, address }, use) => {
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.message))
    await page.goto(`${address}/tests/components/stage.html`)
    await use(new Stage(page))
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
  },
})

export { expect } from 'playwright/test'
