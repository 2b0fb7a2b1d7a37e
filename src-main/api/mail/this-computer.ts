/** Whether a mail server is on this computer: only such a one is spoken to in the clear. */
export function isThisComputer(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
