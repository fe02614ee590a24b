import type { App } from '../app/app.ts'
import { noteDeparture, sendRest } from '../app/afterthoughts.ts'
import type { EvidencePhotos } from '../app/evidence/evidencePort.ts'
import { tellLostPhoto } from '../app/evidence/tellLostPhoto.ts'
import type { AppParts } from '../app/parts.ts'
import type { MessageSender } from '../app/ports.ts'
import type { SharedAccount } from '../app/sharedAccount.ts'
import { miniLogin } from '../channels/miniprogram/login.ts'
import { miniPhone } from '../channels/miniprogram/phone.ts'
import { makeMiniSender } from '../channels/miniprogram/sender.ts'
import type { Announce } from '../channels/web/sender.ts'
import { defaultLimits, openAccount, type Text, type WechatAccount } from '../channels/wechat-official/account.ts'
import { handleCallback, type CallbackDeps } from '../channels/wechat-official/callback.ts'
import { makeClient, type WechatClient } from '../channels/wechat-official/client.ts'
import { readQuery } from '../channels/wechat-official/door.ts'
import { failures } from '../channels/wechat-official/errors.ts'
import { guard } from '../channels/wechat-official/guard.ts'
import { noteNews } from '../channels/wechat-official/noteNews.ts'
import { defaultApi, type ApiConfig } from '../channels/wechat-official/http.ts'
import type { PhotoDeps } from '../channels/wechat-official/photos.ts'
import { makeSender } from '../channels/wechat-official/sender.ts'
import { makeTokens } from '../channels/wechat-official/token.ts'
import type { MiniLogin, MiniPhone, PlatformCallback } from '../web/deps.ts'
import { cleanImage } from '../web/imageCleaning.ts'
import type { Instant } from '../domain/world.ts'
import type { Config, OfficialAccountConfig } from './config.ts'
import type { Log } from './log.ts'

/** The callbacks of the platforms that are configured. */
export function platformCallbacks(
  config: Config,
  app: App,
  parts: AppParts,
  { books, log }: { books: SharedAccount; log: Log },
): PlatformCallback[] {
  const { officialAccount, miniProgram } = config
  const official = officialAccount && officialDeps(config, officialAccount, { app, parts, books, log })
  const mini =
    miniProgram?.callback && miniDeps(config, { ...miniProgram, ...miniProgram.callback }, { parts, books, log })
  return [
    ...(official ? [callbackAt('/wechat/official', official)] : []),
    ...(mini ? [callbackAt('/wechat/mini', mini)] : []),
  ]
}

const callbackAt = (path: string, deps: CallbackDeps): PlatformCallback => ({
  path,
  handle: ({ method, search, body }) => handleCallback(deps, { method, query: readQuery(search), body }),
})

interface Around {
  parts: AppParts
  books: SharedAccount
  log: Log
}

function officialDeps(
  config: Config,
  keys: OfficialAccountConfig,
  { app, ...around }: Around & { app: App },
): CallbackDeps {
  const account = openAccount({ ...keys, channel: 'wechat-official', limits: defaultLimits }, around.parts.world)
  return { ...commonDeps(config, account, around), takeTurn: app.takeTurn }
}

/** What people write to the mini-program's customer service is acknowledged and goes no further: they write on its pages. */
function miniDeps(
  config: Config,
  keys: { appId: string; token: string; aesKey: string },
  around: Around,
): CallbackDeps {
  const modes = { previousAesKey: null, allowPlain: false, limits: defaultLimits }
  const account = openAccount({ ...keys, ...modes, channel: 'miniprogram' }, around.parts.world)
  const state = { sessionId: null, flow: null, revision: null, step: null, done: true }
  return {
    ...commonDeps(config, account, around),
    takeTurn: async () => ({ turnId: '', replies: [], state, repeated: false, delivery: 'outbox' }),
  }
}

function commonDeps(
  config: Config,
  account: WechatAccount,
  { parts, books, log }: Around,
): Omit<CallbackDeps, 'takeTurn'> {
  const { channel } = account
  return {
    account,
    world: parts.world,
    sendLater: rest => sendRest(parts, rest),
    personLeft: notice => {
      const sender = notice.kind === 'left' ? notice.sender : notice.openid
      return noteDeparture(parts, { channel, sender, messageKey: 'departure' }, notice.kind)
    },
    platformNews: (news, at) => noteNews({ books, channel, templates: parts.templates }, news, at),
    text: chinese(parts),
    publicUrl: config.publicUrl,
    log,
  }
}

/** An account with its token and rests, which all processes share. */
export interface WechatApi {
  client: WechatClient
  resting(at: Instant): Instant | null
}

/** Null when no Official Account is configured. */
export function officialAccountApi(config: Config, around: Around): WechatApi | null {
  return config.officialAccount && openApi(config, config.officialAccount, around)
}

/** Null when no mini-program is configured. */
export function miniProgramApi(config: Config, around: Around): WechatApi | null {
  return config.miniProgram && openApi(config, config.miniProgram, around)
}

function openApi(config: Config, app: { appId: string; secret: string }, { parts, books, log }: Around): WechatApi {
  const api = apiOf(config, app)
  const { world } = parts
  const tokens = makeTokens({ config: api, world, fetch, store: books.tokens })
  const client = makeClient({ config: api, tokens, fetch, log })
  const guarded = guard(client, { account: app.appId, failures, pauses: books.pauses, world, log })
  return { client: guarded.call, resting: guarded.resting }
}

/** All ways of the Official Account; null when none is configured. */
export function officialAccountSender(config: Config, api: WechatApi | null, around: Around): MessageSender | null {
  if (!api) return null
  const { parts, books } = around
  const { templates, world } = parts
  const { publicUrl } = config
  return makeSender({ channel: 'wechat-official', ...api, books, templates, world, text: chinese(parts), publicUrl })
}

/** The mini-program's pages, and its forms where an account is configured. */
export function miniProgramSender(announce: Announce, api: WechatApi | null, { parts, books }: Around): MessageSender {
  const text = chinese(parts)
  const { templates, world } = parts
  const forms = api && { client: api.client, consents: books.consents, templates, world, text }
  return makeMiniSender(announce, forms, text)
}

/** Photos that officers sent to the Official Account. */
export function officialAccountPhotos(
  api: WechatApi | null,
  photos: EvidencePhotos,
  { parts, log }: Around,
): PhotoDeps | null {
  if (!api) return null
  const lost: PhotoDeps['lost'] = photo => tellLostPhoto(parts, photo)
  return {
    channel: 'wechat-official',
    photos,
    client: api.client,
    clean: cleanImage,
    lost,
    world: parts.world,
    log,
  }
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

/** The platform's word about the person's own phone; undefined when no mini-program is configured. */
export function miniProgramPhone(config: Config, around: Around): MiniPhone | undefined {
  const api = miniProgramApi(config, around)
  if (!api || !config.miniProgram) return undefined
  const { appId } = config.miniProgram
  return async code => {
    const told = await miniPhone({ client: api.client, appId, log: around.log }, code)
    return told.status === 'ok' ? { ok: true, phone: told.phone } : { ok: false, reason: told.reason }
  }
}

function apiOf(config: Config, { appId, secret }: { appId: string; secret: string }): ApiConfig {
  return { baseUrl: config.wechatApiBase, appId, secret, timeoutMs: defaultApi.timeoutMs }
}

/** What the channel itself says is for officers and logs, and Chinese. */
function chinese(parts: AppParts): Text {
  return key => parts.text('zh-CN', key)
}
