import { frozenWorld } from '../../../domain/world.ts'
import { openAccount, defaultLimits, type WechatAccount, type WechatAccountConfig } from '../account.ts'

/** Keys published in the tests of an open-source SDK; nobody's account. */
export const sampleConfig: WechatAccountConfig = {
  channel: 'wechat-official',
  appId: 'wxb11529c136998cb6',
  token: 'pamtest',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  previousAesKey: null,
  allowPlain: false,
  limits: defaultLimits,
}

export function sampleAccount(change: Partial<WechatAccountConfig> = {}): WechatAccount {
  return openAccount({ ...sampleConfig, ...change }, frozenWorld())
}
