import type { ReceiptResult } from '../../app/sharedAccount.ts'
import { failureOf } from './errors.ts'
import { emptyFields, textOf, type Fields } from './fields.ts'

/** What a platform says of itself about something we sent, or about what a person allows. */
export interface News {
  receipts: { providerId: string; result: ReceiptResult }[]
  consents: { sender: string; templateId: string; answer: 'yes' | 'no'; isSetting: boolean; key: string }[]
}

const none: News = { receipts: [], consents: [] }

/** Reads an event of the platform; one that says neither has both lists empty. `event`: its name in lower case. */
export function readNews(event: string, fields: Fields): News {
  switch (event) {
    case 'templatesendjobfinish':
      return { ...none, receipts: receiptOf(textOf(fields, 'MsgID'), finished(textOf(fields, 'Status'))) }
    case 'subscribe_msg_sent_event':
      return {
        ...none,
        receipts: entries(fields, 'SubscribeMsgSentEvent').flatMap(entry =>
          receiptOf(textOf(entry, 'MsgID'), sent(textOf(entry, 'ErrorCode'))),
        ),
      }
    case 'subscribe_msg_popup_event':
      return { ...none, consents: consentsIn(fields, 'SubscribeMsgPopupEvent', event) }
    case 'subscribe_msg_change_event':
      return { ...none, consents: consentsIn(fields, 'SubscribeMsgChangeEvent', event) }
    default:
      return none
  }
}

function receiptOf(providerId: string | null, result: ReceiptResult | null): News['receipts'] {
  return providerId === null || result === null || !/^[\w.-]{1,128}$/.test(providerId) ? [] : [{ providerId, result }]
}

/** The three words of the platform, written with and without spaces; whatever else it says, the message did not arrive. */
function finished(status: string | null): ReceiptResult | null {
  if (status === null) return null
  const word = status.toLowerCase().replaceAll(/\s/g, '')
  if (word === 'success') return 'received'
  return word === 'failed:userblock' ? 'refused' : 'lost'
}

function sent(errorCode: string | null): ReceiptResult | null {
  if (errorCode === null || !/^-?\d{1,9}$/.test(errorCode)) return null
  if (Number(errorCode) === 0) return 'received'
  return failureOf(Number(errorCode), '') === 'personGone' ? 'refused' : 'lost'
}

/** A tap on a card that asks, or a change in the settings of the account: only that ends what was allowed. */
function consentsIn(fields: Fields, wrapper: string, event: string): News['consents'] {
  const sender = textOf(fields, 'FromUserName')
  const created = textOf(fields, 'CreateTime')
  if (!sender || !/^[A-Za-z0-9_-]{1,64}$/.test(sender) || !created || !/^\d{1,13}$/.test(created)) return []
  return entries(fields, wrapper).flatMap(entry => {
    const templateId = textOf(entry, 'TemplateId')
    const answer = textOf(entry, 'SubscribeStatusString')?.toLowerCase()
    if (!templateId || !/^[\w-]{1,64}$/.test(templateId) || (answer !== 'accept' && answer !== 'reject')) return []
    const key = `${created}:${event}:${sender}:${templateId}`
    const isSetting = event === 'subscribe_msg_change_event'
    return [{ sender, templateId, answer: answer === 'accept' ? ('yes' as const) : ('no' as const), isSetting, key }]
  })
}

/** The entries of `List`, with or without the element around it; JSON writes a list of one as an object. */
function entries(fields: Fields, wrapper: string): Fields[] {
  const around = fields[wrapper]
  const inner = typeof around === 'object' && !Array.isArray(around) ? around : emptyFields()
  const list = inner['List'] ?? fields['List']
  const all = Array.isArray(list) ? list : list === undefined ? [] : [list]
  return all.filter((entry): entry is Fields => typeof entry === 'object' && !Array.isArray(entry))
}
