/** What the program does once in a while: nobody waits half an hour for it, a test has it done. */
const tasks: (() => void)[] = []
const { setInterval: real } = globalThis

function noted(task: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): NodeJS.Timeout {
  tasks.push(() => task(...args))
  return real(task, delay, ...args)
}

globalThis.setInterval = Object.defineProperties(noted, Object.getOwnPropertyDescriptors(real)) as typeof setInterval

export const intervalAnswers = {
  passIntervals: () => {
    for (const task of tasks) task()
  },
}
