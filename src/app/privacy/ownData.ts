import { foldComplaint } from '../../domain/complaint/complaintState.ts'
import { shanghaiTime, type Instant, type LocalDate } from '../../domain/world.ts'
import { isKey } from '../linkKey.ts'
import { ownHouseholds } from '../households/ownHouseholds.ts'
import { householdsOfResident, whyNotSent } from '../messages/households.ts'
import type { AppParts } from '../parts.ts'
import type { ChannelName, Tx } from '../ports.ts'
import { ownCare } from '../care/ownCare.ts'
import { emptyConversation, withdrawPurpose } from './forget.ts'
import { eraseAtWish, wishCorrection, type CorrectionWish, type ErasedAtWish } from './wishes.ts'

/** A link to one's own data opens that long. */
const LINK_LIFE_MS = 15 * 60_000

/** All that is held of one resident, as a file: 个人信息保护法 45. Of officers nothing but what they decided. */
export async function ownData(
  parts: Pick<AppParts, 'world' | 'regionName' | 'settings'>,
  tx: Tx,
  residentId: string,
): Promise<Record<string, unknown>> {
  const at = parts.world.now()
  const [held, applications, complaints, calendars] = [
    await tx.privacy.held(residentId),
    (await tx.applications.ofResident(residentId)).filter(application => application.residentId === residentId),
    await tx.complaints.ofResident(residentId),
    await tx.serviceCalendars.running(residentId),
  ]
  const { links, lapsedAt } = await ownHouseholds(parts, tx, residentId)
  const surveys = await tx.surveys.responsesOf(await householdsOfResident(tx, residentId))
  return {
    at: shanghaiTime(at),
    channels: held.channels,
    chat: { turns: held.turns, messages: held.messages, photos: held.uploads },
    consents: held.consents.map(({ purpose, version, at: given }) => ({ purpose, version, at: shanghaiTime(given) })),
    serviceCalendars: calendars.length,
    // What was sent of our own accord, or not, and what was refused; the words are in the chat.
    messages: {
      refused: await tx.messages.optedOut(residentId),
      decided: (await whyNotSent(tx, { residentId })).map(({ at: decided, purpose, reason, status }) => ({
        ...{ at: shanghaiTime(decided), purpose, reason, status },
      })),
    },
    // For whom he gets messages, how that was proved, and up to which day; or when that ran out.
    households: links.map(({ place, head, proof, since, until }) => {
      return { place, head, proof, since: shanghaiTime(since), until }
    }),
    householdsRanOut: lapsedAt === null ? null : shanghaiTime(lapsedAt),
    care: await ownCare(tx, residentId),
    applications: applications.map(({ number, matter, receivedAt, content, actions }) => ({
      ...{ number, matter, receivedAt: shanghaiTime(receivedAt), content },
      log: actions.map(({ at: when, event }) => ({ at: shanghaiTime(when), type: event.type })),
    })),
    // A household answers once: what it answered is that of everybody who speaks for it.
    surveys: surveys.map(({ title, at: answered, answers }) => ({ title, at: shanghaiTime(answered), answers })),
    complaints: complaints.map(({ number, topic, receivedAt, content, actions }) => ({
      ...{ number, topic, receivedAt: shanghaiTime(receivedAt), words: content.words, person: content.person },
      answers: foldComplaint(actions).answers.map(({ at: when, text }) => ({ at: shanghaiTime(when), text })),
    })),
  }
}

/** Address of the file, relative to the public one; signed where the reader has no log-in of ours. */
export function ownDataLink(
  tx: Tx,
  residentId: string,
  { at, channel }: { at: Instant; channel: ChannelName },
): string {
  if (channel === 'web') return '/api/privacy/data'
  const until = at + LINK_LIFE_MS
  return `/my-data/${residentId}?until=${until}&key=${tx.certificates.linkKey(`my-data:${residentId}`, until)}`
}

/** 我的信息: each method only ever about the caller's own. */
export interface PrivacyDesk {
  data(residentId: string): Promise<Record<string, unknown>>
  /** Null when the key does not fit or its time is over. */
  dataByLink(link: { residentId: string; until: Instant; key: string }): Promise<Record<string, unknown> | null>
  /** Null where nothing was filed. */
  correct(wish: Omit<CorrectionWish, 'at'>): Promise<{ number: string; answerBy: LocalDate } | null>
  erase(residentId: string): Promise<ErasedAtWish>
  /** Ends one consent, and what stood on it. False when there was none. */
  withdraw(residentId: string, purpose: string): Promise<boolean>
}

export function makePrivacyDesk(parts: AppParts): PrivacyDesk {
  const read = (residentId: string, fits: (tx: Tx) => boolean) =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      if (!fits(tx)) return null
      return ownData(parts, tx, residentId)
    })
  const write = <T>(run: (tx: Tx, at: Instant) => Promise<T>) =>
    parts.store.transaction({ kind: 'system' }, tx => run(tx, parts.world.now()))
  return {
    correct: wish => write((tx, at) => wishCorrection(parts, tx, { ...wish, at })),
    withdraw: (residentId, purpose) => write((tx, at) => withdrawPurpose(tx, residentId, purpose, at)),
    erase: residentId =>
      write(async (tx, at) => {
        await emptyConversation(tx, residentId, at)
        return eraseAtWish(tx, residentId, at)
      }),
    data: async residentId => (await read(residentId, () => true)) ?? {},
    dataByLink: async ({ residentId, until, key }) => {
      const now = parts.world.now()
      if (until < now || until > now + LINK_LIFE_MS) return null
      return read(residentId, tx => isKey(parts, tx.certificates.linkKey(`my-data:${residentId}`, until), key))
    },
  }
}
