import { spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import path from 'node:path'
import type { PostgresBinaries } from './postgresBinaries.ts'

/** How a server program is started so that it is neither root nor left behind when this process dies. */
export interface ServerAccount {
  how: 'self' | 'namespace' | 'postgres' | 'nobody'
  /** The command line that runs `program` to its end (initdb). */
  command(program: string, args: string[]): { file: string; args: string[] }
  /** The same for the long-lived server: on Linux it is interrupted when our process dies, even by `kill -9`. */
  serverCommand(program: string, args: string[]): { file: string; args: string[] }
  /** Gives a directory to the account. */
  own(dir: string): void
}

const runs = (file: string, args: string[]) => spawnSync(file, args, { cwd: '/', stdio: 'ignore' }).status === 0
const prefixed = (prefix: string[], program: string, args: string[]) => {
  const [file = program, ...rest] = [...prefix, program, ...args]
  return { file, args: rest }
}
const withDeathSignal = ['setpriv', '--pdeathsig', 'INT', '--']
const inNamespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--']

function wrapped(how: 'self' | 'namespace', wrap: string[]): ServerAccount {
  const death = process.platform === 'linux' && runs('setpriv', ['--pdeathsig', 'INT', 'true']) ? withDeathSignal : []
  return {
    how,
    command: (program, args) => prefixed(wrap, program, args),
    serverCommand: (program, args) => prefixed([...wrap, ...death], program, args),
    own: () => undefined,
  }
}

const numberOf = (flag: '-u' | '-g', name: string) => {
  const found = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return found.status === 0 ? Number(found.stdout) : null
}

function existingAccount(name: 'postgres' | 'nobody', bin: PostgresBinaries, dir: string): ServerAccount | null {
  const uid = numberOf('-u', name)
  const gid = numberOf('-g', name)
  if (uid === null || gid === null) return null
  const become = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  // The account must be able to enter both places: a checkout below a 0700 home is closed to it.
  const reaches = (file: string, args: string[]) => runs(become[0] ?? '', [...become.slice(1), '--', file, ...args])
  if (!reaches(bin.postgres, ['--version']) || !reaches('test', ['-x', path.dirname(dir)])) return null
  return {
    how: name,
    command: (program, args) => prefixed([...become, '--'], program, args),
    // Changing the account clears the death signal, so one call sets both.
    serverCommand: (program, args) => prefixed([...become, '--pdeathsig', 'INT', '--'], program, args),
    own: target => chownSync(target, uid, gid),
  }
}

/** PostgreSQL refuses to run as root: root lends it a user namespace or, failing that, an existing account. */
export function serverAccount(bin: PostgresBinaries, dir: string): ServerAccount {
  if (process.getuid?.() !== 0) return wrapped('self', [])
  if (process.platform === 'linux' && runs('unshare', [...inNamespace.slice(1), bin.postgres, '--version']))
    return wrapped('namespace', inNamespace)
  const account = existingAccount('postgres', bin, dir) ?? existingAccount('nobody', bin, dir)
  if (account) return account
  throw new Error(
    `PostgreSQL does not run as root, and no other account can reach ${bin.postgres} and ${dir}. Start as a normal user, or set DATABASE_URL.`,
  )
}
