/** On a Mac, Command takes the place of Ctrl, and keys are shown by their own signs. */
export const isMac = navigator.userAgent.includes('Mac')

/** Whether the host makes PDFs: the window of Electron does, as its page says (src-main/host/file-server.ts). */
export function makesPdf(): boolean {
  return document.documentElement.hasAttribute('data-makes-pdf')
}

/** Whether the web host is at this address at each of its starts. */
export function keepsAddress(): boolean {
  return document.documentElement.hasAttribute('data-keeps-address')
}

/** Whether the page is the window of Electron. */
export function isInElectron(): boolean {
  return location.protocol === 'app:'
}
