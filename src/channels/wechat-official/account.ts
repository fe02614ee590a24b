import { createSecretKey, type KeyObject } from 'node:crypto'
import type { ChannelName } from '../../app/ports.ts'
import type { World } from '../../domain/world.ts'

/** One account of the platform, as the operator configures it. The runtime parses the environment into this. */
export interface WechatAccountConfig {
  channel: ChannelName
  appId: string
  /** 3 to 32 letters and digits, chosen in the console; the secret of both signatures. */
  token: string
  /** 43 characters, or null for an account that is only ever called in plain mode. */
  aesKey: string | null
  /** The key before the last change: messages under way during a rotation still open with it. */
  previousAesKey: string | null
  /** Plain mode does not sign the body. Never on in production. */
  allowPlain: boolean
  limits: CallbackLimits
}

export interface CallbackLimits {
  /** An answer later than this leaves by the outbox. */
  passiveBudgetMs: number
  /** Nothing committed by then: 503, so that the platform delivers again. */
  hardLimitMs: number
  /** Calls signed further away from now than this are refused; null = no window. Retries come within 15 s. */
  timestampWindowSeconds: number | null
  maxBodyBytes: number
}

/** The platform cuts the call at 5 s (passive reply page); the rest is room for the network. */
export const defaultLimits: CallbackLimits = {
  passiveBudgetMs: 3500,
  hardLimitMs: 4500,
  timestampWindowSeconds: 600,
  maxBodyBytes: 64 * 1024,
}

/** Structured log with the shape of pino's methods. Fields never hold openids, texts or tokens. */
export interface ChannelLog {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** A sentence from `locales/` by its key. */
export type Text = (key: string) => string

export interface AesKey {
  key: KeyObject
  iv: Uint8Array
}

/** An account made ready: keys decoded once, random bytes pooled. */
export interface WechatAccount extends WechatAccountConfig {
  /** Current key first. */
  keys: AesKey[]
  /** Valid until the next call but a few: copy before keeping. */
  randomBytes(length: number): Uint8Array
}

/**
 * Checks and decodes the configuration once, at start.
 * @throws Error naming the setting, never its value, when a key or token has the wrong shape.
 */
export function openAccount(config: WechatAccountConfig, world: World): WechatAccount {
  if (!/^[A-Za-z0-9]{3,32}$/.test(config.token)) throw new Error('WeChat token: 3 to 32 letters and digits expected')
  const keys = [config.aesKey, config.previousAesKey].filter(key => key !== null).map(decodeAesKey)
  if (keys.length === 0 && !config.allowPlain) throw new Error('WeChat AES key is missing and plain mode is off')
  return { ...config, keys, randomBytes: pooledRandom(world) }
}

/** The last of the 43 characters may carry unused low bits that are not zero: real keys do, a canonical check is wrong. */
export function decodeAesKey(text: string): AesKey {
  if (!/^[A-Za-z0-9+/]{43}$/.test(text)) throw new Error('WeChat AES key: 43 base64 characters expected')
  const bytes = Buffer.from(`${text}=`, 'base64')
  return { key: createSecretKey(bytes), iv: bytes.subarray(0, 16) }
}

/** One call for random bytes per reply was 17 % of the CPU under load; one call serves about 170 replies. */
const POOL_BYTES = 4096

function pooledRandom(world: World): (length: number) => Uint8Array {
  let pool = new Uint8Array(0)
  let at = 0
  return length => {
    if (at + length > pool.length) {
      pool = Uint8Array.from(world.randomBytes(POOL_BYTES))
      at = 0
    }
    at += length
    return pool.subarray(at - length, at)
  }
}
