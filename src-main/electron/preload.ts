/** Runs in the page before its scripts, sandboxed and isolated, and hands the ports to the engine and the host to the page. */
import { ipcRenderer } from 'electron'

declare const window: { postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void }
declare const location: { origin: string }

for (const name of ['engine-port', 'host-port']) {
  ipcRenderer.on(name, event => window.postMessage(`broadsheet-${name}`, location.origin, event.ports))
}
