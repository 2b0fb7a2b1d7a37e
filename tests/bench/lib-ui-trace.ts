/** What the page's main thread does, by kind of work, from Chromium's own trace. */
import type { Browser, Page } from 'playwright'

export const kinds = ['script', 'compile', 'parse HTML', 'style', 'layout', 'paint', 'memory', 'other'] as const
type Kind = (typeof kinds)[number]
/** In ms of the thread's processor time. */
export type Work = Record<Kind, number> & { all: number; longTasks: number }

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  /** In µs. */
  dur?: number
  /** In µs of processor time. */
  tdur?: number
  args: { name?: string }
}

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8.execute',
  'v8',
  'blink.user_timing',
]
/** In ms: a task longer than this is one that a reader may notice (W3C Long Tasks). */
const longTask = 50

const kindOf: Record<string, Kind> = {
  ...named('script', ['FunctionCall', 'EvaluateScript', 'v8.run', 'RunMicrotasks', 'v8.callFunction', 'TimerFire']),
  ...named('script', [
    'FireAnimationFrame',
    'EventDispatch',
    'HandlePostMessage',
    'v8.evaluateModule',
    'FireIdleCallback',
  ]),
  ...named('compile', ['v8.compile', 'v8.compileModule', 'V8.CompileCode', 'v8.produceCache', 'V8.CompileIgnition']),
  ...named('parse HTML', ['ParseHTML', 'ParseAuthorStyleSheet']),
  ...named('style', ['UpdateLayoutTree', 'InvalidateLayout', 'ScheduleStyleRecalculation']),
  ...named('layout', ['Layout', 'HitTest', 'IntersectionObserverController::computeIntersections']),
  ...named('paint', ['PrePaint', 'Paint', 'Layerize', 'Commit', 'UpdateLayer', 'CompositeLayers', 'RasterTask']),
  ...named('memory', ['MajorGC', 'MinorGC', 'V8.GC_SCAVENGER', 'BlinkGC.AtomicPhase', 'CppGC.IncrementalSweep']),
}

/** Traces the browser while `act` runs. */
export async function workDuring(browser: Browser, page: Page | undefined, act: () => Promise<unknown>): Promise<Work> {
  await browser.startTracing(page, { categories })
  await act()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return workIn(trace.traceEvents)
}

/** Each moment counts for the innermost event that spans it. */
function workIn(events: TraceEvent[]): Work {
  const pages = new Set(
    events.filter(event => event.name === 'thread_name' && event.args.name === 'CrRendererMain').map(threadOf),
  )
  const work = { ...Object.fromEntries(kinds.map(kind => [kind, 0])), all: 0, longTasks: 0 } as Work
  const open = new Map<string, { end: number; kind: Kind }[]>()
  const spans = events.filter(event => event.ph === 'X' && pages.has(threadOf(event)))
  for (const { name, ts, dur = 0, tdur = 0, ...event } of spans.toSorted(
    (a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0),
  )) {
    const around = open.get(threadOf(event)) ?? []
    open.set(threadOf(event), around)
    while (around.length > 0 && around.at(-1)!.end <= ts) around.pop()
    const outer = around.at(-1)
    const kind = kindOf[name] ?? outer?.kind ?? 'other'
    work[kind] += tdur / 1_000
    if (outer) work[outer.kind] -= tdur / 1_000
    else work.all += tdur / 1_000
    if (!outer && tdur / 1_000 > longTask) work.longTasks++
    around.push({ end: ts + dur, kind })
  }
  return work
}

function threadOf({ pid, tid }: Pick<TraceEvent, 'pid' | 'tid'>): string {
  return `${pid} ${tid}`
}

function named(kind: Kind, names: string[]): Record<string, Kind> {
  return Object.fromEntries(names.map(name => [name, kind]))
}
