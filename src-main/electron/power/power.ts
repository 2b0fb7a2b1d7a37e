/** Tells the engine what the computer runs on, now, at each change, around sleep, and when an engine has been started anew. */
import { powerMonitor } from 'electron'
import { minute } from '../../lib/time.ts'
import type { Desktop } from '../window/desktop.ts'
import { isConnectionMetered } from './metered.ts'

/** No system announces to a program that its connection costs: it is asked as often (ms), and after sleep. */
const interval = 10 * minute

export function tellPower({ link: { engine, onState } }: Pick<Desktop, 'link'>): void {
  let isMetered = false

  function tell(isSuspended: boolean): void {
    const power = { isOnBattery: powerMonitor.isOnBatteryPower(), isMetered, isSuspended }
    void engine.tellPower(power).catch(() => undefined)
  }

  async function look(): Promise<void> {
    const before = isMetered
    isMetered = await isConnectionMetered(process.platform, process.env)
    if (isMetered !== before) tell(false)
  }

  powerMonitor.on('on-battery', () => tell(false))
  powerMonitor.on('on-ac', () => tell(false))
  powerMonitor.on('suspend', () => tell(true))
  powerMonitor.on('resume', () => {
    tell(false)
    void look()
  })
  onState(state => {
    if (state === 'open') tell(false)
  })
  void look()
  setInterval(() => void look(), interval).unref()
}
