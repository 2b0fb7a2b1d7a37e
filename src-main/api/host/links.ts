/** Whether the system opens feed: links with Broadsheet. */
import { z } from 'zod'

export const linkInputs = {
  links: () => z.strictObject({}),
  /** Asks the system to open them with Broadsheet, or no longer to. The answer is how it is then. */
  setLinks: () => z.strictObject({ areOurs: z.boolean() }),
}

export type LinkState = {
  /** As the system has it. */
  areOurs: boolean
  /** What can be asked of the system. On Linux another program is chosen there, and not by leaving. */
  can: 'both' | 'take' | 'nothing'
  /** Windows may ask, and may keep the program that was chosen in its settings. */
  mayAsk: boolean
}

export type LinkOutputs = { links: LinkState; setLinks: LinkState }
