/** What the program runs on. */
import os from 'node:os'
import type { HostHandlers } from '../api/host/calls.ts'

export function runtimeFacts(): Pick<HostHandlers, 'runtime'> {
  const { electron = '', chrome = '', node } = process.versions
  const system = `${os.type()} ${os.release()}, ${process.arch}`
  return { runtime: () => ({ electron, chromium: chrome, node, system }) }
}
