import type { MockWeChat } from '../mock-wechat/server.ts'
import type { MockWecom } from '../mock-wechat/wecom.ts'

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

/** The same for the corporation's app. Cards go at any hour: a test must not depend on when it runs. */
export function wecomEnv({ baseUrl, app }: MockWecom): Record<string, string> {
  return {
    WECOM_API_BASE: baseUrl,
    WECOM_CORP_ID: app.corpId,
    WECOM_AGENT_ID: String(app.agentId),
    WECOM_SECRET: app.secret,
    WECOM_TOKEN: app.token,
    WECOM_AES_KEY: app.aesKey,
    WECOM_CARD_HOURS: '0-24',
  }
}
