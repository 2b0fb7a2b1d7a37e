/** What the programs that a test starts find in their environment. */
import { test } from 'playwright/test'

/** For a file of specs, once: what a test adds or changes is as before when it has ended. */
export function restoreEnvironment(): void {
  let before: NodeJS.ProcessEnv = {}
  test.beforeEach(() => {
    before = { ...process.env }
  })
  test.afterEach(() => {
    for (const name of Object.keys(process.env)) {
      if (!(name in before)) delete process.env[name]
    }
    Object.assign(process.env, before)
  })
}
