import type { App } from '../app/app.ts'
import { sendRest } from '../app/afterthoughts.ts'
import type { AppParts } from '../app/parts.ts'
import type { MessageSender } from '../app/ports.ts'
import { openWecomAccount } from '../channels/wecom/account.ts'
import { handleWecomCallback, type WecomCallbackDeps } from '../channels/wecom/callback.ts'
import { defaultWecomApi, makeWecomClient, type WecomClient } from '../channels/wecom/client.ts'
import { makeMemberPace, type MemberPace } from '../channels/wecom/memberPace.ts'
import { makeWecomSender } from '../channels/wecom/sender.ts'
import { readQuery } from '../channels/wechat-official/door.ts'
import type { PlatformCallback } from '../web/deps.ts'
import type { Config, WecomAppConfig } from './config.ts'
import type { Log } from './log.ts'

/** What web and worker of one process share of the app: one token, one count of what members were sent. */
export interface Wecom {
  config: WecomAppConfig
  client: WecomClient
  pace: MemberPace
  publicUrl: string
  log: Log
}

/** Null when no app is configured. */
export function openWecom(config: Config, parts: Pick<AppParts, 'world'>, log: Log): Wecom | null {
  const { wecom, publicUrl } = config
  if (!wecom) return null
  const { apiBase: baseUrl, corpId: appId, secret } = wecom
  const api = { baseUrl, appId, secret, timeoutMs: defaultWecomApi.timeoutMs }
  const client = makeWecomClient({ config: api, world: parts.world, fetch, log })
  return { config: wecom, client, pace: makeMemberPace(), publicUrl, log }
}

/** The callback of the app. */
export function wecomCallbacks(wecom: Wecom | null, app: App, parts: AppParts): PlatformCallback[] {
  if (!wecom) return []
  const { config, log, publicUrl } = wecom
  const deps: WecomCallbackDeps = {
    account: openWecomAccount(config, parts.world),
    world: parts.world,
    takeTurn: app.takeTurn,
    sendLater: rest => sendRest(parts, rest),
    press: async ({ cardId }) => log.warn({ cardId }, 'wecom: a button of a card that nobody sent'),
    text: key => parts.text('zh-CN', key),
    publicUrl,
    log,
  }
  return [
    {
      path: '/wecom',
      handle: ({ method, search, body }) => handleWecomCallback(deps, { method, query: readQuery(search), body }),
    },
  ]
}

/** Messages of the app to members. */
export function wecomSender(wecom: Wecom | null, parts: AppParts): MessageSender | null {
  if (!wecom) return null
  return makeWecomSender({ ...sending(wecom, parts), publicUrl: wecom.publicUrl })
}

function sending({ client, pace, config }: Wecom, parts: AppParts) {
  const { agentId } = config
  return { agentId, client, pace, world: parts.world, text: (key: string) => parts.text('zh-CN', key) }
}
