/** The zod shapes of which the contract's inputs are made. The model and the settings have their types from here. */
import { z } from 'zod'
import { once } from './once.ts'
import {
  badges,
  closings,
  densities,
  digestFileKinds,
  digestLimits,
  digestParts,
  mostAliases,
  readingChoices,
  settingLimits,
  themes,
  trendingLooks,
  typefaces,
  updateChoices,
} from './settings.ts'

/** What such a shape describes. */
export type Shaped<Make extends () => z.ZodType> = z.output<ReturnType<Make>>

/*
 * zod makes an object of some forty functions for each shape, and all of ours together took 60 ms of every start: each is
 * made at its first use.
 */
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

/** Of a mail server. */
export const hostName = once(() =>
  z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[^\s/@]+$/),
)

/** A publisher's category, in any of its spellings. */
export const categoryName = once(() => z.string().trim().min(1).max(200))

/** What the middle pane lists. */
export const view = once(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('today') }),
    z.strictObject({ kind: z.literal('unread') }),
    z.strictObject({ kind: z.literal('saved') }),
    /** Pages that were saved by their address. */
    z.strictObject({ kind: z.literal('pages') }),
    /** The article that stands for each story that is trending, in the order of their rank. */
    z.strictObject({ kind: z.literal('trending') }),
    z.strictObject({ kind: z.literal('feed'), feedId: id }),
    z.strictObject({ kind: z.literal('folder'), folderId: id }),
    z.strictObject({ kind: z.literal('category'), name: categoryName() }),
    z.strictObject({ kind: z.literal('search'), query: z.string().max(1_000) }),
  ]),
)

/** What an article can be saved as. */
export const articleFormat = once(() => z.enum(['html', 'markdown', 'epub']))

/** How long articles are kept. Null: no limit. Saved articles are never deleted. */
export const feedRetention = once(() =>
  z.strictObject({
    /** Since an article came. */
    days: z.int().min(1).max(36_500).nullable(),
    /** So many of each feed, the newest. */
    perFeed: z.int().min(1).max(1_000_000).nullable(),
    /** Articles that were never read may be deleted, too. */
    includesUnread: z.boolean(),
  }),
)
export const retention = once(() =>
  feedRetention().extend({
    /** The oldest are deleted when the database is larger than this. */
    megabytes: z.int().min(50).max(1_000_000).nullable(),
  }),
)

/** How far back it is looked for what is trending. */
export const trendingHours = once(() => z.union([z.literal(6), z.literal(24), z.literal(168)]))

export const pageKey = once(() => z.strictObject({ publishedAt: z.number(), id }))

const readingShapes = {
  pictures: () => z.enum(readingChoices.pictures),
  fullText: () => z.enum(readingChoices.fullText),
  openAs: () => z.enum(readingChoices.openAs),
  direction: () => z.enum(readingChoices.direction),
  notify: () => z.enum(readingChoices.notify),
  inBadge: () => z.enum(readingChoices.inBadge),
}

/** What is absent stays; null: inherited from now on. */
export const readingChanges = once(() =>
  z.strictObject({
    pictures: readingShapes.pictures().nullish(),
    fullText: readingShapes.fullText().nullish(),
    openAs: readingShapes.openAs().nullish(),
    direction: readingShapes.direction().nullish(),
    notify: readingShapes.notify().nullish(),
    inBadge: readingShapes.inBadge().nullish(),
  }),
)

/** 'HH:MM', as a time field gives it. */
const timeOfDay = once(() => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** Digests are made while their source is followed; here is when, and of what. */
const digest = once(() =>
  z.strictObject({
    /** Of the week; 0 is Sunday. */
    days: z.array(z.int().min(0).max(6)).min(1).max(7),
    at: timeOfDay(),
    /** So many articles. */
    most: z.int().min(digestLimits.min).max(digestLimits.max),
    parts: z.array(z.enum(digestParts)).min(1).max(digestParts.length),
  }),
)

const within = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max)

/** The scroll position within an article: a block of text, and `offset` in parts of that block's height. */
export const readingPlace = once(() =>
  z.strictObject({
    /** Counted from 0; -1 for above the text, where `offset` is in px from the top. */
    block: z.int(),
    /** How the block begins: it is found by that when the article has changed. */
    text: z.string().max(200),
    offset: z.number(),
  }),
)

export const settings = once(() =>
  z.strictObject({
    theme: z.enum(themes),
    density: z.enum(densities),
    /** How article text is set; its size is in px, lines are so many characters long. */
    typeface: z.enum(typefaces),
    textSize: within(settingLimits.textSize),
    lineLength: within(settingLimits.lineLength),
    lineHeight: within(settingLimits.lineHeight),
    isJustified: z.boolean(),
    isHyphenated: z.boolean(),
    /** Pane widths in px and what is collapsed; here, since a browser's own storage belongs to one port. */
    sourcesWidth: within(settingLimits.sourcesWidth),
    headlinesWidth: within(settingLimits.headlinesWidth),
    isSourcesHidden: z.boolean(),
    collapsedFolders: z.array(id).max(10_000),
    newestFirst: z.boolean(),
    unreadOnly: z.boolean(),
    /** One article that several feeds have is one row. */
    foldsCopies: z.boolean(),
    badge: z.enum(badges),
    /** Of the Electron host: an icon in the tray, or in the menu bar of macOS. */
    showsTray: z.boolean(),
    whenClosed: z.enum(closings),
    /** On battery, or where each byte costs, feeds are asked less often; there nothing is fetched in advance either. */
    savesPower: z.boolean(),
    updates: z.enum(updateChoices),
    /** Names of categories that the reader joined to others; changed by joinCategories and separateCategory. */
    categoryAliases: z.array(z.strictObject({ name: categoryName(), as: categoryName() })).max(mostAliases),
    trendingHours: trendingHours(),
    trendingAs: z.enum(trendingLooks),
    /** How articles are read where neither their feed nor a folder says anything. */
    pictures: readingShapes.pictures(),
    fullText: readingShapes.fullText(),
    openAs: readingShapes.openAs(),
    direction: readingShapes.direction(),
    notify: readingShapes.notify(),
    inBadge: readingShapes.inBadge(),
    /** No notices between these times of the day, local time and over midnight too; null: at any time. */
    digest: digest(),
    /** A folder of the user's own that each digest is written into, as a path; null for none. */
    digestFolder: z.string().trim().min(1).max(1_000).nullable(),
    digestFile: z.enum(digestFileKinds),
    quietHours: z.strictObject({ from: timeOfDay(), to: timeOfDay() }).nullable(),
    /** How fast sound and film play, and how loud: 1 is as it was recorded, and as loud as the system has it. */
    playbackRate: z.number().min(0.5).max(3),
    volume: z.number().min(0).max(1),
    /** How long articles are kept, where a feed has no rule of its own. */
    retention: retention(),
    /** Where articles are shared to, in the order of the menu; names/share-template.ts says which can be opened. */
    shareTargets: z
      .array(z.strictObject({ name: z.string().trim().min(1).max(60), template: z.string().trim().min(1).max(1_000) }))
      .max(20),
    /** A folder of the user's own for backups, as a path; null for the one in the data folder. */
    backupFolder: z.string().trim().min(1).max(1_000).nullable(),
  }),
)

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
