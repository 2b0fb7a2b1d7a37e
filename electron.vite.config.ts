import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

// Every thread and program is an entry of its own, side by side in one folder, so that each finds the others (files.ts).
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          electron: 'src-main/electron/main.ts',
          cli: 'src-main/cli.ts',
          start: 'src-main/start.ts',
          engine: 'src-main/engine/thread.ts',
          intake: 'src-main/engine/intake.ts',
          worker: 'src-main/engine/work/worker.ts',
          keeper: 'src-main/engine/keeper.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'shared-[name]-[hash].js',
          // Kept together: the engine uses one half of it and the workers load the other, and the bundler put the engine's
          // half into engine.js, so that a worker that read a list started a second engine.
          codeSplitting: { groups: [{ name: 'opml', test: /feeds.opml/ }] },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file that may require nothing but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'src-main/electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    publicDir: false,
    build: {
      outDir: 'out/renderer',
      assetsInlineLimit: 0,
      rollupOptions: { input: 'src-renderer/index.html' },
    },
    plugins: [svelte()],
  },
})
