import { pathToFileURL } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { build, type Plugin } from 'vite'
import { listOfChanges } from './scripts/packaging/changes-plugin.ts'
import { licenceNotices, requireLicences } from './scripts/packaging/notices-plugin.ts'

// The first brings a binary that it looks for beside its own files. The second makes a `require` of its own, beside the one
// that a built file is given: such a file, and the maintenance thread with it, does not even begin to run.
const asTheyAre = ['better-sqlite3', 'fflate']

/**
 * Letters of other scripts as escapes, and no comments, where they stood as they are: each of five threads keeps the text of its
 * files, and V8 takes two bytes for each letter of a file where one letter needs them, 11 MB in all.
 */
const oneByte = { charset: 'ascii', comments: { legal: true, jsdoc: false, annotation: false } } as const

/**
 * Makes one file of the engine's thread, which every start waits for: it is there in two thirds of the processor time that
 * it takes to load it in twenty pieces. What the pieces hold is in the files of other threads as well.
 */
function engineInOneFile(): Plugin {
  return {
    name: 'engine-in-one-file',
    async writeBundle({ dir }) {
      await build({
        configFile: false,
        logLevel: 'warn',
        ssr: { noExternal: true },
        build: {
          ssr: `${dir}/engine.js`,
          outDir: dir,
          emptyOutDir: false,
          target: 'node24',
          minify: false,
          rollupOptions: {
            external: asTheyAre,
            output: { ...oneByte, format: 'es', codeSplitting: false, entryFileNames: 'engine.js' },
          },
        },
      })
    },
  }
}

/**
 * What the language detector knows of languages, a megabyte of one literal, as a file of JSON: V8 reads it in a quarter of the
 * time, and the thread that groups articles holds 50 MB less, which the syntax tree of the literal took and the system did not
 * get back. A text within the code would be kept with it.
 */
function languagesAsJson(): Plugin {
  return {
    name: 'languages-as-json',
    async load(id) {
      if (!/eld.src.ngrams.\w+\.js$/.test(id)) return null
      const { ngramsData } = (await import(pathToFileURL(id).href)) as {
        ngramsData: { ngrams: Record<string, object> }
      }
      const { ngrams, ...rest } = ngramsData
      const scores = [...new Set(Object.values(ngrams).map(one => JSON.stringify(one)))]
      const places = new Map(scores.map((one, place) => [one, place]))
      const placeOf = Object.fromEntries(
        Object.entries(ngrams).map(([key, one]) => [key, places.get(JSON.stringify(one))]),
      )
      const source = JSON.stringify({ scores: scores.map(one => JSON.parse(one)), ngrams: placeOf, rest })
      this.emitFile({ type: 'asset', fileName: 'languages.json', source })
      return `import { readFileSync } from 'node:fs'
        import { join } from 'node:path'
        const parsed = JSON.parse(readFileSync(join(import.meta.dirname, 'languages.json'), 'utf8'))
        for (const key in parsed.ngrams) parsed.ngrams[key] = parsed.scores[parsed.ngrams[key]]
        export const ngramsData = { ...parsed.rest, ngrams: parsed.ngrams }`
    },
  }
}

const root = import.meta.dirname

// Every thread and program is an entry of its own, side by side in one folder, so that each finds the others (host/file-server.ts).
export default defineConfig({
  main: {
    plugins: [engineInOneFile(), languagesAsJson(), requireLicences(root)],
    build: {
      outDir: 'out/main',
      // Libraries are taken in: a start that looks for some hundred files of theirs takes half a second longer.
      externalizeDeps: false,
      rollupOptions: {
        external: asTheyAre,
        input: {
          electron: 'src-main/electron/main.ts',
          cli: 'src-main/cli.ts',
          start: 'src-main/start.ts',
          engine: 'src-main/engine/thread.ts',
          intake: 'src-main/intake/thread.ts',
          worker: 'src-main/workers/worker.ts',
          maintenance: 'src-main/maintenance/thread.ts',
          grouping: 'src-main/grouping/thread.ts',
        },
        output: {
          format: 'es',
          ...oneByte,
          entryFileNames: '[name].js',
          chunkFileNames: 'shared-[name]-[hash].js',
          // Files of their own: the engine uses these and the workers load them too, and the bundler put them into engine.js,
          // so that a worker that read a list started a second engine.
          codeSplitting: {
            groups: [
              { name: 'opml-values', test: /opml.values/ },
              // What the first thread of every start loads, in one file instead of seven. Nothing of the engine's.
              {
                name: 'host',
                test: /src-main.host.(?:compile-cache|file-server|data-folders|security-headers|engine-host|running-note|startup-errors)\.ts$/,
              },
            ],
          },
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
      // electron-vite leaves it as it is: 600 kB instead of 250 that every start reads and compiles.
      minify: true,
      rollupOptions: { input: 'src-renderer/index.html' },
    },
    plugins: [svelte(), licenceNotices(root), listOfChanges(root), requireLicences(root)],
  },
})
