import type { App } from '../app/app.ts'
import { noteDeparture, sendRest } from '../app/afterthoughts.ts'
import type { EvidencePhotos } from '../app/evidence/evidencePort.ts'
import { tellLostPhoto } from '../app/evidence/tellLostPhoto.ts'
import type { AppParts } from '../app/parts.ts'
import type { MessageSender } from '../app/ports.ts'
import { miniLogin } from '../channels/miniprogram/login.ts'
import { defaultLimits, openAccount, type Text } from '../channels/wechat-official/account.ts'
import { handleCallback, type CallbackDeps } from '../channels/wechat-official/callback.ts'
import { makeClient, type WechatClient } from '../channels/wechat-official/client.ts'
import { readQuery } from '../channels/wechat-official/door.ts'
import { defaultApi, type ApiConfig } from '../channels/wechat-official/http.ts'
import type { PhotoDeps } from '../channels/wechat-official/photos.ts'
import { makeSender } from '../channels/wechat-official/sender.ts'
import { makeTokens, memoryTokenStore } from '../channels/wechat-official/token.ts'
import type { MiniLogin, PlatformCallback } from '../web/deps.ts'
import { cleanImage } from '../web/imageCleaning.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

/** The callbacks of the platforms that are configured. */
export function platformCallbacks(config: Config, app: App, parts: AppParts, log: Log): PlatformCallback[] {
  if (!config.officialAccount) return []
  const account = openAccount(
    { ...config.officialAccount, channel: 'wechat-official', limits: defaultLimits },
    parts.world,
  )
  const deps: CallbackDeps = {
    account,
    world: parts.world,
    takeTurn: app.takeTurn,
    sendLater: rest => sendRest(parts, rest),
    personLeft: notice =>
      noteDeparture(
        parts,
        {
          channel: account.channel,
          sender: notice.kind === 'left' ? notice.sender : notice.openid,
          messageKey: 'departure',
        },
        notice.kind,
      ),
    text: chinese(parts),
    publicUrl: config.publicUrl,
    log,
  }
  return [
    {
      path: '/wechat/official',
      handle: ({ method, search, body }) => handleCallback(deps, { method, query: readQuery(search), body }),
    },
  ]
}

/** Customer-service messages of the Official Account; null when none is configured. */
export function officialAccountSender(config: Config, parts: AppParts, log: Log): MessageSender | null {
  const client = officialAccountClient(config, parts, log)
  if (!client) return null
  return makeSender({ channel: 'wechat-official', client, text: chinese(parts), publicUrl: config.publicUrl })
}

/** Photos that officers sent to the Official Account. */
export function officialAccountPhotos(
  config: Config,
  parts: AppParts,
  { photos, log }: { photos: EvidencePhotos; log: Log },
): PhotoDeps | null {
  const client = officialAccountClient(config, parts, log)
  if (!client) return null
  const lost: PhotoDeps['lost'] = photo => tellLostPhoto(parts, photo)
  return { channel: 'wechat-official', photos, client, clean: cleanImage, lost, world: parts.world, log }
}

function officialAccountClient(config: Config, parts: AppParts, log: Log): WechatClient | null {
  if (!config.officialAccount) return null
  const api = apiOf(config, config.officialAccount)
  const tokens = makeTokens({ config: api, world: parts.world, fetch, store: memoryTokenStore() })
  return makeClient({ config: api, tokens, fetch, log })
}

/** Log-in of the mini-program; undefined when none is configured. */
export function miniProgramLogin(config: Config, log: Log): MiniLogin | undefined {
  if (!config.miniProgram) return undefined
  const api = apiOf(config, config.miniProgram)
  return async code => {
    const answer = await miniLogin({ config: api, fetch, log }, code)
    if (answer.status === 'ok') return { ok: true, sender: answer.identity.openid, unionId: answer.identity.unionId }
    const ownFault = answer.failure === 'codeInvalid' || answer.failure === 'codeUsed'
    return { ok: false, reason: ownFault ? 'badCode' : 'unavailable' }
  }
}

function apiOf(config: Config, { appId, secret }: { appId: string; secret: string }): ApiConfig {
  return { baseUrl: config.wechatApiBase, appId, secret, timeoutMs: defaultApi.timeoutMs }
}

/** What the channel itself says is for officers and logs, and Chinese. */
function chinese(parts: AppParts): Text {
  return key => parts.text('zh-CN', key)
}
