import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendEvent } from '../../src/app/appendEvent.ts'
import type { CaseAct } from '../../src/app/caseUse.ts'
import { openBureauFiles } from '../../src/channels/bureau-files/desk.ts'
import type { ApplicationEvent } from '../../src/domain/application.ts'
import type { Officer } from '../../src/domain/officer.ts'
import {
  atWindow,
  fileByChat,
  lease,
  nextPerson,
  openOffice,
  OTHER_TOWN,
  registration,
  VILLAGE,
  type Office,
} from './caseLife.ts'

/* What officers and residents do with a case between filing and decision, and after it. */

let database: Office['database']
let world: Office['world']
let service: Office['service']
let village: Officer
let colleague: Officer
let county: Officer
let town2: Officer
beforeAll(async () => {
  ;({ database, world, service, village, colleague, county, town2 } = await openOffice())
})
afterAll(() => database?.close())

const view = async (id: string, officer = village) => {
  const found = await service.app.officer.application(officer, id)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}
const act = (id: string, what: CaseAct, officer = village) => service.app.officerCases.act(officer, id, what)
const dues = async (id: string) =>
  (
    await database.sql('select promise_due::text, status from task where application_id = $1 order by created_at', [id])
  ).map(row => [row['status'], row['promise_due']])
/** An event of another use case (a notice), appended as that one does. */
const happen = (id: string, event: ApplicationEvent) =>
  service.kept.store.transaction({ kind: 'system' }, async tx => {
    const application = await tx.applications.byId(id)
    if (application) await appendEvent(tx, application, { actor: { kind: 'system' }, event, at: world.now() })
  })
const request: ApplicationEvent = { type: 'supplementRequested', noticeNumber: 'GZ1', due: null, exception: null }

describe('the first receiver', () => {
  test('is who took the case first, and stays it when another officer has it', async () => {
    const { id, residentId } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    const { taskId } = await view(id)
    await service.app.officer.release(village, taskId ?? '', fence)
    await lease(service, colleague, id)
    expect(await view(id)).toMatchObject({ firstReceiver: 'village' })
    expect((await view(id)).log.filter(({ type }) => type === 'firstReceived')).toHaveLength(1)
    expect(await service.app.resident.application(residentId, id)).toMatchObject({ firstReceiver: 'village' })
  })
})

describe('the clocks', () => {
  test('stand still by a pause with its reason, and the task follows', async () => {
    world.set('2026-11-23T09:00:00')
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    expect(await act(id, { act: 'pause', fence, reason: '等检测' })).toMatchObject({ refusal: { code: 'notAllowed' } })
    await service.app.officer.accept(village, id, fence)
    const before = await dues(id)
    expect(await act(id, { act: 'pause', fence, reason: '等检测' })).toMatchObject({
      value: { paused: true, clockStopped: true },
    })
    expect(await dues(id)).toEqual([['leased', null]])
    expect(await service.app.officer.decide(village, id, fence, { decision: 'granted' })).toMatchObject({ ok: false })
    world.set('2026-11-25T09:00:00')
    await act(id, { act: 'resume', fence })
    expect(before).toEqual([['leased', '2026-11-30']])
    expect(await dues(id)).toEqual([['leased', '2026-12-02']])
  })

  test('stand still while papers are missing; the resident sends them, and they go on', async () => {
    world.set('2026-11-23T09:00:00')
    const { id, residentId } = await fileByChat(service, database)
    await lease(service, village, id)
    await happen(id, request)
    expect(await service.app.resident.application(residentId, id)).toMatchObject({
      ...{ status: 'waiting', clockStopped: true, allowedActions: ['supplement', 'withdraw'] },
    })
    world.set('2026-11-27T09:00:00')
    const sent = await service.app.residentCases.supplement(residentId, id, ['户口本 已补办'])
    expect(sent).toMatchObject({
      ok: true,
      value: { status: 'submitted', clockStopped: false, promiseDue: '2026-12-04' },
    })
    expect(await dues(id)).toEqual([['leased', '2026-12-04']])
    expect(await service.app.residentCases.supplement(residentId, id, ['再来'])).toMatchObject({ ok: false })
  })

  test('of a decided case are written down with the decision', async () => {
    world.set('2026-11-23T09:00:00')
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    await service.app.officer.decide(village, id, fence, { decision: 'granted' })
    const application = await service.kept.store.transaction({ kind: 'system' }, tx => tx.applications.byId(id))
    expect(application?.actions.at(-1)?.event).toMatchObject({
      clocks: { promiseDue: '2026-11-30', legalDue: '2026-12-21', provisional: false },
    })
  })
})

