import type { OutboxMessage, SendOutcome } from '../../app/ports.ts'
import type { SharedAccount } from '../../app/sharedAccount.ts'
import { fillTemplate, templateFor, type MessageTemplate, type TemplateWay } from '../../domain/message/template.ts'
import type { World } from '../../domain/world.ts'
import type { Text } from './account.ts'
import type { WechatClient } from './client.ts'
import { sendFailure } from './errors.ts'
import { textOf } from './fields.ts'

export interface FormDeps {
  client: WechatClient
  consents: SharedAccount['consents']
  templates: readonly MessageTemplate[]
  world: Pick<World, 'now'>
  text: Text
  publicUrl?: string
}

/** Where each kind of form is sent, and what stands in the body beside its fields. */
const endpoints: Record<TemplateWay, string> = {
  officialSubscription: '/cgi-bin/message/subscribe/bizsend',
  officialTemplate: '/cgi-bin/message/template/send',
  miniSubscription: '/cgi-bin/message/subscribe/send',
}

/** The person said no, or never said yes (订阅消息, 返回码说明). */
const NO_CONSENT = 43101

/**
 * Sends a message as a filled form. Null when this way is not open for it: no form for its sentence, values that do not fit, or
 * no yes of the person.
 */
export async function sendForm(deps: FormDeps, way: TemplateWay, message: OutboxMessage): Promise<SendOutcome | null> {
  const { notice, sender } = message
  const form = notice && templateFor(deps.templates, way, notice.key)
  if (!form) return null
  const filled = fillTemplate(form, { ...notice.values, text: message.replies[0]?.text ?? '' })
  if (!filled.ok) return null
  const person = { channel: message.channel, sender }
  const { templateId } = form
  if (form.consent !== 'none' && (await deps.consents.allowed(person, [templateId])).length === 0) return null
  const data = Object.fromEntries(Object.entries(filled.fields).map(([field, value]) => [field, { value }]))
  const body = { touser: sender, template_id: templateId, ...target(deps, way, message, form), data }
  const outcome = await deps.client({ method: 'POST', path: endpoints[way], body })
  if (outcome.status === 'ok') {
    if (form.consent === 'once') await deps.consents.spend(person, templateId, deps.world.now())
    return { status: 'sent', providerId: textOf(outcome.fields, 'msgid') }
  }
  if (outcome.errcode === NO_CONSENT) await deps.consents.end(person, templateId, deps.world.now())
  return { status: 'failed', failure: sendFailure(outcome, deps.text), detail: outcome.detail }
}

/** What a tap on the form opens. */
function target({ publicUrl = '' }: FormDeps, way: TemplateWay, message: OutboxMessage, form: MessageTemplate) {
  const { url } = message.notice ?? {}
  const address = url === undefined ? null : url.startsWith('/') ? publicUrl + url : url
  switch (way) {
    case 'officialSubscription':
      return address === null ? {} : { page: address }
    case 'officialTemplate':
      // The same message within ten minutes is shown once, whatever became of the first call.
      return { client_msg_id: message.id, ...(address === null ? {} : { url: address }) }
    case 'miniSubscription':
      return { miniprogram_state: 'formal', lang: 'zh_CN', ...(form.page === null ? {} : { page: form.page }) }
  }
}
