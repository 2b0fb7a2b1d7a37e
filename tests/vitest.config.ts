import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Only what hangs is ended: saving a thousand articles takes under 2 s on an idle machine, and was seen to take 21 s at a
 * load of 24 on two processors.
 */
const timeouts = { testTimeout: 90_000, hookTimeout: 90_000 }

export default defineConfig({
  root,
  test: {
    // Two threads of the engine and a worker per test file already; more files at once only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/renderer/**'],
          setupFiles: ['tests/support/properties.ts'],
          pool: 'forks',
          ...timeouts,
        },
      },
      {
        root,
        plugins: [svelte({ configFile: false })],
        // The window's Svelte, not the one for rendering on a server.
        resolve: { conditions: ['browser'] },
        test: { name: 'renderer', include: ['tests/renderer/**/*.test.ts'], pool: 'forks', ...timeouts },
      },
    ],
  },
})
