/** The icon in the tray, and starting at login, as a window sees them. */
import { z } from 'zod'

export const trayInputs = {
  /** Asks the system anew: a desktop may have got its tray meanwhile. */
  tray: () => z.strictObject({}),
  startAtLogin: () => z.strictObject({}),
  /** The answer is how it is then. */
  setStartAtLogin: () => z.strictObject({ isOn: z.boolean() }),
}

/** `none`: this desktop shows no such icons. `off`: the settings say so. */
export type TrayPlace = 'shown' | 'off' | 'none'

export type LoginState = {
  /** As the system has it. */
  isOn: boolean
  /** False where the system can't be asked: a run from the source, a Flatpak. */
  canSet: boolean
}

export type TrayOutputs = { tray: { place: TrayPlace }; startAtLogin: LoginState; setStartAtLogin: LoginState }
