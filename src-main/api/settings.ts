/**
 * The user's settings: their defaults and limits. What they are is in shapes.ts, so that the window stays free of zod. Those of
 * reading may be said by folders and feeds, too, and hold for all that is in them.
 */
import type { Shaped, settings } from './shapes.ts'

export const themes = ['system', 'light', 'dark', 'sepia', 'contrast'] as const
/** Of article text: a serif, a sans, and one whose letters are hard to take for each other. */
export const typefaces = ['serif', 'sans', 'legible'] as const
export const densities = ['compact', 'normal', 'roomy'] as const
/** What is counted in the title of the window and on the program's icon; `chosen`: feeds with `inBadge`. */
export const badges = ['unread', 'chosen', 'none'] as const
/** What closing the window does where there is an icon in the tray. macOS has its own way. */
export const closings = ['ask', 'keep-running', 'quit'] as const
/** Whether new versions are looked for, and what is done about them. Nothing is asked of a server before the reader has chosen. */
export const updateChoices = ['unasked', 'never', 'tell', 'install'] as const
export type UpdateChoice = (typeof updateChoices)[number]
/** A front page, or rows like those of other lists. */
export const trendingLooks = ['page', 'list'] as const

/** In the order in which they stand. 'stories': what most sources report or, where there are no stories, the newest of each folder. */
export const digestParts = ['stories', 'saved', 'quiet', 'newsletters'] as const
export type DigestPartName = (typeof digestParts)[number]

/** What digests are written as into a folder of the user's. */
export const digestFileKinds = ['html', 'epub', 'both'] as const
export type DigestFileKind = (typeof digestFileKinds)[number]

/** How many articles a digest has at most, inclusive. */
export const digestLimits = { min: 5, max: 50 } as const

/** When one is wanted: on these days of the week (0 is Sunday) at this time ('HH:MM'), where the reader is. */
export type DigestTimes = { days: readonly number[]; at: string }

/** The first of each is the default. */
export const readingChoices = {
  /** 'ask': none is requested until the reader says so; 'never': none at all. */
  pictures: ['load', 'ask', 'never'],
  /** Whether the text of the page is fetched for each article, or when the reader asks for it. */
  fullText: ['ask', 'always'],
  /** What opening a headline opens: the article in the window, or its page in the browser. */
  openAs: ['article', 'page'],
  /** 'auto': as the article's language and letters say. */
  direction: ['auto', 'ltr', 'rtl'],
  /** Whether the system tells the reader of new articles. */
  notify: ['no', 'yes'],
  /** Whether its unread articles are counted where the badge counts chosen feeds. */
  inBadge: ['no', 'yes'],
} as const

export type ReadingName = keyof typeof readingChoices
export type ReadingValues = { [N in ReadingName]: (typeof readingChoices)[N][number] }
/** What a feed or a folder says itself. What is absent is inherited. */
export type ReadingOptions = Partial<ReadingValues>
/** Changes of these: what is absent stays, null is inherited from now on. */
export type ReadingChanges = { [N in ReadingName]?: ReadingValues[N] | null | undefined }

export const readingNames = Object.keys(readingChoices) as ReadingName[]

const defaultReading: ReadingValues = {
  pictures: 'load',
  fullText: 'ask',
  openAs: 'article',
  direction: 'auto',
  notify: 'no',
  inBadge: 'no',
}

export type Settings = Shaped<typeof settings>

/** `name` is the category that is called `as`. */
export type CategoryAlias = Settings['categoryAliases'][number]
export const mostAliases = 1_000

/** How the panes stand beside each other. */
export type PaneLayout = Pick<Settings, 'sourcesWidth' | 'headlinesWidth' | 'isSourcesHidden'>

/** The defaults, for the engine, and for a window until the engine has answered. */
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  typeface: 'serif',
  textSize: 19,
  lineLength: 76,
  lineHeight: 1.6,
  isJustified: false,
  isHyphenated: true,
  sourcesWidth: 260,
  headlinesWidth: 400,
  isSourcesHidden: false,
  collapsedFolders: [],
  newestFirst: true,
  unreadOnly: false,
  foldsCopies: true,
  badge: 'unread',
  showsTray: true,
  whenClosed: 'ask',
  savesPower: true,
  updates: 'unasked',
  categoryAliases: [],
  trendingHours: 24,
  trendingAs: 'page',
  ...defaultReading,
  digest: { days: [0, 1, 2, 3, 4, 5, 6], at: '07:00', most: 20, parts: [...digestParts] },
  digestFolder: null,
  digestFile: 'html',
  quietHours: null,
  playbackRate: 1,
  volume: 1,
  retention: { days: null, perFeed: null, includesUnread: false, megabytes: null },
  shareTargets: [{ name: 'Mail', template: 'mailto:?subject={title}&body={url}' }],
  backupFolder: null,
}

/** Inclusive; in px where nothing else is said. */
export const settingLimits = {
  textSize: { min: 12, max: 32 },
  /** In characters. */
  lineLength: { min: 40, max: 110 },
  /** In parts of the text's size. */
  lineHeight: { min: 1.2, max: 2.2 },
  sourcesWidth: { min: 160, max: 600 },
  headlinesWidth: { min: 240, max: 900 },
} as const

/** Who says it: the feed itself, the nearest folder above it that says something, or the settings. */
export type ReadingOrigin = { kind: 'feed' } | { kind: 'folder'; folderId: number } | { kind: 'settings' }
export type ResolvedReading = { [N in ReadingName]: { value: ReadingValues[N]; from: ReadingOrigin } }

/** One that has options, from the feed up to the outermost folder. */
export type ReadingLevel = { from: ReadingOrigin; reading: ReadingOptions }

/** What holds, and who says so: the first level that says something, else the settings. */
export function resolveReading(levels: ReadingLevel[], settings: ReadingValues): ResolvedReading {
  const resolve = <N extends ReadingName>(name: N) => {
    const level = levels.find(({ reading }) => reading[name] !== undefined)
    const value = level?.reading[name] ?? settings[name]
    return { value, from: level?.from ?? { kind: 'settings' as const } }
  }
  return {
    pictures: resolve('pictures'),
    fullText: resolve('fullText'),
    openAs: resolve('openAs'),
    direction: resolve('direction'),
    notify: resolve('notify'),
    inBadge: resolve('inBadge'),
  }
}

type FolderWithReading = { id: number; parentId: number | null; reading: ReadingOptions }

/** The levels of a folder and of those above it, the nearest first. */
export function folderLevels(folders: ReadonlyMap<number, FolderWithReading>, folderId: number | null): ReadingLevel[] {
  const levels: ReadingLevel[] = []
  // A damaged table may have a cycle.
  for (let at = folderId; at !== null && levels.length < 64; ) {
    const folder = folders.get(at)
    if (!folder) break
    levels.push({ from: { kind: 'folder', folderId: folder.id }, reading: folder.reading })
    at = folder.parentId
  }
  return levels
}

/** Only the values, without who says so. */
export function valuesOf(resolved: ResolvedReading): ReadingValues {
  const { pictures, fullText, openAs, direction, notify, inBadge } = resolved
  return {
    pictures: pictures.value,
    fullText: fullText.value,
    openAs: openAs.value,
    direction: direction.value,
    notify: notify.value,
    inBadge: inBadge.value,
  }
}
