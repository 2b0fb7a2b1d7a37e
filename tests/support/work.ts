/** How long this process works for something: what others do on a busy machine is not counted. */

/** Seconds of processor time. */
export async function secondsAtWork(act: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}
