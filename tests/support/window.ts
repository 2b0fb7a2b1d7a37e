/** The window as a person sees and uses it: by roles and names, never by classes. */
import { expect, type FrameLocator, type Locator, type Page } from 'playwright/test'

export class ReaderWindow {
  readonly page: Page
  readonly sources: Locator
  readonly headlines: Locator
  readonly article: Locator
  readonly text: FrameLocator

  constructor(page: Page) {
    this.page = page
    this.sources = page.getByRole('navigation', { name: 'Sources' })
    this.headlines = page.getByRole('region', { name: 'Headlines' })
    this.article = page.getByRole('region', { name: 'Article', exact: true })
    this.text = page.frameLocator('iframe[title="Article text"]')
  }

  /** One source by its title; its accessible name goes on with counts. */
  source(title: string): Locator {
    return this.sources.getByRole('treeitem', { name: new RegExp(`^${literally(title)}(,|$)`) })
  }

  /** How many a source says it has; 0 where it says nothing. */
  async count(title: string): Promise<number> {
    const name = (await this.source(title).getAttribute('aria-label')) ?? ''
    return Number(/, ([\d,.]+) (?:unread|saved)/.exec(name)?.[1]?.replace(/\D/g, '') ?? 0)
  }

  /** Waits until the top sources and any feeds named say these numbers. */
  async expectCounts(counts: Record<string, number>): Promise<void> {
    const read = async () => {
      const entries = await Promise.all(
        Object.keys(counts).map(async title => [title, await this.count(title)] as const),
      )
      return Object.fromEntries(entries)
    }
    await expect.poll(read, { intervals: [20, 50, 100] }).toEqual(counts)
  }

  async open(title: string): Promise<void> {
    await this.goTo(title)
    await this.expectRows()
  }

  /** Chooses a source, and does not wait for its rows. */
  async goTo(title: string): Promise<void> {
    await this.source(title).click()
    await expect(this.#heading(title)).toBeVisible()
  }

  /** Waits until a source that was chosen otherwise is listed. */
  async expectOpen(title: string): Promise<void> {
    await expect(this.#heading(title)).toBeVisible()
    await this.expectRows()
  }

  /** Waits until the rows belong to the name above them: they come an answer later. */
  async expectRows(): Promise<void> {
    await expect(this.headlines.locator('[aria-busy="true"]')).toHaveCount(0)
  }

  headline(title: string | RegExp): Locator {
    return this.headlines.getByRole('option', {
      name: typeof title === 'string' ? new RegExp(literally(title)) : title,
    })
  }

  /** The headlines that are drawn, from the top. */
  async titles(): Promise<string[]> {
    const rows = this.headlines.getByRole('option')
    const found = await rows.evaluateAll(elements =>
      elements
        .map(element => ({
          position: Number(element.getAttribute('aria-posinset')),
          title: element.querySelector('bdi.headline')?.textContent ?? '',
        }))
        .sort((a, b) => a.position - b.position),
    )
    return found.map(({ title }) => title)
  }

  async read(title: string): Promise<void> {
    await this.headline(title).first().click()
    await expect(this.article.getByRole('heading', { level: 2, name: title })).toBeVisible()
  }

  /** Opens the dialog by its button; on the first run the page itself asks for an address. */
  async askForFeed(): Promise<Locator> {
    const welcome = this.page.getByRole('textbox', { name: 'Address' })
    const button = this.page.getByRole('button', { name: 'Add feed' })
    await expect(welcome.or(button).first()).toBeVisible()
    if (await button.isVisible()) await button.click()
    return this.page.getByRole('textbox', { name: 'Address' })
  }

  /** Types an address and follows what is found there; answers when its headlines are listed. */
  async follow(address: string, title: string): Promise<void> {
    const field = await this.askForFeed()
    await field.fill(address)
    await field.press('Enter')
    const heading = this.#heading(title)
    // Where an assertion may take 2.5 s or longer, Playwright looks only twice a second after the first 270 ms. Discovery may
    // take 10 s, and a slow machine its own time on top.
    await expect(() => expect(heading).toBeVisible({ timeout: 2_000 })).toPass({ timeout: 30_000 })
    await expect(this.page.getByRole('dialog')).toBeHidden()
    await this.expectRows()
  }

  #heading(title: string): Locator {
    return this.headlines.getByRole('heading', { level: 2, name: title, exact: true })
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: text }).first()
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  }

  /** Opens a source's menu and chooses from it. */
  async choose(source: string, item: string | RegExp): Promise<void> {
    await this.source(source).click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: item }).click()
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
