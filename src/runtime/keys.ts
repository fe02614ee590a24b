import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The secrets outside the database. Lost, every encrypted field is lost with them. */
export interface MasterKeys {
  /** Wraps the data keys. */
  wrapping: Buffer
  /** Root of the blind indexes: one key per column is derived from it. */
  indexing: Buffer
  /** Root for codes and links signed by the service. */
  signing: Buffer
}

const MASTER_BYTES = 32

/** Makes the key file, readable by its owner alone. Does nothing when there is one: a key is never overwritten. */
export function makeKeyFile(file: string): void {
  if (existsSync(file)) return
  mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  const content = { format: 1, master: randomBytes(MASTER_BYTES).toString('base64') }
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o400, flag: 'wx', flush: true })
  try {
    // A link appears whole or not at all, and fails when another process made the file meanwhile.
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}

/** Reads the key file. Throws one clear line when it is missing, open to others, or not ours. */
export function readKeyFile(file: string): MasterKeys {
  if (!existsSync(file)) throw new Error(`The key file ${file} does not exist. Without it nothing can be decrypted.`)
  // Group and others. A mounted secret may be 0440 for the service's group, so only others are refused.
  if ((statSync(file).mode & 0o007) !== 0)
    throw new Error(`The key file ${file} is open to every user. Set its mode to 0400.`)
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const master = masterOf(content)
  if (master?.length !== MASTER_BYTES) throw new Error(`${file} is not a key file of this service.`)
  return {
    wrapping: derive(master, 'wrapping'),
    indexing: derive(master, 'indexing'),
    signing: derive(master, 'signing'),
  }
}

function masterOf(content: unknown): Buffer | null {
  if (typeof content !== 'object' || content === null) return null
  if (!('format' in content) || content.format !== 1) return null
  return 'master' in content && typeof content.master === 'string' ? Buffer.from(content.master, 'base64') : null
}

/** One secret, several purposes: HKDF-SHA-256 keeps the keys independent of one another. */
function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `nuanxin|${purpose}|1`, 32))
}
