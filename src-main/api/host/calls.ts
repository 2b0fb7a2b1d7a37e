/**
 * What a window may ask of Electron's main process: what belongs to this computer and not to the database. Inputs are checked in
 * the main process; the window imports types only. The browser host has no such calls.
 */
import { z } from 'zod'
import type { Client } from '../contract/rpc.ts'
import { onFirstUse } from '../shapes.ts'
import type { HostEvents } from './events.ts'
import { type LinkOutputs, linkInputs } from './links.ts'
import { type MenuOutputs, menuInputs } from './menu.ts'
import { type TrayOutputs, trayInputs } from './tray.ts'
import { type UpdateOutputs, updateInputs } from './updates.ts'

export const hostInputs = onFirstUse({
  /** What the program runs on, for the reader's reports of faults. */
  runtime: () => z.strictObject({}),
  /** Whether the system can show notices at all, and did show the last one. */
  notices: () => z.strictObject({}),
  ...linkInputs,
  ...menuInputs,
  ...trayInputs,
  ...updateInputs,
})

export type HostOutputs = LinkOutputs &
  MenuOutputs &
  TrayOutputs &
  UpdateOutputs & {
    /** `refusal`: what the system said to the last one where it showed none; null where it did. */
    notices: { isSupported: boolean; refusal: string | null }
    /** `system`: its kind, release and processor. */
    runtime: { electron: string; chromium: string; node: string; system: string }
  }

export type HostName = keyof typeof hostInputs
export type HostInput<N extends HostName> = z.input<(typeof hostInputs)[N]>
export type HostChecked<N extends HostName> = z.output<(typeof hostInputs)[N]>

/** How the main process answers them. */
export type HostHandlers = {
  [N in HostName]: (input: HostChecked<N>) => HostOutputs[N] | Promise<HostOutputs[N]>
}

type HostCalls = { [N in HostName]: (input: HostInput<N>) => Promise<HostOutputs[N]> }
/** The Electron host as a window sees it. */
export type HostClient = Client<HostCalls, HostEvents>
