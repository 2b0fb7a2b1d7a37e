/** What all dialogs of a window have alike. Whoever shows a dialog provides it, so that none has to pass it on. */
import { createContext, type Snippet } from 'svelte'

type DialogFrame = {
  /** The name of the button in the corner that closes a dialog. */
  closeLabel: string
  /** Stands below the sheet: while a dialog is open, nothing else in the window can be reached or heard. */
  below: Snippet
}

export const [useDialogFrame, provideDialogFrame] = createContext<DialogFrame>()
