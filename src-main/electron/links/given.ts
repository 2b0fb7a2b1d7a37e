/** What other programs and the command line give, links and files. Kept until there is a window to tell. */
import type { HostEvents } from '../../api/host/events.ts'
import type { MenuCommand } from '../../api/host/menu.ts'
import { filesIn, readGiven } from './given-files.ts'
import { addressesIn, addressOfLink } from './links.ts'

type Tell = <E extends keyof HostEvents>(event: E, payload: HostEvents[E]) => void

/** The window shows what it is told of, and does nothing of it before the user says so. */
export class Given {
  #tell: Tell | null = null
  readonly #waiting: ((tell: Tell) => void)[] = []
  /** The last file that is being read: the window is told in the order in which they were given. */
  #reading: Promise<unknown> = Promise.resolve()

  /** Of a start, or of another start on the same folder: `folder` is where that was. */
  takeArguments(args: readonly string[], folder: string): void {
    for (const address of addressesIn(args)) this.#add(tell => tell('open-address', { address }))
    for (const file of filesIn(args, folder)) this.takeFile(file)
  }

  takeCommands(commands: readonly MenuCommand[]): void {
    for (const command of commands) this.#add(tell => tell('menu-command', { command }))
  }

  /** False for a link that is none of ours. */
  takeLink(link: string): boolean {
    const address = addressOfLink(link)
    if (address !== null) this.#add(tell => tell('open-address', { address }))
    return address !== null
  }

  takeFile(file: string): void {
    this.#reading = this.#reading.then(async () => {
      const given = await readGiven(file)
      this.#add(tell => tell('open-file', given))
    })
  }

  /** From now on the window is told at once. */
  tellBy(tell: Tell): void {
    this.#tell = tell
    for (const say of this.#waiting.splice(0)) say(tell)
  }

  #add(say: (tell: Tell) => void): void {
    if (this.#tell) say(this.#tell)
    else this.#waiting.push(say)
  }
}