describe('withdrawal', () => {
  test('in chat ends the task, and the same may be filed again', async () => {
    const { id, sender, number, residentId } = await fileByChat(service, database)
    const asked = await service.say(sender, '撤回')
    expect(asked.replies.at(-1)?.choices?.[0]?.label).toContain(number)
    const done = await service.say(sender, '1')
    expect(done.replies.at(-1)?.text).toContain(`已撤回${number}`)
    expect((await dues(id)).map(([status]) => status)).toEqual(['cancelled'])
    expect(await database.sql('select 1 from application_subject where application_id = $1', [id])).toEqual([])
    expect(await service.app.residentCases.withdraw(residentId, id, null)).toMatchObject({
      refusal: { code: 'notAllowed' },
    })
  })

  test('of a foreign case finds none', async () => {
    const [own, foreign] = [await fileByChat(service, database), await fileByChat(service, database)]
    expect(await service.app.residentCases.withdraw(own.residentId, foreign.id, null)).toMatchObject({
      refusal: { code: 'notFound' },
    })
  })
})

describe('corrections', () => {
  test('keep the first content, name the fields in the log and no value, and are what counts from then on', async () => {
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    const corrections = [{ field: 'phone', value: '138-0000-0022', reason: '号码写错' }]
    expect(await act(id, { act: 'correct', fence, corrections })).toMatchObject({ ok: true })
    const revealed = await service.app.officer.reveal(village, id, '核对')
    expect(revealed).toMatchObject({ value: { content: { phone: '13800000022', applicantName: '李秀英' } } })
    expect((await view(id)).log.at(-1)).toMatchObject({ type: 'corrected', note: '电话（号码写错）' })
    const rows = await database.sql(
      'select octet_length(content) as n from application_content where application_id = $1',
      [id],
    )
    expect(rows).toHaveLength(1)
    const trail = await database.sql(`select detail::text from audit where object_id = $1`, [id])
    expect(JSON.stringify(trail)).not.toContain('13800000022')
  })

  test.each([
    ['a field that is none', { field: 'regionName', value: '长港镇', reason: '搬家' }, 'regionName'],
    ['a value that cannot be', { field: 'applicantId', value: '42070219900101000X', reason: '写错' }, 'applicantId'],
    ['a prototype', { field: 'constructor', value: 'x', reason: '写错' }, 'constructor'],
    ['nothing new', { field: 'earlierChildren', value: 0, reason: '写错' }, 'earlierChildren'],
  ])('of %s are refused by the name of the field', async (_what, correction, field) => {
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    expect(await act(id, { act: 'correct', fence, corrections: [correction] })).toEqual({
      ...{ ok: false, refusal: { code: 'badInput', fields: [field] } },
    })
  })

  test('do not turn a case into one that is there already', async () => {
    const applicantId = nextPerson()
    const filed = async (birthDate: string) => {
      const done = await service.app.officerCases.file(
        village,
        atWindow({ content: registration({ applicantId, birthDate }) }),
      )
      return done.ok ? done.value : null
    }
    const [one, other] = [await filed('2027-01-15'), await filed('2028-03-01')]
    const change = (value: string): CaseAct => ({
      ...{ act: 'correct', fence: other?.fence ?? 0, corrections: [{ field: 'birthDate', value, reason: '写错' }] },
    })
    const id = other?.application.id ?? ''
    expect(await act(id, change('2027-01-15'))).toMatchObject({ refusal: { code: 'alreadyDone' } })
    expect(await act(id, change('2028-03-02'))).toMatchObject({ ok: true })
    expect(one?.application.id).not.toBe(id)
  })
})

describe('likely doubles', () => {
  test('are shown with their reasons wherever they are, until somebody says they are none or the data change', async () => {
    const shared = { phone: '13800000077', birthDate: '2027-06-06', applicantName: '赵测试' }
    const here = await service.app.officerCases.file(village, atWindow({ content: registration(shared) }))
    const there = await service.app.officerCases.file(
      town2,
      atWindow({ content: registration({ ...shared, regionCode: OTHER_TOWN, applicantName: '王测试' }) }),
    )
    if (!here.ok || !there.ok) throw new Error('both are filed')
    const { id } = here.value.application
    const [double] = (await view(id)).duplicates
    expect(double).toMatchObject({ id: there.value.application.id, reasons: ['电话相同，且预产（出生）月份相同'] })
    expect(double?.place).toContain('长港镇')
    // The other case itself stays out of sight.
    expect(await service.app.officer.application(village, double?.id ?? '')).toMatchObject({ ok: false })
    expect(await act(id, { act: 'notDuplicate', of: 'made-up' })).toMatchObject({ refusal: { code: 'badInput' } })
    expect(await act(id, { act: 'notDuplicate', of: double?.id ?? '' })).toMatchObject({ value: { duplicates: [] } })
    const { fence } = here.value
    await act(id, {
      act: 'correct',
      fence,
      corrections: [{ field: 'applicantName', value: '欧阳更正', reason: '写错' }],
    })
    expect((await view(id)).duplicates).toHaveLength(1)
    const rows = await database.sql(`select encode(mark, 'escape') as mark from application_mark`)
    expect(JSON.stringify(rows)).not.toContain('13800000077')
  })
})

