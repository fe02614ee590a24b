import { readPhone } from '../../domain/phone.ts'
import type { ChannelLog } from '../wechat-official/account.ts'
import type { WechatClient } from '../wechat-official/client.ts'
import { textOf, type Fields } from '../wechat-official/fields.ts'

/** The person's own number, as the platform vouches for it; or that it did not. */
export type MiniPhone = { status: 'ok'; phone: string } | { status: 'failed'; reason: 'badCode' | 'unavailable' }

/** The code of the button is not the one of the log-in: five minutes, once. Its shape is checked before it travels. */
const codeShape = /^[\w-]{1,128}$/
const BAD_CODE = 40029
const CHINA = '86'

/**
 * Exchanges the code of the getPhoneNumber button for the number (phonenumber.getPhoneNumber). What was issued to another
 * mini-program, and numbers of other countries, count as none: no list has them. The number is in no log.
 */
export async function miniPhone(
  { client, appId, log }: { client: WechatClient; appId: string; log: ChannelLog },
  code: string,
): Promise<MiniPhone> {
  if (!codeShape.test(code)) return { status: 'failed', reason: 'badCode' }
  const outcome = await client({ method: 'POST', path: '/wxa/business/getuserphonenumber', body: { code } })
  if (outcome.status === 'failed') {
    return { status: 'failed', reason: outcome.errcode === BAD_CODE ? 'badCode' : 'unavailable' }
  }
  const phone = phoneIn(outcome.fields, appId)
  if (phone !== null) return { status: 'ok', phone }
  log.warn({ path: 'getuserphonenumber' }, 'wechat: no number of ours in the answer')
  return { status: 'failed', reason: 'unavailable' }
}

function phoneIn(answer: Fields, appId: string): string | null {
  const info = answer['phone_info']
  if (typeof info !== 'object' || Array.isArray(info)) return null
  const mark = info['watermark']
  const isOurs = typeof mark === 'object' && !Array.isArray(mark) && textOf(mark, 'appid') === appId
  if (!isOurs || textOf(info, 'countryCode') !== CHINA) return null
  const read = readPhone(textOf(info, 'purePhoneNumber') ?? '')
  return read.ok && read.kind === 'mobile' ? read.number : null
}
