import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seal, signatureOf, unseal } from './crypto.ts'

/** Published vectors, beside the repository where they are handed out; not a part of it. */
export const vectorFile = join(import.meta.dirname, '../../../shared/wechat/vectors.json')

type Vector = Record<string, string>
type Vectors = Record<string, Vector[]>

/**
 * Holds the mock's own cryptography against what was published. How many values were checked; 0 when they are not here.
 * @throws Error when one does not come out: a mock that is wrong proves nothing.
 */
export function selfCheck(): number {
  if (!existsSync(vectorFile)) return 0
  const vectors = JSON.parse(readFileSync(vectorFile, 'utf8')) as Vectors
  let checked = 0
  const same = (name: string, got: string, wanted: string | undefined): void => {
    if (got !== wanted) throw new Error(`mock: vector ${name} does not come out`)
    checked++
  }
  const sealedVectors = [...(vectors['push_encrypted'] ?? []), ...(vectors['encrypted_reply'] ?? [])]
  for (const vector of [...sealedVectors, ...(vectors['encrypt_deterministic'] ?? [])]) {
    const { name = '', encodingAESKey = '', id = '', random = '', plaintext = '', encrypt = '' } = vector
    same(name, seal(encodingAESKey, id, Buffer.from(random), plaintext), encrypt)
    same(name, unseal(encodingAESKey, id, encrypt), plaintext)
  }
  for (const vector of [...sealedVectors, ...(vectors['signature_only'] ?? [])]) {
    const { name = '', token = '', timestamp = '', nonce = '', encrypt = '' } = vector
    same(name, signatureOf(token, timestamp, nonce, encrypt), vector['msg_signature'])
  }
  for (const vector of [...(vectors['url_verification_plain'] ?? []), ...(vectors['push_plain'] ?? [])]) {
    const { name = '', token = '', timestamp = '', nonce = '' } = vector
    same(name, signatureOf(token, timestamp, nonce), vector['signature'])
  }
  return checked
}