describe('a question to another bureau', () => {
  const ask = async () => {
    world.set('2026-11-23T09:00:00')
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    await service.app.officer.accept(village, id, fence)
    await act(id, {
      ...{ act: 'requestConfirmation', fence, bureau: '民政局', text: '婚姻登记是否在册', share: ['applicantName'] },
    })
    return id
  }

  test('travels as a file with a token for this one request, and its answer stands in the log', async () => {
    const id = await ask()
    expect(await view(id)).toMatchObject({ confirmation: { open: true, answer: null } })
    const dir = mkdtempSync(path.join(os.tmpdir(), 'nx-bureau-'))
    const desk = openBureauFiles(dir, () => undefined)
    await Promise.all([service.app.caseWork.exchange(desk), service.app.caseWork.exchange(desk)])
    const [name = ''] = readdirSync(path.join(dir, 'out'))
    const asked = JSON.parse(readFileSync(path.join(dir, 'out', name), 'utf8'))
    expect(asked).toMatchObject({ bureau: '民政局', about: { applicantName: '李秀英' } })
    expect(JSON.stringify(asked)).not.toContain('13800000001')
    const { requestId, token } = asked
    writeFileSync(
      path.join(dir, 'in', 'a.json'),
      JSON.stringify({ requestId, token, answer: 'rejected', note: '查无记录' }),
    )
    await service.app.caseWork.exchange(desk)
    expect(await view(id)).toMatchObject({ confirmation: { open: false, answer: 'rejected' } })
    expect((await view(id)).log.at(-1)?.note).toBe('不属实：查无记录')
    expect(await service.app.caseWork.answer({ requestId, token, answer: 'accepted', note: null })).toBe('repeated')
    rmSync(dir, { recursive: true })
  })

  test('takes no answer with another token, for another request, or after its end', async () => {
    const [first, second] = [await ask(), await ask()]
    const sent: { id: string; token: string; applicationId: string }[] = []
    await service.app.caseWork.exchange({
      send: async request => void sent.push(request),
      collect: async () => undefined,
    })
    const of = (applicationId: string) => sent.find(request => request.applicationId === applicationId)
    const answer = (requestId: string, token: string) =>
      service.app.caseWork.answer({ requestId, token, answer: 'accepted', note: null })
    const [one, other] = [of(first), of(second)]
    expect(await answer(one?.id ?? '', other?.token ?? '')).toBe('unknown')
    expect(await answer('made-up', one?.token ?? '')).toBe('unknown')
    world.set('2026-12-31T09:00:00')
    expect(await answer(one?.id ?? '', one?.token ?? '')).toBe('unknown')
    world.set('2026-11-24T09:00:00')
    expect(await answer(one?.id ?? '', one?.token ?? '')).toBe('taken')
  })
})

test('who opened the certificate has it: the case counts as delivered, once', async () => {
  world.set('2026-11-23T09:00:00')
  const { id, residentId } = await fileByChat(service, database)
  const fence = await lease(service, village, id)
  await service.app.officer.decide(village, id, fence, { decision: 'granted' })
  const number = (await view(id)).certificateNumber ?? ''
  await Promise.all([1, 2].map(() => service.app.resident.certificate(residentId, number)))
  expect((await view(id)).log.map(({ type }) => type).filter(type => type === 'delivered')).toHaveLength(1)
  expect((await view(id)).status).toBe('delivered')
})

