/** Keys as they stand on the keyboard: 'Mod+Shift+z' becomes Ctrl, Shift, Z; 'g a' two keys after one another. */

const names: Record<string, string> = { Space: 'Space', Escape: 'Esc', Enter: 'Enter', ArrowLeft: '←' }
const macNames: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Escape: 'esc', Enter: '↩' }

/** The keys pressed together, for each of the steps of a shortcut. */
export function keyCaps(shortcut: string, isMac: boolean): string[][] {
  return shortcut.split(' ').map(step => {
    // '+' is a key of its own, and also what joins keys.
    const keys = step === '+' ? ['+'] : step.split('+')
    const isShiftedLetter = keys.includes('Shift') || keys.includes('Mod')
    return keys.map(key => capOf(key, isMac, isShiftedLetter))
  })
}

function capOf(key: string, isMac: boolean, isUpper: boolean): string {
  if (isMac && macNames[key]) return macNames[key]
  if (key === 'Mod') return 'Ctrl'
  return names[key] ?? (isUpper && key.length === 1 ? key.toUpperCase() : key)
}
