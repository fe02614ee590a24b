import type { MockWeChat } from '../mock-wechat/server.ts'

/** The settings with which the service takes the mock for the platform. */
export function wechatEnv({ baseUrl, account, mini }: MockWeChat): Record<string, string> {
  return {
    WECHAT_API_BASE: baseUrl,
    WECHAT_OA_APPID: account.appId,
    WECHAT_OA_SECRET: account.secret,
    WECHAT_OA_TOKEN: account.token,
    WECHAT_OA_AES_KEY: account.aesKey,
    WECHAT_MINI_APPID: mini.appId,
    WECHAT_MINI_SECRET: mini.secret,
  }
}
