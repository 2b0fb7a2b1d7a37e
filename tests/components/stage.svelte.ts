/** Runs in the browser: shows one component of the window with the properties that a test names. */
import { type Component, createRawSnippet, flushSync, mount } from 'svelte'
import { Toasts } from '../../src-renderer/state/toasts.svelte.ts'
import '../../src-renderer/ui/styles/base.css'
import StagePage from './Stage.svelte'

type Props = Record<string, unknown>

const components = import.meta.glob<{ default: Component<Props> }>('../../src-renderer/*/**/*.svelte')
const toasts = new Toasts()
const calls: unknown[][] = []
let shown = $state.raw<{ component: Component<Props>; props: Props } | null>(null)

/** Properties come from another process: 'call:name' stands for a function that notes its call, 'html:…' for a snippet. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revived(part)]))
  }
  if (typeof value !== 'string') return value
  if (value === 'toasts') return toasts
  if (value.startsWith('call:')) return (...given: unknown[]) => void calls.push([value.slice(5), ...given.map(plain)])
  if (value.startsWith('html:')) return createRawSnippet(() => ({ render: () => value.slice(5) }))
  return value
}

/** Events and the like can't leave the page. */
const plain = (value: unknown): unknown => (value instanceof Event ? value.type : value)

const controls = {
  toasts,
  calls,
  async show(name: string, props: Props): Promise<void> {
    const component = (await components[`../../src-renderer/${name}.svelte`]!()).default
    shown = { component, props: revived(props) as Props }
    flushSync()
  },
  set(props: Props): void {
    if (shown) shown = { ...shown, props: { ...shown.props, ...(revived(props) as Props) } }
    flushSync()
  },
  leave(): void {
    shown = null
    flushSync()
  },
}

Object.assign(globalThis, { stage: controls })

mount(StagePage, {
  target: document.querySelector('#stage')!,
  props: {
    get shown() {
      return shown
    },
  },
})
