/** Tells the engine what the computer runs on, now, at each change, after sleep, and when an engine has been started anew. */
import { powerMonitor } from 'electron'
import type { Desktop } from '../window/desktop.ts'

export function tellPower({ link: { engine, onState } }: Pick<Desktop, 'link'>): void {
  // Electron knows nothing of what a connection costs.
  const tell = (isOnBattery: boolean) => void engine.tellPower({ isOnBattery, isMetered: false }).catch(() => undefined)
  powerMonitor.on('on-battery', () => tell(true))
  powerMonitor.on('on-ac', () => tell(false))
  powerMonitor.on('resume', () => tell(powerMonitor.isOnBatteryPower()))
  onState(state => {
    if (state === 'open') tell(powerMonitor.isOnBatteryPower())
  })
}
