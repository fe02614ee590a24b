import { makeCareDesk, type CareDesk } from '../../app/care/careDesk.ts'
import type { AppParts } from '../../app/parts.ts'
import type { Officer } from '../../domain/officer.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import { demoOfficers } from './officers.ts'

const VILLAGE = '420702104212'
const DAY_MS = 86_400_000

/**
 * Two made-up families: one looked after by both contacts, one without its leader, doctor and card. Through the use cases of
 * everybody, a month ago. Does nothing where there are families already.
 */
export async function seedCareFamilies(parts: AppParts): Promise<void> {
  const cadre = demoOfficers.find(({ username }) => username === 'village')
  const leader = demoOfficers.find(({ username }) => username === 'town')
  if (!cadre || !leader) return
  const now = makeCareDesk(parts)
  if ((await now.list(leader, { ended: false, limit: 1 })).items.length > 0) return
  const at = parts.world.now() - 30 * DAY_MS
  const then = makeCareDesk({ ...parts, world: { ...parts.world, now: () => at } })
  await seedWhole(then, now, { cadre, leader, today: shanghaiDate(parts.world.now()) })
  await then.register(cadre, {
    ...{ regionCode: VILLAGE, phone: '13800009002', address: '下柯村五组', consentWay: 'paper' },
    people: [{ name: '李大山', birthday: { calendar: 'lunar', month: 12, day: 8 } }],
  })
  await now.plan(100)
}

async function seedWhole(
  then: CareDesk,
  now: CareDesk,
  { cadre, leader, today }: { cadre: Officer; leader: Officer; today: string },
): Promise<void> {
  const registered = await then.register(cadre, {
    ...{ regionCode: VILLAGE, phone: '13800009001', address: '下柯村三组', consentWay: 'spoken' },
    people: [
      { name: '王秀英', birthday: { calendar: 'lunar', month: 10, day: 16 } },
      { name: '周德福', birthday: null },
    ],
  })
  if (!registered.ok) throw new Error('a demo family was not registered')
  const { id } = registered.value
  await then.setContact(leader, id, { post: 'leader', officerId: leader.id })
  await then.setDuties(cadre, id, {
    doctor: { name: '刘医生', clinic: '沼山镇卫生院', phone: null, since: addDays(today, -30) },
    hospital: { name: '梁子湖区人民医院', desk: '一楼服务台', phone: null },
  })
  await then.issueCard(cadre, id)
  await then.addHelper(cadre, id, { kind: 'volunteer', name: '小周', phone: null })
  const met = await then.one(leader, id)
  await now.writeVisit(leader, id, {
    ...{ taskId: met.ok ? (met.value.tasks[0]?.id ?? null) : null, on: addDays(today, -25), way: 'home', mood: 'calm' },
    ...{ words: '头一回上门，认了门，留了电话。', needs: [], promise: null },
  })
  await now.writeVisit(cadre, id, {
    ...{ taskId: null, on: addDays(today, -9), way: 'home', mood: 'low' },
    words: '坐了半个钟头。两个人身体还行，就是晚上睡不好，不大出门。',
    ...{ needs: ['talk', 'accompany'], promise: { words: '带王阿姨去卫生院量血压', by: addDays(today, 3) } },
  })
  const startsAt = Date.parse(`${addDays(today, 12)}T14:30:00+08:00`)
  await now.activities.open(leader, {
    ...{ regionCode: leader.regionCode, title: '一起包饺子', place: '镇暖心家园', startsAt, capacity: 12, note: null },
  })
}
