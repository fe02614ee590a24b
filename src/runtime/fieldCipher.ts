import { createHmac, hkdfSync, randomBytes, randomFillSync } from 'node:crypto'
import {
  keyKindOf,
  keyKinds,
  UnreadableField,
  type CipherAlgorithm,
  type DataKeys,
  type FieldCipher,
  type FieldPlace,
  type KeyKind,
  type WrappedKey,
} from '../store/fieldCipher.ts'
import { providers, type CipherProvider } from './cipherProviders.ts'
import type { MasterKeys } from './keys.ts'

/**
 * A sealed field: version (1 byte) · algorithm (1) · kid (4, big-endian) · IV · ciphertext · tag.
 * Authenticated with it: `table|column|row|kid`.
 */
const VERSION = 1
const HEADER_BYTES = 6
const DATA_KEY_BYTES = 32

interface DataKey {
  kid: number
  kind: KeyKind
  provider: CipherProvider
  key: Buffer
}

interface KeyRoom {
  master: MasterKeys
  dataKeys: DataKeys
  algorithm: CipherAlgorithm
}

/** Reads the data keys, makes the first one of each kind (or of a newly chosen algorithm), and answers the cipher. */
export async function openFieldCipher({ master, dataKeys, algorithm }: KeyRoom): Promise<FieldCipher> {
  let wrapped = await dataKeys.list()
  for (const kind of keyKinds) {
    // The number follows from the very list that lacked the key: of two instances that make one at once the slower finds
    // its number taken, perhaps by a key of another kind, and looks again. Two keys would leave one instance unable to read.
    while (!wrapped.some(key => key.algorithm === algorithm && key.kind === kind)) {
      await addDataKey({ master, dataKeys, algorithm }, kind, wrapped)
      wrapped = await dataKeys.list()
    }
  }
  return fieldCipher(
    master,
    wrapped.map(key => unwrapKey(master.wrapping, key)),
    algorithm,
  )
}

/** Adds a data key: from the next start new values are written with it, old ones stay readable. */
export async function rotateDataKey(at: KeyRoom, kind: KeyKind = 'general'): Promise<number> {
  return addDataKey(at, kind, await at.dataKeys.list())
}

async function addDataKey(
  { master, dataKeys, algorithm }: KeyRoom,
  kind: KeyKind,
  known: readonly WrappedKey[],
): Promise<number> {
  const kid = Math.max(0, ...known.map(key => key.kid)) + 1
  await dataKeys.add(wrapKey(master.wrapping, { kid, algorithm, kind, key: randomBytes(DATA_KEY_BYTES) }))
  return kid
}

/** Master keys of one test run; nothing outside the process can read what they encrypted. */
export function passingMasterKeys(): MasterKeys {
  return { wrapping: randomBytes(32), indexing: randomBytes(32), signing: randomBytes(32) }
}

function wrapKey(wrapping: Buffer, made: Omit<WrappedKey, 'wrapped'> & { key: Buffer }): WrappedKey {
  const { kid, algorithm, kind, key } = made
  const provider = providers[algorithm]
  const around = { iv: nextIv(provider.ivBytes), context: wrapContext(kid, kind) }
  return { kid, algorithm, kind, wrapped: provider.seal(provider.prepare(wrapping), around, key) }
}

function unwrapKey(wrapping: Buffer, { kid, algorithm, kind, wrapped }: WrappedKey): DataKey {
  const provider = providers[algorithm]
  const opened = provider.open(provider.prepare(wrapping), wrapContext(kid, kind), Buffer.from(wrapped))
  if (!opened) throw new Error(`Data key ${kid} does not open with this key file. Is it the key file of this database?`)
  return { kid, kind, provider, key: provider.prepare(opened) }
}

/** Keys from before there were kinds are general ones and stay as they were wrapped. */
const wrapContext = (kid: number, kind: KeyKind) =>
  Buffer.from(`data_key|wrapped|${kid}${kind === 'general' ? '' : `|${kind}`}`)

function fieldCipher(master: MasterKeys, keys: DataKey[], algorithm: CipherAlgorithm): FieldCipher {
  const byKid = new Map(keys.map(key => [key.kid, key]))
  const newest = { general: newestOf(keys, algorithm, 'general'), care: newestOf(keys, algorithm, 'care') }
  const indexKeys = new Map<FieldPlace, Buffer>()

  return {
    seal: (place, row, plain) => {
      const { provider, key, kid, header } = newest[keyKindOf(place)]
      const iv = nextIv(provider.ivBytes)
      const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain
      return provider.seal(key, { iv, context: context(place, row, kid), head: header }, bytes)
    },
    open: (place, row, sealed) => {
      const all = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      const known = all.length > HEADER_BYTES && all[0] === VERSION ? byKid.get(all.readUInt32BE(2)) : undefined
      if (!known || known.provider.id !== all[1]) throw new UnreadableField(`${place}: unknown format or key`)
      const plain = known.provider.open(known.key, context(place, row, known.kid), all.subarray(HEADER_BYTES))
      if (!plain) throw new UnreadableField(`${place}: altered, or not of this row`)
      return plain
    },
    index: (place, value) => {
      let key = indexKeys.get(place)
      if (!key) {
        key = Buffer.from(hkdfSync('sha256', master.indexing, Buffer.alloc(0), place, 32))
        indexKeys.set(place, key)
      }
      // Always SHA-256, whatever the cipher: an index must find what was written before a change of algorithm.
      return createHmac('sha256', key).update(value).digest()
    },
  }
}

/** The key for new values of a kind, with the head that each of them gets. */
function newestOf(keys: DataKey[], algorithm: CipherAlgorithm, kind: KeyKind): DataKey & { header: Buffer } {
  const fitting = keys.filter(key => key.kind === kind && key.provider === providers[algorithm])
  const newest = fitting.toSorted((a, b) => b.kid - a.kid)[0]
  if (!newest) throw new Error(`There is no data key for ${kind} fields with ${algorithm}.`)
  const header = Buffer.from([VERSION, newest.provider.id, 0, 0, 0, 0])
  header.writeUInt32BE(newest.kid, 2)
  return { ...newest, header }
}

const context = (place: FieldPlace, row: string, kid: number) => Buffer.from(`${place}|${row}|${kid}`)

/** Random bytes are drawn in blocks: a call of the system for each IV cost a sixth of a reply's CPU time. */
const IV_POOL_BYTES = 16 * 1024
let pool = Buffer.alloc(0)
let used = 0
function nextIv(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(IV_POOL_BYTES))
    used = 0
  }
  used += bytes
  return pool.subarray(used - bytes, used)
}
