/** What the program runs on. */
import type { HostHandlers } from '../api/host/calls.ts'

export function runtimeFacts(): Pick<HostHandlers, 'runtime'> {
  const { electron = '', chrome = '', node } = process.versions
  return { runtime: () => ({ electron, chromium: chrome, node }) }
}
