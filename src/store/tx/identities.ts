import type { IdentityPort } from '../../app/officer/identityPort.ts'
import { channelNames } from '../../app/ports.ts'
import { endSessions } from '../officerDeparture.ts'
import { bindOfficerIdentity, officerBySender, officerColumns, officerOf, type OfficerRow } from '../officers.ts'
import { oneOf } from '../rows.ts'
import { identityRow, senderIndex } from '../turnRows.ts'
import type { Work } from '../work.ts'

export function identitiesIn({ client, cipher }: Work): IdentityPort {
  const addressed = ({ channel, sender }: { channel: string; sender: string }) => ({
    channel: oneOf(channelNames, channel),
    sender,
  })
  return {
    officerByUsername: async username => {
      const { rows } = await client.query<OfficerRow>(`select ${officerColumns} from officer o where o.username = $1`, [
        username,
      ])
      return rows[0] ? officerOf(rows[0]) : null
    },
    ofOfficer: async officerId => {
      const { rows } = await client.query<{
        channel: string
        sender_index: Buffer
        sender: Buffer | null
        bound_at: number
      }>(
        'select channel, sender_index, sender, bound_at from officer_identity where officer_id = $1 order by bound_at',
        [officerId],
      )
      return rows.map(({ channel, sender_index: index, sender, bound_at: boundAt }) => ({
        channel,
        boundAt,
        sender: sender && cipher.open('officer_identity|sender', identityRow(channel, index), sender).toString(),
      }))
    },
    officerOf: chat => officerBySender(client, cipher, addressed(chat)),
    bind: ({ officerId, at, ...chat }) => bindOfficerIdentity(client, cipher, { ...addressed(chat), officerId, at }),
    unbind: async ({ officerId, ...chat }) => {
      const { channel, sender } = addressed(chat)
      const { rowCount } = await client.query(
        'delete from officer_identity where channel = $1 and sender_index = $2 and officer_id = $3',
        [channel, senderIndex(cipher, channel, sender), officerId],
      )
      if (rowCount !== 1) return false
      await endSessions({ client }, [officerId])
      return true
    },
  }
}
