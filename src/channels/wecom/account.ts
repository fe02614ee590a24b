import { defaultLimits, openAccount, type WechatAccount } from '../wechat-official/account.ts'
import type { World } from '../../domain/world.ts'

/** A self-built app (自建应用), as the operator configures it. */
export interface WecomConfig {
  /** Receiver id of every callback, too. */
  corpId: string
  agentId: number
  secret: string
  token: string
  aesKey: string
}

export interface WecomAccount extends WechatAccount {
  agentId: number
}

/**
 * Checks and decodes the configuration once, at start. Every call of this platform is encrypted: there is no plain mode.
 * @throws Error naming the setting, never its value, when key or token has the wrong shape.
 */
export function openWecomAccount(config: WecomConfig, world: World): WecomAccount {
  const { corpId, agentId, token, aesKey } = config
  const account = openAccount(
    { channel: 'wecom', appId: corpId, token, aesKey, previousAesKey: null, allowPlain: false, limits: defaultLimits },
    world,
  )
  return { ...account, agentId }
}

/** 1 to 64 letters, digits and `_-@.`, the first a letter or digit (通讯录管理, 创建成员). */
const userIdShape = /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/

/**
 * A member's id as this service keeps it, null when it cannot be one. The platform does not distinguish case and answers in
 * lower case what was sent in another: two spellings are one person.
 */
export function memberId(text: string | null): string | null {
  return text !== null && userIdShape.test(text) ? text.toLowerCase() : null
}
