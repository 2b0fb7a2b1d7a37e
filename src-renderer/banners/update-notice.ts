/** What of updates is said above the panes: one line at most, and none of what needs nobody. */
import type { UpdatePhase, UpdateState } from '../../src-main/api/host/updates.ts'
import type { UpdateChoice } from '../../src-main/api/settings.ts'

export type UpdateNotice =
  | { kind: 'ask-updates' }
  | { kind: 'update'; phase: Extract<UpdatePhase, { kind: 'there' | 'loading' | 'ready' | 'failed' }>; version: string }

/** `isFirstRun`: the welcome is shown, in which nothing else is asked. */
export function updateNotice(
  state: UpdateState | null,
  choice: UpdateChoice,
  isFirstRun: boolean,
): UpdateNotice | null {
  if (!state || isFirstRun) return null
  if (state.isToAsk && choice === 'unasked') return { kind: 'ask-updates' }
  const { phase, way } = state
  // What the reader left to the program goes on without them, and is tried again the next day.
  const isByItself = choice === 'install' && way === 'install'
  if (phase.kind === 'there' || phase.kind === 'loading') {
    return isByItself ? null : { kind: 'update', phase, version: phase.version }
  }
  if (phase.kind === 'ready') return { kind: 'update', phase, version: phase.version }
  if (phase.kind !== 'failed') return null
  if (phase.reason === 'not-installed') return { kind: 'update', phase, version: phase.detail }
  const isPassing = ['offline', 'unreachable', 'refused', 'cut-off'].includes(phase.reason)
  if (phase.next === null || (isByItself && isPassing)) return null
  return { kind: 'update', phase, version: phase.next.version }
}

/** Dismissed is one of these, for this session: another version, or another state of it, is shown again. */
export function noticeKey(notice: UpdateNotice): string {
  return notice.kind === 'update' ? `${notice.phase.kind} ${notice.version}` : notice.kind
}
