/** Times of one call each: waits as a window sees them, and the processor time they cost. */

export type Times = { rows: number; p50: number; p99: number; cpu: number; cpu99: number }

/**
 * Asks so many times, after two that don't count. Times in ms; `cpu` (the mean) and `cpu99` are processor time of all threads
 * of this process: what is left to read where others keep the machine busy.
 */
export async function measure(calls: number, ask: (call: number) => unknown): Promise<Times> {
  let answer: unknown
  for (let call = -2; call < 0; call++) answer = await ask(call)
  const waits: number[] = []
  const costs: number[] = []
  for (let call = 0; call < calls; call++) {
    const before = process.cpuUsage()
    const started = performance.now()
    answer = await ask(call)
    waits.push(performance.now() - started)
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / 1_000)
  }
  const cpu = costs.reduce((sum, cost) => sum + cost, 0) / calls
  return { rows: rowsOf(answer), ...shares(waits), cpu, cpu99: shares(costs).p99 }
}

export function shares(waits: number[]): { p50: number; p95: number; p99: number } {
  const inOrder = waits.toSorted((a, b) => a - b)
  const at = (share: number) => inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export function numberOf(args: string[], name: string, otherwise: number): number {
  const at = args.indexOf(name)
  return (at < 0 ? 0 : Number(args[at + 1])) || otherwise
}

/** What follows `name`; null where it is not given. */
export function textOf(args: string[], name: string): string | null {
  const at = args.indexOf(name)
  return (at < 0 ? undefined : args[at + 1]) ?? null
}

function rowsOf(answer: unknown): number {
  if (Array.isArray(answer)) return answer.length
  const { rows } = (answer ?? {}) as { rows?: unknown[] }
  return rows?.length ?? 0
}
