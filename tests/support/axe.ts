/** What axe finds on a page, where it is grave. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'

/** Fails where something serious or critical is found. `screen` is what the page shows, for the message. */
export async function checkPage(page: Page, screen: string): Promise<void> {
  // In a frame that may run nothing axe never comes to an end; its text is looked at on a page of its own.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  expect(grave(violations), screen).toEqual([])
}

/** A part of a page, which need not have a title, as `checkPage`. */
export async function checkPart(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).disableRules(['document-title']).analyze()
  expect(grave(violations), part).toEqual([])
}

function grave(violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']): string[] {
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    )
}
