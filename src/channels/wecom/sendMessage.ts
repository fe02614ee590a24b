import type { SendOutcome } from '../../app/ports.ts'
import type { Instant, World } from '../../domain/world.ts'
import type { Text } from '../wechat-official/account.ts'
import { textOf, type Fields } from '../wechat-official/fields.ts'
import type { WecomClient } from './client.ts'
import { wecomSendFailure, type WecomFailureName } from './errors.ts'
import type { MemberPace } from './memberPace.ts'

export interface SendDeps {
  agentId: number
  client: WecomClient
  pace: MemberPace
  world: Pick<World, 'now'>
  text: Text
}

/** One message of the app to one member. `content`: `msgtype` and its part. */
export async function sendToMember(
  deps: SendDeps,
  member: string,
  content: Record<string, unknown>,
): Promise<SendOutcome> {
  const { agentId, client, pace, world } = deps
  if (!(await pace(member, world.now()))) return failed(deps, { failure: 'throttled' }, 'limit of the member')
  const body = { touser: member, agentid: agentId, ...content }
  const outcome = await client({ method: 'POST', path: '/cgi-bin/message/send', body })
  if (outcome.status === 'failed') return failed(deps, outcome, outcome.detail)
  const without = ['invaliduser', 'unlicenseduser'].find(name => names(outcome.fields, name, member))
  if (without === 'invaliduser') return failed(deps, { failure: 'memberGone' }, without)
  // 未激活、无接口许可: an administrator has to give the licence.
  if (without === 'unlicenseduser') return failed(deps, { failure: 'misconfigured' }, without)
  return { status: 'sent', providerId: textOf(outcome.fields, 'msgid') }
}

/** Success may leave somebody out, named in lower case and joined by `|`. */
function names(fields: Fields, list: string, member: string): boolean {
  return (textOf(fields, list) ?? '').toLowerCase().split('|').includes(member.toLowerCase())
}

function failed({ text }: SendDeps, why: { failure: WecomFailureName; until?: Instant }, detail: string): SendOutcome {
  return { status: 'failed', failure: wecomSendFailure(why, text), detail }
}
