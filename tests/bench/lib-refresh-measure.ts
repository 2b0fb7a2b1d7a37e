/** Runs a program and says what it took: time, processor time of it and all its children, most memory of all together. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export type Measured = {
  wallSeconds: number
  /** User and system; NaN where the shell does not tell. */
  cpuSeconds: number
  /** Most resident memory of the whole family of processes at one moment; NaN where /proc is not there. */
  peakMb: number
  code: number
  /** The last of what it said. */
  words: string
}

const lookEvery = 100

/** The shell waits for the program, and then says by `times` (POSIX) what its children used. */
export function measure(command: string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Measured> {
  const script = '"$@"; code=$?; times >&3; exit $code'
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    let words = ''
    let times = ''
    let peak = Number.NaN
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (part: Buffer) => {
        words = (words + part).slice(-2_000)
      })
    }
    child.stdio[3]?.on('data', (part: Buffer) => {
      times += part
    })
    const timer = setInterval(() => {
      const used = memoryOfFamily(child.pid ?? 0)
      if (!(used <= peak)) peak = used
    }, lookEvery)
    child.on('error', reject)
    child.on('close', code => {
      clearInterval(timer)
      resolve({
        wallSeconds: (performance.now() - start) / 1_000,
        cpuSeconds: childSeconds(times),
        peakMb: peak,
        code: code ?? 1,
        words,
      })
    })
  })
}

/** `times` prints two lines, of the shell and of its children, each user and system as 0m1.23s. */
function childSeconds(times: string): number {
  const parts = times.trim().split('\n').at(-1)?.split(/\s+/) ?? []
  return parts.reduce((sum, part) => {
    const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(part) ?? []
    return sum + Number(minutes) * 60 + Number(seconds)
  }, 0)
}

function memoryOfFamily(root: number): number {
  try {
    const children = new Map<number, number[]>()
    for (const name of readdirSync('/proc')) {
      const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : null
      if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    }
    const family = [root]
    for (const process of family) family.push(...(children.get(process) ?? []))
    return family.reduce((sum, process) => sum + residentMb(process), 0)
  } catch {
    return Number.NaN
  }
}

function parentOf(process: number): number | null {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'latin1')
    // The name may hold anything, brackets and spaces too.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

/** Resident memory of a process, now or the most that it has had; 0 where /proc is not there. */
export function residentMb(process: number, when: 'now' | 'most' = 'now'): number {
  try {
    const status = readFileSync(`/proc/${process}/status`, 'latin1')
    return Number((when === 'now' ? /VmRSS:\s+(\d+)/ : /VmHWM:\s+(\d+)/).exec(status)?.[1] ?? 0) / 1_024
  } catch {
    return 0
  }
}