test('an officer of the place prints the certificate for who has no phone; each print is written down and limited', async () => {
  world.set('2026-11-23T09:00:00')
  const { id } = await fileByChat(service, database)
  await service.app.officer.decide(village, id, await lease(service, village, id), { decision: 'granted' })
  const number = (await view(id)).certificateNumber ?? ''
  const print = (officer: Officer) => service.app.officerCases.print(officer, number)
  expect(await print(town2)).toMatchObject({ refusal: { code: 'notFound' } })
  expect(await print(colleague)).toMatchObject({ ok: true, value: { certificate: { number } } })
  const [printed] = await database.sql(
    `select actor ->> 'id' as by, region_code from audit where action = 'certificate.reveal'`,
  )
  expect(printed).toEqual({ by: colleague.id, region_code: VILLAGE })
  for (let n = 1; n < service.parts.settings.revealsPerHour; n++) await print(colleague)
  expect(await print(colleague)).toMatchObject({ refusal: { code: 'tooManyReveals' } })
  expect((await view(id)).status).toBe('granted')
})

describe('the county', () => {
  const granted = async () => {
    world.set('2026-11-23T09:00:00')
    const filed = await fileByChat(service, database)
    const fence = await lease(service, village, filed.id)
    await service.app.officer.decide(village, filed.id, fence, { decision: 'granted' })
    return filed
  }

  test('revokes a certificate with a reason: the check page says so, the holder is told; nobody else may', async () => {
    const { id, residentId } = await granted()
    const revoke: CaseAct = { act: 'revoke', reason: '登记内容不实' }
    expect(await act(id, revoke)).toMatchObject({ refusal: { code: 'notAllowed' } })
    expect(await act(id, revoke, county)).toMatchObject({ value: { certificateStatus: 'revoked' } })
    const own = await service.app.resident.application(residentId, id)
    const seen = await service.kept.auth.lookUpCertificate(own?.checkCode ?? '', world.now())
    expect(seen?.status).toBe('revoked')
    const [entry] = await database.sql('select status from certificate_register where number = $1', [
      own?.certificateNumber,
    ])
    expect(entry).toEqual({ status: 'revoked' })
    const print = await service.app.resident.certificate(residentId, own?.certificateNumber ?? '')
    expect(print).toMatchObject({ certificate: { status: 'revoked' }, supersededBy: null })
    const told = await database.sql(`select 1 from outbox where dedupe_key = $1`, [`revoked:${own?.certificateNumber}`])
    expect(told).toHaveLength(1)
    expect(await act(id, revoke, county)).toMatchObject({ refusal: { code: 'notAllowed' } })
  })

  test('takes a decided case up again, with a new task and the days in between not counted', async () => {
    const { id, residentId } = await granted()
    expect(await act(id, { act: 'reopen', reason: '决定有误' }, county)).toMatchObject({ ok: false })
    await act(id, { act: 'revoke', reason: '决定有误' }, county)
    world.set('2026-11-27T09:00:00')
    expect(await act(id, { act: 'reopen', reason: '决定有误' }, county)).toMatchObject({
      value: { status: 'inReview', promiseDue: '2026-12-04', certificateStatus: 'none' },
    })
    expect(await dues(id)).toEqual([
      ['done', '2026-11-30'],
      ['open', '2026-12-04'],
    ])
    const fence = await lease(service, colleague, id)
    const again = await service.app.officer.decide(colleague, id, fence, { decision: 'granted' })
    expect(again).toMatchObject({ value: { status: 'granted', certificateStatus: 'valid' } })
    const [old, fresh] = await database.sql(
      'select number, status from certificate where application_id = $1 order by issued_at',
      [id],
    )
    expect([old?.['status'], fresh?.['status']]).toEqual(['revoked', 'valid'])
    const own = await service.app.resident.application(residentId, id)
    expect(own?.certificateNumber).toBe(fresh?.['number'])
    expect(await service.app.resident.certificate(residentId, String(old?.['number']))).toBeNull()
    expect(await service.app.resident.certificate(residentId, String(fresh?.['number']))).not.toBeNull()
  })

  test('does not take up a case whose place another one has taken', async () => {
    const { id, residentId } = await fileByChat(service, database)
    const before = await service.kept.store.transaction({ kind: 'system' }, tx => tx.applications.byId(id))
    await service.app.residentCases.withdraw(residentId, id, null)
    const again = atWindow({
      content: registration({ applicantId: before?.content.applicantId, birthDate: '2027-01-15' }),
    })
    expect(await service.app.officerCases.file(village, again)).toMatchObject({ ok: true })
    expect(await act(id, { act: 'reopen', reason: '群众反悔' }, county)).toMatchObject({
      refusal: { code: 'alreadyDone' },
    })
  })

  test('of another place, and every other officer there, finds no case at all', async () => {
    const { id } = await granted()
    for (const what of [{ act: 'deliver' }, { act: 'revoke', reason: 'x' }] satisfies CaseAct[]) {
      expect(await act(id, what, town2)).toMatchObject({ refusal: { code: 'notFound' } })
    }
  })
})
