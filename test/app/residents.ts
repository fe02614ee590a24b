import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { TestDatabase } from '../store/database.ts'
import type { Instance } from './instance.ts'

/** What the service says to these texts, one line for each reply. */
export async function talk(here: Instance, sender: string, ...texts: string[]): Promise<string> {
  const said: string[] = []
  for (const text of texts) said.push(...(await here.say(sender, text)).replies.map(reply => reply.text))
  return said.join('\n')
}

/** A mother expecting, registered to the end. `day` of birth tells several apart; the serial 000 is issued to nobody. */
export async function register(here: Instance, sender: string, day: string): Promise<string> {
  const told = await talk(
    here,
    sender,
    ...['生育登记', '孩子妈妈', '同意', '李小红', withCheckDigit(`420702${day.replaceAll('-', '')}000`)],
    ...['13800000000', '湖北省鄂州市梁子湖区沼山镇下柯村', '还没出生', '2027年3月15日', '对', '0', '没错，提交'],
  )
  expect(told).toContain('已提交')
  return told
}

/** A case of the resident in some place, as the store keeps it. */
export async function fileIn(
  { here, database }: { here: Instance; database: TestDatabase },
  regionCode: string,
  sender: string,
): Promise<void> {
  const at = database.world.now()
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  const residentId = (await here.kept.store.turns.open(address, at)).resident.id
  const id = randomUUID()
  const actor = { kind: 'resident' as const, id: residentId }
  const event = { type: 'submitted' as const, online: true, assisted: false }
  await here.kept.store.transaction({ kind: 'system' }, tx =>
    tx.applications.insert({
      ...{ id, number: `SY-${id}`, matter: 'birthRegistration', regionCode, residentId, receivedAt: at },
      content: {
        ...{ registrant: 'mother', applicantName: '李小红', applicantId: '420702199001010008', phone: '13800000000' },
        ...{ proxy: null, stage: 'expecting', birthDate: '2027-03-15', childName: null, earlierChildren: 0 },
        ...{ married: null, regionCode, regionName: '测试社区' },
      },
      actions: [{ applicationId: id, seq: 1, at, actor, event }],
    }),
  )
}

function withCheckDigit(id: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, i) => all + weight * Number(id[i]), 0)
  return id + '10X98765432'.charAt(sum % 11)
}
