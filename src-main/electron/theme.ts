/** Title bar, menus and the colour before the first paint follow the reader's theme. */
import { nativeTheme } from 'electron'
import type { Settings } from '../api/model.ts'
import { portOfNodePort } from '../api/ports.ts'
import { connect } from '../api/rpc.ts'
import type { RunningEngine } from '../engine-thread.ts'

/** Sets the theme and keeps it in step, over restarts of the engine. Answers once it is set. */
export async function followTheme(engine: RunningEngine): Promise<void> {
  if (engine.hasEnded()) return
  const client = connect(portOfNodePort(engine.connect()))
  client.on('settings-changed', ({ settings }) => setTheme(settings))
  client.onClose(() => void followTheme(engine))
  // An engine that dies just now closes the client, which asks again.
  await client.settings({}).then(setTheme, () => undefined)
}

/** Systems know no sepia; it is a light theme. */
function setTheme({ theme }: Settings): void {
  nativeTheme.themeSource = theme === 'sepia' ? 'light' : theme
}
