/** Runs in the page before its scripts, sandboxed and isolated, and hands the engine's port to the page. */
import { ipcRenderer } from 'electron'

declare const window: { postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void }
declare const location: { origin: string }

ipcRenderer.on('port', event => window.postMessage('broadsheet-port', location.origin, event.ports))
