/** A catalogue whose feeds are on the test's own server, in place of the one that the window carries. */
import type { Page } from 'playwright/test'
import type { Catalogue, CatalogueFeed } from '../../src-main/api/names/catalogue.ts'

/** Before the window opens. */
export async function carryCatalogue(page: Page, topics: Record<string, CatalogueFeed[]>): Promise<void> {
  const catalogue: Catalogue = {
    topics: Object.entries(topics).map(([title, feeds]) => ({ id: title.toLowerCase(), title, feeds })),
  }
  await page.route(/\/catalogue-[\w-]+\.js$/, route =>
    route.fulfill({ contentType: 'text/javascript', body: `export default ${JSON.stringify(catalogue)}` }),
  )
}

/** `site` is only shown. */
export function catalogueFeed(title: string, url: string, site: string, language = 'en'): CatalogueFeed {
  return { title, url, siteUrl: `https://${site}/`, language, description: `What ${title} prints.` }
}
