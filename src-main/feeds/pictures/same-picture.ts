/** Whether two addresses are the same picture in different sizes: publishers use one in the text and another beside it. */
import { percentDecoded } from '../../lib/urls.ts'

/** File names that many pictures have. */
const commonNames =
  /^(?:image|img|photo|picture|pic|default|original|large|full|medium|small|thumb|thumbnail|cover|header|main|hero|featured|master|public|maxresdefault|hqdefault|index|0|1)$/
/** Parts of a path that set a size, and those that are followed by a number. */
const sizeParts =
  /^(?:\d{1,5}x\d{1,5}(?:_\d{1,5})?|[a-z]{2,12}__\d{1,5}x\d{1,5}(?:__[a-z]+)*|\d+_\d+_\d+_\d+|sizes?|master|pass|[swh]\d{1,5}(?:x\d{1,5})?(?:-[a-z\d-]{1,40})?|[a-z]{1,3}_[^/]{1,100}|(?:resize|fit|fill|crop|max|width|height|rs|standard|ws|scale|thumbor|thumb|thumbnail|small|medium|large|full|original)(?:[:=,_][^/]{1,100})?|(?:width|height|quality|format|fit|w|h|q)=[^/]{1,200})$/i
const numberedParts = /^(?:resize|fit|fill|crop|max|width|height|standard|ws|scale|w|h)$/i

/** A converter adds its own: 'boat.jpg.webp'. */
const ending = /(?:\.(?:jpe?g|jfif|png|gif|webp|avif|bmp|svg)){1,2}(?:[:@!~].{0,100})?$/i
/** Of the New York Times. */
const namedSizes =
  /-(?=[a-z])(?:medium|square|large|small|mobile|facebook|video|three|two|google|article|master|super|thumb|moth|watch|blog|popup|jumbo|standard|sixteen|nine|by|at|tmag|slide|inline|wide|horizontal|vertical|\d)+x?$/i
/** Sizes that only these hosts write so; elsewhere it is a number of a series. */
const sizesByHost: [RegExp, RegExp][] = [
  [/(?:^|\.)dw\.com$/, /_\d{1,3}$/],
  [/(?:^|\.)staticflickr\.com$/, /_[a-z]$/],
  [/(?:^|\.)tumblr\.com$/, /_\d{2,4}$/],
  [/(?:^|\.)nyt\.com$/, namedSizes],
]

/** A key that is the same for one picture in all sizes, formats and schemes. */
export function pictureKey(address: string): string {
  const url = URL.parse(unwrapped(address))
  if (!url) return address
  const parts = percentDecoded(url.pathname).split('/').filter(Boolean)
  const last = parts.pop() ?? ''
  const isSizeAlone = isWithoutName(url, last, parts)
  const name = isSizeAlone ? '' : nameWithoutSize(last, url.hostname)
  // Wikimedia has sizes in a folder with the picture's name.
  const isOfSize = (part: string, index: number) =>
    sizeParts.test(part) || ending.test(part) || isNumberOfSize(part, parts[index - 1])
  const folders = parts.filter((part, index) => !isOfSize(part, index))
  const query = isProgram(url) || (name === '' && !isSizeAlone) ? url.search : ''
  return [hostOf(url), ...folders, name].join('/').toLowerCase() + query
}

/** The file name without size, if it is distinctive; else null. */
function pictureName(address: string): string | null {
  const url = URL.parse(unwrapped(address))
  const name =
    url && !isProgram(url)
      ? nameWithoutSize(percentDecoded(url.pathname).split('/').at(-1) ?? '', url.hostname).toLowerCase()
      : ''
  return name.length >= 8 && !commonNames.test(name) && /[a-z\d]{4}/.test(name) ? name : null
}

export function isSamePicture(one: string, other: string): boolean {
  if (one === other || pictureKey(one) === pictureKey(other)) return true
  const name = pictureName(one)
  return name !== null && name === pictureName(other) && (isUnique(name) || siteOf(one) === siteOf(other))
}

/** With a number of ten digits or a hash in it, which no other picture of an article has; a resizing service is another site. */
function isUnique(name: string): boolean {
  return (name.match(/[a-z\d]{8,}/g) ?? []).some(part => (part.match(/\d/g)?.length ?? 0) >= 4)
}

/** The name of the file is its size: the picture is named by the folder. At the Guardian it is the width, in that of the cut. */
function isWithoutName({ hostname }: URL, last: string, folders: string[]): boolean {
  if (folders.length === 0) return false
  const bare = last.replace(ending, '')
  if (/^[a-z]{2,12}__\d{1,5}x\d{1,5}/i.test(bare)) return true
  if (/(?:^|\.)tumblr\.com$/.test(hostname)) return folders.some(folder => /^s\d+x\d+$/.test(folder))
  return /^\d{2,5}$/.test(bare) && folders.some(folder => /^\d+_\d+_\d+_\d+$/.test(folder))
}

/** The address inside of an image proxy's: `https://i0.wp.com/paper.example/a.jpg`, `?url=https%3A...`. */
function unwrapped(address: string): string {
  const url = URL.parse(address)
  if (!url) return address
  if (/^i\d\.wp\.com$/.test(url.hostname)) return `https:/${url.pathname}`
  const inPath = /\/(https?:\/{1,2}[^/].{3,})$/i.exec(percentDecoded(url.pathname))?.[1]
  if (inPath) return inPath.replace(/^(https?:)\/{1,2}/i, '$1//')
  for (const name of ['url', 'src', 'image', 'img', 'u']) {
    const inner = url.searchParams.get(name)
    if (inner && /^https?:\/\//i.test(inner) && URL.canParse(inner)) return inner
    if (inner?.startsWith('/') && url.pathname.endsWith('/_next/image'))
      return URL.parse(inner, url.href)?.href ?? address
  }
  return url.origin + url.pathname.replace(/^\/cdn-cgi\/image\/[^/]+(?=\/)/, '') + url.search
}

/** A script, which has the picture in its query. */
function isProgram({ pathname }: URL): boolean {
  return /\.(?:php|aspx?|ashx|cgi|jsp)$/i.test(pathname)
}

function nameWithoutSize(written: string, host: string): string {
  const name = written.replace(ending, '').replace(/=[swh]\d[\w-]*$/, '')
  const [, size] = sizesByHost.find(([of]) => of.test(host)) ?? []
  return (size ? name.replace(size, '') : name)
    .replace(/(?:_(?:w|h|r|fpx|fpy|q)\d[\d.]*){2,}$/, '')
    .replace(/\.0$/, '')
    .replace(/@\dx$/, '')
    .replace(/[-_](?:scaled|rotated|e\d{10,13})$/i, '')
    .replace(/[-_.]\d{1,5}x\d{0,5}(?:_crop)?$/i, '')
    .replace(
      /[-_](?:scaled|rotated|large|medium|small|thumb|thumbnail|full|grande|square|\d{2,4}w|w\d{2,4}|\d{2,4}px)$/i,
      '',
    )
    .replace(/^\d{2,5}px-/, '')
}

function isNumberOfSize(part: string, before: string | undefined): boolean {
  return before !== undefined && numberedParts.test(before) && /^\d{1,5}(?:x\d{1,5}|:\d{1,5})?$/.test(part)
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^www\./, '')
}

/** The last two labels of a host, since images have hosts of their own. */
function siteOf(address: string): string {
  return (URL.parse(unwrapped(address))?.hostname ?? '').split('.').slice(-2).join('.')
}
