import type { MessagePurpose } from '../../domain/message/purpose.ts'
import type { MessageTemplate } from '../../domain/message/template.ts'
import type { Officer, OfficerRole } from '../../domain/officer.ts'
import type { Outcome } from '../app.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { whyNotSent } from './households.ts'
import type { MessageLine, Receiver } from './messagePort.ts'

/** That a household is muted says that something happened to them: villages learn of an unreached neighbour by a task alone. */
export const messageRoles: readonly OfficerRole[] = ['town', 'county']

/** A message and, in a sentence, why it did not arrive; null when it did, or is on its way. */
export type ShownMessage = MessageLine & { why: string | null }

/** Why people got a message of the service, or did not. Never its words. */
export interface MessageDesk {
  /** Forms that residents may be asked to allow. */
  templates: readonly MessageTemplate[]
  /** Of a household in the officer's place, newest first; words of care for the town alone. */
  ofHousehold(officer: Officer, householdId: string): Promise<Outcome<ShownMessage[]>>
  /** Of the resident of a case in the officer's place; the same. */
  ofApplication(officer: Officer, applicationId: string): Promise<Outcome<ShownMessage[]>>
}

const notFound = { ok: false, refusal: { code: 'notFound' } } as const

export function makeMessageDesk(parts: AppParts): MessageDesk {
  const answer = (officer: Officer, find: (tx: Tx) => Promise<Receiver | null>) =>
    parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<ShownMessage[]>> => {
      if (!messageRoles.includes(officer.role)) return { ok: false, refusal: { code: 'notAllowed' } }
      const to = await find(tx)
      if (!to) return notFound
      const lines = (await whyNotSent(tx, to)).filter(({ purpose }) => mayRead(officer, purpose))
      return { ok: true, value: lines.map(line => ({ ...line, why: whyOf(parts, line) })) }
    })
  return {
    templates: parts.templates,
    ofHousehold: (officer, householdId) =>
      answer(officer, async tx => ((await tx.messages.placeOf(householdId)) === null ? null : { householdId })),
    ofApplication: (officer, applicationId) =>
      answer(officer, async tx => {
        const application = await tx.applications.byId(applicationId)
        return application && { residentId: application.residentId }
      }),
  }
}

/** A word of care says that the family is looked after, and of such a family the county does not read. */
const mayRead = ({ role }: Officer, purpose: MessagePurpose): boolean => purpose !== 'care' || role === 'town'

function whyOf({ text }: AppParts, { reason, status, failure, receipt }: MessageLine): string | null {
  if (reason !== null) return text('zh-CN', `messages.reason.${reason}`)
  if (receipt === 'refused' || receipt === 'lost') return text('zh-CN', `messages.receipt.${receipt}`)
  return status === 'sent' ? null : failure
}
