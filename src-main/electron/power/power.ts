/** Tells the engine what the computer runs on, now, at each change, around sleep, and when an engine has been started anew. */
import { powerMonitor } from 'electron'
import type { Desktop } from '../window/desktop.ts'

export function tellPower({ link: { engine, onState } }: Pick<Desktop, 'link'>): void {
  function tell(isSuspended: boolean): void {
    // Electron knows nothing of what a connection costs.
    const power = { isOnBattery: powerMonitor.isOnBatteryPower(), isMetered: false, isSuspended }
    void engine.tellPower(power).catch(() => undefined)
  }
  powerMonitor.on('on-battery', () => tell(false))
  powerMonitor.on('on-ac', () => tell(false))
  powerMonitor.on('suspend', () => tell(true))
  powerMonitor.on('resume', () => tell(false))
  onState(state => {
    if (state === 'open') tell(false)
  })
}
