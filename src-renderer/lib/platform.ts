/** On a Mac, Command takes the place of Ctrl, and keys are shown by their own signs. */
export const isMac = navigator.userAgent.includes('Mac')
