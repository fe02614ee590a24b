import { channelNames, type Tx } from '../../app/ports.ts'
import type { Officer } from '../../domain/officer.ts'
import { officerColumns, officerOf, redeemBindingCode, type OfficerRow } from '../officers.ts'
import { oneOf } from '../rows.ts'
import { identityRow } from '../turnRows.ts'
import { makeResidents } from '../turnStore.ts'
import type { Work } from '../work.ts'

/** County, town, village: the lengths of the codes that hold a 12-digit place. */
const LEVELS = [6, 9, 12]

export function officersIn({ client, cipher, newId }: Work): Tx['officers'] {
  const one = async (text: string, values: unknown[]): Promise<Officer | null> => {
    const { rows } = await client.query<OfficerRow>(text, values)
    return rows[0] ? officerOf(rows[0]) : null
  }
  return {
    byIds: async ids => {
      const { rows } = await client.query<OfficerRow>({
        name: 'officer.byIds',
        text: `select ${officerColumns} from officer o where o.id = any($1)`,
        values: [ids],
      })
      return rows.map(officerOf)
    },
    forRegions: async regionCodes => {
      const { rows } = await client.query<OfficerRow & { place: string }>({
        name: 'officer.forRegions',
        text: `select distinct on (q.place) q.place, ${officerColumns} from unnest($1::text[]) as q (place)
          join officer o on o.region_code = any (array[left(q.place, 6), left(q.place, 9), left(q.place, 12)])
            and o.role <> 'auditor' and not o.disabled
          order by q.place, length(o.region_code) desc, o.username`,
        values: [regionCodes],
      })
      return new Map(rows.map(row => [row.place, officerOf(row)]))
    },
    byId: id => one(`select ${officerColumns} from officer o where o.id = $1`, [id]),
    forRegion: regionCode =>
      one(
        `select ${officerColumns} from officer o
          where o.region_code = any($1) and o.role <> 'auditor' and not o.disabled
          order by length(o.region_code) desc, o.username limit 1`,
        [LEVELS.filter(length => length <= regionCode.length).map(length => regionCode.slice(0, length))],
      ),
    residentsOf: async officerId => {
      const { rows } = await client.query<{ resident_id: string }>({
        name: 'officer.residents',
        text: `select i.resident_id from officer_identity o
          join resident_identity i on i.channel = o.channel and i.sender_index = o.sender_index
          left join conversation c on c.resident_id = i.resident_id
          where o.officer_id = $1
          group by i.resident_id
          order by bool_and(c.last_channel is null), max(c.updated_at) desc, i.resident_id`,
        values: [officerId],
      })
      return rows.map(row => row.resident_id)
    },
    openChats: async (officerId, at) => {
      const { rows } = await client.query<{ channel: string; sender_index: Buffer; sender: Buffer }>({
        name: 'officer.unopened',
        text: `select o.channel, o.sender_index, o.sender from officer_identity o
          where o.officer_id = $1 and o.sender is not null and not exists (
            select from resident_identity i where i.channel = o.channel and i.sender_index = o.sender_index)`,
        values: [officerId],
      })
      const strangers = rows.map(({ channel, sender_index: index, sender: sealed }) => {
        const sender = cipher.open('officer_identity|sender', identityRow(channel, index), sealed).toString()
        return { address: { channel: oneOf(channelNames, channel), sender, messageKey: '' }, senderIndex: index, at }
      })
      if (strangers.length > 0) await makeResidents(client, cipher, newId, strangers)
    },
    redeemBindingCode: code => redeemBindingCode(client, cipher, code),
  }
}
