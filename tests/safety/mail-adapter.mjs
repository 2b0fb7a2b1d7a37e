/**
 * Our reading of mail for ../shared/checks/xss-check.mjs (run under Node 24: it imports the sources): each attack is a message, and
 * what is shown is its article. The window loads media only through the engine; with images off it loads none, so their
 * addresses go here, too.
 */
import { articleOf, htmlMail } from '../support/attack-mail.ts'

export async function sanitize(html, { remoteImages }) {
  const { html: safe } = await articleOf(htmlMail(html))
  return remoteImages ? safe : safe.replaceAll(/ (src|poster)="http/g, ' data-$1="http')
}

// As both hosts answer.
export const headers = { 'referrer-policy': 'no-referrer' }
