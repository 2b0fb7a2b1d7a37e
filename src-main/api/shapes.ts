/** The zod shapes of which the contract's inputs are made. */
import { z } from 'zod'
import type { View } from './model.ts'
import { densities, type Settings, settingLimits, themes } from './settings.ts'
import type { FeedRetention, Retention } from './storage-model.ts'

/*
 * zod makes an object of some forty functions for each shape, and all of ours together took 60 ms of every start: each is
 * made at its first use.
 */
export function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => (made ??= make())
}

export function onFirstUse<Shapes extends object>(makers: { [N in keyof Shapes]: () => Shapes[N] }): Readonly<Shapes> {
  const shapes = {} as Shapes
  for (const name of Object.keys(makers) as (keyof Shapes)[]) {
    Object.defineProperty(shapes, name, { enumerable: true, get: once(makers[name]) })
  }
  return shapes
}

export const id = z.int().positive()
/** Checked in one loop: zod takes 40 to 100 ms for 200,000 ids, on the thread that answers every window. */
export const ids = z.custom<number[]>(value => Array.isArray(value) && value.length <= 200_000 && value.every(isId))

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0
}

export const address = once(() => z.string().trim().min(1).max(4_096))
export const title = once(() => z.string().trim().min(1).max(300))
/** A list of feeds: text, or a file in base64, whose encoding is detected. At most 20 MB. */
export const opmlSource = once(() =>
  z.strictObject({ text: z.string().max(20_000_000).optional(), file: z.string().max(26_700_000).optional() }),
)

export const view = once(
  () =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all') }),
      z.strictObject({ kind: z.literal('today') }),
      z.strictObject({ kind: z.literal('unread') }),
      z.strictObject({ kind: z.literal('saved') }),
      z.strictObject({ kind: z.literal('feed'), feedId: id }),
      z.strictObject({ kind: z.literal('folder'), folderId: id }),
      z.strictObject({ kind: z.literal('search'), query: z.string().max(1_000) }),
    ]) satisfies z.ZodType<View>,
)

export const feedRetention = once(
  () =>
    z.strictObject({
      days: z.int().min(1).max(36_500).nullable(),
      perFeed: z.int().min(1).max(1_000_000).nullable(),
      includesUnread: z.boolean(),
    }) satisfies z.ZodType<FeedRetention>,
)
export const retention = once(
  () =>
    feedRetention().extend({
      megabytes: z.int().min(50).max(1_000_000).nullable(),
    }) satisfies z.ZodType<Retention>,
)

export const pageKey = once(() => z.strictObject({ publishedAt: z.number(), id }))

const within = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max)

export const settings = once(
  () =>
    z.strictObject({
      theme: z.enum(themes),
      density: z.enum(densities),
      textSize: within(settingLimits.textSize),
      sourcesWidth: within(settingLimits.sourcesWidth),
      headlinesWidth: within(settingLimits.headlinesWidth),
      isSourcesHidden: z.boolean(),
      collapsedFolders: z.array(id).max(10_000),
      newestFirst: z.boolean(),
      unreadOnly: z.boolean(),
      loadImages: z.boolean(),
      lastView: view(),
      lastArticleId: id.nullable(),
      lastArticlePlace: z.strictObject({ block: z.int(), text: z.string().max(200), offset: z.number() }).nullable(),
      showingArticleId: id.nullable(),
      retention: retention(),
      backupFolder: z.string().trim().min(1).max(1_000).nullable(),
    }) satisfies z.ZodType<Settings>,
)

export const none = once(() => z.strictObject({}))
/** Basic credentials (RFC 7617). The user name may be empty, the password too; they are stored sealed. */
export const credentials = once(() =>
  z.strictObject({
    userName: z
      .string()
      .max(300)
      .regex(/^[^:]*$/),
    password: z.string().max(1_000),
  }),
)
/** Address of an HTTP proxy, with a user name and password where it needs them; or 'direct' for none. */
export const proxy = once(() => z.union([z.literal('direct'), z.url({ protocol: /^https?$/ }).max(500)]))
