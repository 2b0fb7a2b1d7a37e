/** Electron's `powerMonitor`: a computer that is plugged in until a test says otherwise. */
import { EventEmitter } from 'node:events'

class PowerMonitor extends EventEmitter {
  isOnBattery = false

  isOnBatteryPower(): boolean {
    return this.isOnBattery
  }
}

export const powerMonitor = new PowerMonitor()

export const powerAnswers = {
  unplug: () => {
    powerMonitor.isOnBattery = true
    powerMonitor.emit('on-battery')
  },
  suspend: () => powerMonitor.emit('suspend'),
  resume: () => powerMonitor.emit('resume'),
  plugIn: () => {
    powerMonitor.isOnBattery = false
    powerMonitor.emit('on-ac')
  },
}
