import type { App } from '../app/app.ts'
import { sendRest } from '../app/afterthoughts.ts'
import type { EvidencePhotos } from '../app/evidence/evidencePort.ts'
import { tellLostPhoto } from '../app/evidence/tellLostPhoto.ts'
import type { CardStore } from '../app/officerCards/cardPort.ts'
import { nameTask } from '../app/officerCards/nameTask.ts'
import { pressCard } from '../app/officerCards/pressCard.ts'
import type { AppParts } from '../app/parts.ts'
import type { MessageSender } from '../app/ports.ts'
import type { SharedAccount } from '../app/sharedAccount.ts'
import { memberId, openWecomAccount } from '../channels/wecom/account.ts'
import { handleWecomCallback, type WecomCallbackDeps } from '../channels/wecom/callback.ts'
import { makeWecomClient } from '../channels/wecom/client.ts'
import { loginAddress, memberOfCode, signState } from '../channels/wecom/login.ts'
import { makeMemberPace, type MemberPace } from '../channels/wecom/memberPace.ts'
import { handlePress, type PressDeps } from '../channels/wecom/press.ts'
import { sendCards } from '../channels/wecom/sendCards.ts'
import { makeWecomSender } from '../channels/wecom/sender.ts'
import { readQuery } from '../channels/wechat-official/door.ts'
import { defaultApi } from '../channels/wechat-official/http.ts'
import type { PhotoDeps } from '../channels/wechat-official/photos.ts'
import type { LoginWay, PlatformCallback } from '../web/deps.ts'
import { cleanImage } from '../web/imageCleaning.ts'
import type { Config, WecomAppConfig } from './config.ts'
import type { Log } from './log.ts'
import type { Database } from './openDatabase.ts'

/** Our own choice: more rings than this a day are not answered, and 待办 shows everything. */
const CARDS_PER_DAY = 20

type Kept = Pick<Database['kept'], 'cards' | 'auth'>

/** What web and worker of one process share of the app. Its token and the count of what members were sent are shared by all. */
export interface Wecom {
  config: WecomAppConfig
  client: ReturnType<typeof makeWecomClient>
  pace: MemberPace
  publicUrl: string
  log: Log
}

/** Null when no app is configured. */
export function openWecom(
  config: Config,
  parts: Pick<AppParts, 'world'>,
  { account, log }: { account: SharedAccount; log: Log },
): Wecom | null {
  const { wecom, publicUrl } = config
  if (!wecom) return null
  const { apiBase: baseUrl, corpId: appId, secret } = wecom
  const api = { baseUrl, appId, secret, timeoutMs: defaultApi.timeoutMs }
  const { tokens: store, pauses } = account
  const client = makeWecomClient({ config: api, world: parts.world, fetch, log, store, pauses })
  return { config: wecom, client, pace: makeMemberPace(account), publicUrl, log }
}

/** The callback of the app. */
export function wecomCallbacks(wecom: Wecom | null, app: App, parts: AppParts, kept: Kept): PlatformCallback[] {
  if (!wecom) return []
  const { config, log, publicUrl } = wecom
  const { cards, auth } = kept
  const pressing: PressDeps = {
    ...sending(wecom, parts),
    cards,
    take: press =>
      pressCard(
        {
          ...{ cards, auth, officer: app.officer },
          name: named => nameTask(parts, auth, named),
          now: () => parts.world.now(),
        },
        press,
      ),
    publicUrl,
    place: parts.regionName,
    say: (key, values) => parts.text('zh-CN', key, values),
    log,
  }
  const deps: WecomCallbackDeps = {
    account: openWecomAccount(config, parts.world),
    world: parts.world,
    takeTurn: app.takeTurn,
    sendLater: rest => sendRest(parts, rest),
    press: press => handlePress(pressing, press),
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

/** Officers log in as the members they are bound to. */
export function wecomLogins(wecom: Wecom | null): LoginWay[] {
  if (!wecom) return []
  const deps = { ...wecom.config, client: wecom.client }
  return [
    {
      path: '/officer/login/wecom',
      channel: 'wecom',
      begin: leaving => loginAddress(deps, leaving),
      finish: code => memberOfCode(deps, code),
      sign: text => signState(deps, text),
      memberId,
    },
  ]
}

/** Messages of the app to members. */
export function wecomSender(wecom: Wecom | null, parts: AppParts): MessageSender | null {
  if (!wecom) return null
  const sender = makeWecomSender({ ...sending(wecom, parts), publicUrl: wecom.publicUrl })
  return { ...sender, resting: wecom.client.resting }
}

/** What shows new tasks to officers as cards. */
export function wecomCards(wecom: Wecom | null, parts: AppParts, cards: CardStore): { send(): Promise<void> } | null {
  if (!wecom) return null
  const { log, config } = wecom
  const rules = { hours: config.cardHours, perDay: CARDS_PER_DAY }
  const deps = { ...sending(wecom, parts), cards, place: parts.regionName, rules, log }
  return { send: () => sendCards(deps) }
}

/** Photos that officers sent to the app. */
export function wecomPhotos(wecom: Wecom | null, parts: AppParts, photos: EvidencePhotos): PhotoDeps | null {
  if (!wecom) return null
  const { client, log } = wecom
  const lost: PhotoDeps['lost'] = photo => tellLostPhoto(parts, photo)
  return { channel: 'wecom', photos, client, clean: cleanImage, lost, world: parts.world, log }
}

function sending({ client, pace, config }: Wecom, parts: AppParts) {
  const { agentId } = config
  return { agentId, client, pace, world: parts.world, text: (key: string) => parts.text('zh-CN', key) }
}
