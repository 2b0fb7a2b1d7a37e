/** Processor time of this process: on a busy machine the clock says little. */

/** Seconds of processor time. */
export async function secondsAtWork(act: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}
