/** The still picture of an embedded film, which its site names in an answer of its own (feeds/pictures/film-cards.ts). */
import { isRecord, parseJson } from '../../feeds/json.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
import { webAddress } from '../../lib/urls.ts'

type Request = Parameters<Http['get']>[0]

/** Vimeo's and PeerTube's oEmbed (oEmbed 1.0). */
const oEmbed = /^https?:\/\/(?:vimeo\.com\/api\/oembed\.json|[^/]+\/services\/oembed)\?url=/
/** Of a film of YouTube in 1280 by 720, which those of less have not. */
const largeStill = /^(https:\/\/i\.ytimg\.com\/vi\/[\w-]{11}\/)hq720\.jpg$/
const mostOfAnswer = 200_000

/** As `get`; for the address of a film's still that of the picture itself is asked next. */
export async function getPicture(http: Pick<Http, 'get'>, request: Request): Promise<HttpAnswer> {
  const isOEmbed = oEmbed.test(request.url)
  const answer = await http.get(isOEmbed ? { ...request, accept: 'application/json', maxBytes: mostOfAnswer } : request)
  if (answer.kind === 'failed') return answer
  const url = isOEmbed ? thumbnailIn(answer) : smallerStill(request.url, answer.status)
  return url === null ? answer : http.get({ ...request, url })
}

function thumbnailIn({ status, body }: Extract<HttpAnswer, { kind: 'answer' }>): string | null {
  const said = status === 200 ? parseJson(new TextDecoder().decode(body)) : null
  const address = isRecord(said) ? said.thumbnail_url : null
  return typeof address === 'string' ? webAddress(address) : null
}

function smallerStill(url: string, status: number): string | null {
  const start = status === 404 ? largeStill.exec(url)?.[1] : undefined
  return start === undefined ? null : `${start}hqdefault.jpg`
}
