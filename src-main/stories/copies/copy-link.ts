/** The link of an article as the key by which its copies in other feeds are found. */

/** A site for telephones, or one that Google's cache asked for: `m.example.com`, but not `m.me`. */
const mobileHost = /^(?:m|mobile|amp|amphtml)\.(?=[^./:]+\.[^/:])/
/** `/story/amp`, `/story/amp.html`, `/amp/story`, `/story.amp`. */
const ampPath = /^\/amp(?=\/.)|(?:\/amp(?:\.html)?|\.amp)$/
const ampParameters = new Set(['amp', 'amp=1', 'amp=true', 'outputType=amp', 'output=amp'])
/**
 * Fragments that readers and counters add, or that lead to the comments below. Others may name a place on the page that is an
 * article of its own: an entry of a changelog, a post of a live blog.
 */
const emptyFragment =
  /^#(?:comments?|respond|comment-?form|disqus_thread|xtor=.*|ref=.*|rss.*|utm_.*|echobox=.*|top)?$/i

/**
 * Of a link in the spelling of `ReadyArticle.canonicalUrl`: without what tells only for which device, or from where, the page
 * is asked. Null for the address of a whole site.
 */
export function copyLink(canonicalUrl: string): string | null {
  const [, host = '', path = '', query = '', fragment = ''] =
    /^([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(canonicalUrl) ?? []
  const kept = query
    .slice(1)
    .split('&')
    .filter(pair => pair !== '' && !ampParameters.has(pair))
  const rest = [
    path.replace(ampPath, ''),
    kept.length > 0 ? `?${kept.join('&')}` : '',
    emptyFragment.test(fragment) ? '' : fragment,
  ].join('')
  return rest === '' || rest === '/' ? null : host.replace(mobileHost, '') + rest
}
