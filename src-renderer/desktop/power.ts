/** What a browser knows of the computer's power and of its connection; Electron's main process tells the engine itself. */
import type { EngineLink } from '../../src-main/api/contract/link.ts'

/** What of them only some browsers have, and TypeScript therefore does not. */
type Battery = EventTarget & { charging: boolean }
type Connection = EventTarget & { saveData?: boolean }
type Knowing = { getBattery?: () => Promise<Battery>; connection?: Connection }

/** Tells the engine now, at each change, and after each lost connection. Where nothing is known, nothing is told. */
export async function tellPower({ engine, onState }: EngineLink, page: Window): Promise<void> {
  const { connection, getBattery } = page.navigator as Navigator & Knowing
  const battery = await getBattery?.call(page.navigator).catch(() => null)
  if (!battery && connection?.saveData === undefined) return
  const tell = () => {
    const isOnBattery = battery?.charging === false
    const power = { isOnBattery, isMetered: connection?.saveData === true, isSuspended: false }
    void engine.tellPower(power).catch(() => undefined)
  }
  battery?.addEventListener('chargingchange', tell)
  connection?.addEventListener('change', tell)
  onState(state => {
    if (state === 'open') tell()
  })
}
