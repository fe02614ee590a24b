import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OfficerListReport, OfficerLists } from '../../src/app/officerLists.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { buildRegionIndex } from '../../src/domain/region.ts'
import { makeOfficerLists } from '../../src/runtime/officerLists.ts'
import { verifyPassword } from '../../src/runtime/password.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 人员名单 by the county's own page: tried, confirmed, and never more than the county may. */

const VILLAGE = '420702104212'
const HEADER = '用户名,姓名,级别,地区代码,办公电话'
const regions = buildRegionIndex({
  rows: [
    ...(['42:湖北省', '4207:鄂州市', '420702:梁子湖区', '420702104:沼山镇', `${VILLAGE}:下柯村`] as const),
    ...(['420703:华容区', '420703100:华容镇'] as const),
  ].map(line => [line.split(':')[0] ?? '', line.split(':')[1] ?? ''] as const),
  aliases: [],
})

let database: TestDatabase
let service: Instance
let lists: OfficerLists
let county: Officer
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  county = await service.appoint('head', 'county', '420702')
  await service.appoint('watch', 'auditor', '420702')
  await service.appoint('far', 'town', '420703100')
  lists = makeOfficerLists({ masterData: service.kept.masterData, world: database.world, regions })
})
afterAll(() => database?.close())

const bytesOf = (...lines: string[]) => new TextEncoder().encode([HEADER, ...lines].join('\r\n'))
async function take(bytes: Uint8Array, { confirm = null as string | null, disableMissing = false } = {}) {
  const answer = await lists.take(county, { bytes, confirm, disableMissing })
  if (!answer.ok) throw new Error(answer.fault)
  return answer.report
}
const confirmed = async (bytes: Uint8Array, disableMissing = false): Promise<OfficerListReport> =>
  take(bytes, { confirm: (await take(bytes, { disableMissing })).hash, disableMissing })
const named = async (username: string) =>
  (await service.kept.masterData.officers()).find(one => one.username === username) ?? null
const audited = () =>
  database.sql(
    `select action, actor ->> 'role' as role, detail from audit
      where action like 'import.%' or action like 'masterData.%' order by seq`,
  )

test('a trial writes nothing; what was tried is written once, with passwords that only open their own account', async () => {
  const list = bytesOf(`ke,柯小满,村,${VILLAGE},`, 'shen,沈立秋,乡镇,420702104,0711-2345678')
  const trial = await take(list)
  expect(trial).toMatchObject({ status: 'trial', passwords: [], unchanged: 0 })
  expect(trial.lines.map(({ what, username }) => `${what} ${username}`)).toEqual(['created ke', 'created shen'])
  expect(await named('ke')).toBeNull()

  const done = await take(list, { confirm: trial.hash })
  expect(done.status).toBe('done')
  const [first] = done.passwords
  const account = await service.kept.auth.officerByUsername('ke')
  expect(await verifyPassword(first?.password ?? '', account?.passwordHash ?? '')).toBe(true)
  const kept =
    await database.sql(`select (select string_agg(o::text, ' ') from officer o) || (select string_agg(a::text, ' ')
    from audit a) as all`)
  for (const { password } of done.passwords) expect(JSON.stringify(kept)).not.toContain(password)

  expect(await take(list)).toMatchObject({ status: 'nothing', unchanged: 2 })
  await expect(take(list, { confirm: trial.hash })).resolves.toMatchObject({ status: 'nothing', passwords: [] })
  expect(await audited()).toEqual([
    { action: 'masterData.officer.created', role: 'county', detail: {} },
    { action: 'masterData.officer.created', role: 'county', detail: {} },
    { action: 'import.officers', role: 'county', detail: { added: 2, changed: 0, disabled: 0 } },
  ])
})

test('what is confirmed must be what was tried: the file, the wish to disable, and the officers as they were', async () => {
  const list = bytesOf(`ke,柯大满,村,${VILLAGE},`)
  const { hash } = await take(list)
  await expect(take(list, { confirm: hash, disableMissing: true })).rejects.toThrow('changed')
  await expect(take(bytesOf(`ke,柯中满,村,${VILLAGE},`), { confirm: hash })).rejects.toThrow('changed')
  await database.sql(`update officer set office_phone = '0711-1111111' where username = 'ke'`)
  await expect(take(list, { confirm: hash })).rejects.toThrow('changed')
  expect(await named('ke')).toMatchObject({ name: '柯小满' })
})

test('one row that the county may not write, and nothing of the list is written', async () => {
  const report = await take(
    bytesOf(
      'new,柯立秋,乡镇,420702104,',
      'far,柯立秋,乡镇,420702104,',
      'x1,柯立秋,乡镇,420703100,',
      'x2,柯立秋,审计,420702,',
      'head,柯立秋,乡镇,420702104,',
    ),
  )
  expect(report.status).toBe('refused')
  expect(report.faults.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    ...['3 usernameTaken', '4 otherPlace', '5 auditor', '6 ownAccount'],
  ])
  expect(await named('new')).toBeNull()
  expect(await named('far')).toMatchObject({ regionCode: '420703100' })
})

test('who left is disabled only when asked; his tasks go back, and neither head nor auditor goes with him', async () => {
  await registerUpTo('submit', answersOf(VILLAGE, withCheck('42070219940401000')), text =>
    service.say('resident', text),
  )
  const ke = await named('ke')
  if (!ke) throw new Error('no ke')
  const [task] = (await service.app.officer.tasks(ke, { limit: 1 })).items
  expect((await service.app.officer.lease(ke, task?.id ?? '', null)).ok).toBe(true)

  const without = bytesOf('shen,沈立秋,乡镇,420702104,0711-2345678')
  expect(await confirmed(without)).toMatchObject({ status: 'nothing' })
  const done = await confirmed(without, true)
  expect(done).toMatchObject({ status: 'done', passwords: [], lines: [{ what: 'disabled', username: 'ke' }] })
  const shen = await named('shen')
  if (!shen) throw new Error('no shen')
  const found = await service.app.officer.task(shen, task?.id ?? '')
  expect(found.ok && found.value.task.status).toBe('open')
  expect(await named('head')).toMatchObject({ disabled: false })
  expect(await named('watch')).toMatchObject({ disabled: false })
})

test('a lost password is made anew: sessions end, the reason is sealed, and no auditor or stranger gets one', async () => {
  const shen = await named('shen')
  const session = { tokenHash: Uint8Array.of(7), officerId: shen?.id ?? '', csrfToken: 'c', at: database.world.now() }
  await service.kept.auth.openOfficerSession({ ...session, expiresAt: session.at + 3_600_000 })
  const fresh = await lists.renewPassword(county, shen?.id ?? '', '抄错了密码')
  const account = await service.kept.auth.officerByUsername('shen')
  expect(await verifyPassword(fresh?.password ?? '', account?.passwordHash ?? '')).toBe(true)
  expect(await database.sql('select * from officer_session')).toEqual([])
  const [entry] = (await audited()).slice(-1)
  expect(entry).toMatchObject({ action: 'masterData.officer.passwordRenewed', role: 'county' })
  expect(JSON.stringify(entry)).not.toContain('抄错')
  for (const username of ['head', 'watch', 'far', 'ke']) {
    expect(await lists.renewPassword(county, (await named(username))?.id ?? '', '试试')).toBeNull()
  }
})

test('more new accounts than one answer can wait for are sent back', async () => {
  const many = Array.from({ length: 201 }, (_, n) => `many${n},柯小满,村,${VILLAGE},`)
  await expect(take(bytesOf(...many))).rejects.toThrow('tooMany')
})
