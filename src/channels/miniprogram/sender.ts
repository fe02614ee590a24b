import type { MessageSender, OutboxMessage, SendFailure, SendOutcome } from '../../app/ports.ts'
import type { Text } from '../wechat-official/account.ts'
import { sendForm, type FormDeps } from '../wechat-official/forms.ts'
import type { Announce } from '../web/sender.ts'

/**
 * The mini-program reads its messages from the history, so a message stands there first. Who allowed its form is also shown it
 * by the platform. Help in distress does not wait for somebody to open a page: without a form it goes the next way.
 */
export function makeMiniSender(announce: Announce, forms: FormDeps | null, text: Text): MessageSender {
  return {
    channel: 'miniprogram',
    async send(message) {
      await announce(message)
      const shown = forms && (await sendForm(forms, 'miniSubscription', message))
      if (shown?.status === 'sent') return shown
      // It stands in the history: what the platform would not show now is not worth a second showing there.
      return mustReach(message) ? (shown ?? noForm(text)) : { status: 'sent', providerId: null }
    },
  }
}

const mustReach = ({ purpose, critical }: OutboxMessage) =>
  purpose === 'distress' || (critical && purpose !== undefined)

function noForm(text: Text): SendOutcome {
  const failure: SendFailure = {
    name: 'notSubscribed',
    retry: 'otherWay',
    alert: false,
    tell: text('wechat.send.notSubscribed'),
    mayHaveArrived: false,
  }
  return { status: 'failed', failure, detail: 'no form is allowed' }
}
