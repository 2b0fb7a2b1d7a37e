/** The security headers of every answer to a window, in both hosts. */

/** The Trusted Types policies of DOMPurify and Svelte, and those that make the address of one of our own workers and nothing else. */
const trustedTypes = 'dompurify svelte-trusted-html code-worker maths-worker'

/**
 * Everything is forbidden but our own files. `connect` are the WebSocket addresses of the web host.
 * The article's frame (srcdoc) inherits this policy, so it too loads only from `/media` and `/icon`.
 */
export function contentSecurityPolicy(connect: string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes}`,
  ].join('; ')
}

/** For bytes from the web (icons, media): opened as a document they can do nothing. */
const inertPolicy = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), midi=(), payment=()',
}

/** Headers for the program's own pages, scripts, styles and fonts, and for refusals. */
export function ownHeaders(connect: string[]): Record<string, string> {
  return { ...always, 'content-security-policy': contentSecurityPolicy(connect) }
}

/** The page of an exported article brings its style and its pictures with it. */
const paperPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Headers for an exported page that a host puts on paper itself. */
export function paperHeaders(): Record<string, string> {
  return { ...always, 'content-security-policy': paperPolicy, 'cache-control': 'no-store' }
}

/** Headers for what came from the web. */
export function foreignHeaders(): Record<string, string> {
  return { ...always, 'content-security-policy': inertPolicy, 'content-disposition': 'attachment' }
}
