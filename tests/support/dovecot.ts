/**
 * A real IMAP server on this computer, for one test: Dovecot with a configuration, a port and a mail folder of its own. Every
 * user name is let in with the password below, and has a mailbox of its own, of files that the test may put there.
 */
import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find(existsSync)

/** Whether Dovecot is installed: CI installs it (.ci/run). */
export const hasDovecot = program !== undefined

export const password = 'a-secret-word'

export type Dovecot = {
  port: number
  /** The same server, with TLS from the first byte, by a certificate that nobody vouches for. */
  tlsPort: number
  /** Puts a message into a folder of a user, as if it had just been delivered, or `age` days ago; answers the name of its file. */
  deliver(
    user: string,
    message: string | Uint8Array,
    options?: { folder?: string; flags?: string; age?: number },
  ): string
  /** Files of a folder with their places: the server moves them where they are seen, and renames them where a flag changes. */
  files(user: string, folder?: string): string[]
  /** Removes a message by the name that `deliver` answered, as another mail program would. */
  expunge(user: string, name: string, folder?: string): void
  /** Forgets how a folder was numbered: its UIDVALIDITY is another from now on. */
  numberAnew(user: string, folder?: string): void
  stop(): Promise<void>
}

/** The account that mail belongs to: Dovecot serves no mail of root. */
const mailUser = { uid: 65_534, gid: 65_534 }

export async function startDovecot(): Promise<Dovecot> {
  if (!program) throw new Error('Dovecot is not installed')
  const isRoot = userInfo().uid === 0
  // The account below has to get there: the tests' own folder is for root alone.
  const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), 'broadsheet-dovecot-'))
  chmodSync(folder, 0o755)
  const owner = isRoot ? mailUser : { uid: userInfo().uid, gid: userInfo().gid }
  const mail = join(folder, 'mail')
  makeOwned(mail, owner)
  const [port, tlsPort] = [await freePort(), await freePort()]
  const config = join(folder, 'dovecot.conf')
  writeFileSync(config, configuration({ folder, mail, port, tlsPort, isRoot, owner }))
  const child = spawn(program, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  // A test run that is broken off leaves no server behind.
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  await Promise.race([
    answers(port),
    new Promise<never>((_, reject) => child.once('exit', code => reject(new Error(`Dovecot left (${code}): ${said}`)))),
  ])
  let count = 0

  function maildir(user: string, name = 'INBOX'): string {
    const path = join(mail, user, name === 'INBOX' ? '' : `.${name}`)
    for (const part of ['', 'tmp', 'new', 'cur']) makeOwned(join(path, part), owner)
    return path
  }

  function filesOf(user: string, name?: string): string[] {
    return ['cur', 'new']
      .flatMap(part => readdirSync(join(maildir(user, name), part)).map(file => `${part}/${file}`))
      .toSorted()
  }

  return {
    port,
    tlsPort,
    deliver(user, message, { folder: name, flags = '', age = 0 } = {}) {
      const file = `${Math.floor(Date.now() / 1_000)}.M${String(++count).padStart(6, '0')}P1.test`
      // What nobody has seen lies in 'new' until a program opens the folder for writing.
      const place = flags === '' ? join('new', file) : join('cur', `${file}:2,${flags}`)
      const path = maildir(user, name)
      // The server may look at any moment: there is the whole of it, or nothing.
      const unseen = join(path, 'tmp', file)
      writeFileSync(unseen, message)
      chownSync(unseen, owner.uid, owner.gid)
      const received = Date.now() / 1_000 - age * 86_400
      utimesSync(unseen, received, received)
      renameSync(unseen, join(path, place))
      return file
    },
    files: filesOf,
    expunge(user, file, name) {
      const found = filesOf(user, name).find(entry => entry.includes(file))
      if (found) rmSync(join(maildir(user, name), found))
    },
    numberAnew(user, name) {
      const path = maildir(user, name)
      for (const entry of readdirSync(path))
        if (entry.startsWith('dovecot')) rmSync(join(path, entry), { recursive: true })
      // By itself it takes the second for a new one, which may be that of the old one.
      const list = join(path, 'dovecot-uidlist')
      writeFileSync(list, `3 V${2_000_000_000 + ++count} N1 G${'0'.repeat(32)}\n`)
      chownSync(list, owner.uid, owner.gid)
    },
    async stop() {
      const gone = new Promise(resolve => child.once('exit', resolve))
      end()
      await gone
      process.off('exit', end)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Place = {
  folder: string
  mail: string
  port: number
  tlsPort: number
  isRoot: boolean
  owner: { uid: number; gid: number }
}

function configuration({ folder, mail, port, tlsPort, isRoot, owner }: Place): string {
  const tls = resolve(import.meta.dirname, '../fixtures/tls')
  const users = isRoot
    ? ''
    : `default_internal_user = ${userInfo().username}\ndefault_login_user = ${userInfo().username}\n`
  return `${users}
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${tls}/loopback-cert.pem
ssl_key = <${tls}/loopback-key.pem
disable_plaintext_auth = no
mail_location = maildir:${mail}/%u
first_valid_uid = 1
mail_uid = ${owner.uid}
mail_gid = ${owner.gid}
mailbox_list_index = no
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${mail}/%u
}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`
}

function makeOwned(path: string, { uid, gid }: { uid: number; gid: number }): void {
  if (existsSync(path)) return
  mkdirSync(path, { recursive: true })
  chownSync(path, uid, gid)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise(done => server.close(done))
  return port
}

/** Answers once something listens there. */
async function answers(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>(done => {
      const socket = connect(port, '127.0.0.1')
      socket.once('data', () => {
        socket.destroy()
        done(true)
      })
      socket.once('error', () => done(false))
    })
    if (isThere) return
  }
}
