import type { ConsentEvent, SharedAccount } from '../../app/sharedAccount.ts'
import type { MessageTemplate } from '../../domain/message/template.ts'
import type { Instant } from '../../domain/world.ts'
import type { News } from './news.ts'

/** Writes down what the platform said; what it says again changes nothing. */
export async function noteNews(
  {
    books,
    channel,
    templates,
  }: {
    books: Pick<SharedAccount, 'consents' | 'receipts'>
    channel: string
    templates: readonly MessageTemplate[]
  },
  { receipts, consents }: News,
  at: Instant,
): Promise<void> {
  if (receipts.length > 0) await books.receipts.note(receipts.map(receipt => ({ ...receipt, channel, at })))
  for (const { sender, templateId, answer, isSetting, key } of consents) {
    const change = changeOf(templates, { templateId, answer, isSetting })
    if (change) await books.consents.note({ person: { channel, sender }, templateId, change, key, at })
  }
}

/**
 * A no on a card is no yes this time, and takes nothing back that was said before; a no in the settings does. A yes in the
 * settings to a form for one time is none: only a tap counts.
 */
function changeOf(
  templates: readonly MessageTemplate[],
  { templateId, answer, isSetting }: Pick<News['consents'][number], 'templateId' | 'answer' | 'isSetting'>,
): ConsentEvent['change'] | null {
  const isLasting = templates.some(form => form.templateId === templateId && form.consent === 'lasting')
  if (answer === 'no') return isSetting || isLasting ? 'ended' : null
  if (isLasting) return 'lasting'
  return isSetting ? null : 'once'
}
