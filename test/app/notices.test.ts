import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { noticeSheet } from '../../src/app/notices/noticeSheet.ts'
import { loadCertificateFonts } from '../../src/web/certificateFonts.ts'
import { renderNoticePdf } from '../../src/web/noticePdf.ts'
import { atWindow } from './caseLife.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

const VILLAGE = '420702104212'

let database: TestDatabase
let service: Instance
let village: Officer
let county: Officer
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  village = await service.appoint('village', 'village', VILLAGE)
  county = await service.appoint('county', 'county', '420702')
})
afterAll(() => database?.close())

const said = (answer: { replies: { text: string }[] }) => answer.replies.map(({ text }) => text).join('\n')
const numberIn = (text: string) => /GZ\d{6}-\d{6}/.exec(text)?.[0] ?? ''

async function residentOf(sender: string): Promise<string> {
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return (await service.kept.store.turns.open(address, database.world.now())).resident.id
}

let births = 0
/** Registers as a new resident; answers who it is, the case, and its task held by the village officer. */
async function registered(officer = village, place = VILLAGE) {
  const sender = randomUUID()
  const born = `4207021994${String(101 + births++).padStart(4, '0')}000`
  await registerUpTo('submit', answersOf(place, withCheck(born)), text => service.say(sender, text))
  const residentId = await residentOf(sender)
  const [row] = await database.sql(
    `select a.id as application, t.id as task from application a join task t on t.application_id = a.id
      where a.resident_id = $1`,
    [residentId],
  )
  const applicationId = String(row?.['application'])
  const leased = await service.app.officer.lease(officer, String(row?.['task']), null)
  return { sender, residentId, applicationId, fence: leased.ok ? leased.value.fence : 0 }
}

const gap = { material: 'idOrHouseholdBooklet', what: null, wrong: '照片看不清', mend: null, ground: null }
const request = { gaps: [gap], due: null, reason: null }

describe('a notice that is asked for', () => {
  test('is told by chat, kept, and the same when it is asked for again', async () => {
    const sender = randomUUID()
    const ask = async () => {
      await service.say(sender, '要带什么')
      await service.say(sender, '生育登记')
      return said(await service.say(sender, '沼山镇下柯村'))
    }
    const first = await ask()
    expect(first).toContain('1. 身份证或户口簿')
    expect(first).toContain('请向当地核实')
    expect(said(await service.say(sender, '我已收到'))).toContain('备齐了再来')
    expect(numberIn(await ask())).toBe(numberIn(first))
    const residentId = await residentOf(sender)
    const print = await service.app.notices.own(residentId, numberIn(first))
    expect(print?.notice.content).toMatchObject({ matter: 'birthRegistration', kind: 'information', applicant: null })
    expect(print?.times.confirmed).not.toBeNull()
    expect(await service.app.notices.own(await residentOf(randomUUID()), numberIn(first))).toBeNull()
  })

  test('where the papers are not verified there is no notice and no guess', async () => {
    const sender = randomUUID()
    await service.say(sender, '要带什么')
    await service.say(sender, '补证、换证')
    await service.say(sender, '沼山镇下柯村')
    const answer = said(await service.say(sender, '生育登记凭证'))
    expect(answer).toContain('还没有核实到')
    expect(numberIn(answer)).toBe('')
  })
})

describe('a notice on a case', () => {
  test('stops the clocks, tells everything at once, and asks the resident to confirm', async () => {
    const { residentId, applicationId, fence } = await registered()
    const issued = await service.app.notices.issue(village, applicationId, fence, request)
    expect(issued).toMatchObject({ ok: true, value: { application: { status: 'waiting' } } })
    const number = issued.ok ? issued.value.number : ''
    const outbox = await database.sql(`select dedupe_key, critical from outbox where dedupe_key like $1`, [
      `%${number}`,
    ])
    expect(outbox.toSorted((a, b) => String(a['dedupe_key']).localeCompare(String(b['dedupe_key'])))).toEqual([
      { dedupe_key: `notice:${applicationId}:${number}`, critical: true },
      { dedupe_key: `supplement:${number}`, critical: false },
    ])
    const print = await service.app.notices.own(residentId, number)
    expect(print?.notice.content.gaps).toMatchObject([{ what: '身份证或户口簿', wrong: '照片看不清' }])
    expect(print?.notice.content).toMatchObject({ firstReceiver: village.name, edition: 1, exception: null })
    expect(print?.times.read).not.toBeNull()
  })

  test('is answered in chat: receipt, words, and the case goes on', async () => {
    const { sender, applicationId, fence } = await registered()
    await service.app.notices.issue(village, applicationId, fence, request)
    await service.say(sender, '我已收到')
    await service.say(sender, '是')
    await service.say(sender, '同意')
    await service.say(sender, '没有了')
    expect(said(await service.say(sender, '户口簿在老家，下周补来'))).toContain('接着办')
    const view = await service.app.officer.application(village, applicationId)
    expect(view).toMatchObject({ ok: true, value: { status: 'submitted' } })
    expect(view.ok ? view.value.log.map(({ type }) => type) : []).toEqual(
      expect.arrayContaining(['supplementRequested', 'supplemented']),
    )
  })

  test('answered by the page is not asked for in chat any more, now or after another matter', async () => {
    const { sender, residentId, applicationId, fence } = await registered()
    await service.say(sender, '要带什么')
    await service.app.notices.issue(village, applicationId, fence, request)
    await service.app.residentCases.supplement(residentId, applicationId, ['户口簿'])
    expect(said(await service.say(sender, '取消'))).not.toContain('告知书')
    const other = await registered()
    await service.app.notices.issue(village, other.applicationId, other.fence, request)
    expect(said(await service.say(other.sender, '我已收到'))).toContain('现在就补吗')
    await service.app.residentCases.supplement(other.residentId, other.applicationId, ['户口簿'])
    expect(said(await service.say(other.sender, '你好'))).not.toContain('现在就补吗')
    expect(said(await service.say(other.sender, '补材料'))).toContain('没有要补材料的办件')
  })

  test('is answered with photos, which officers of the place see one by one against a reason, audited', async () => {
    const { residentId, applicationId, fence } = await registered()
    await service.app.notices.issue(village, applicationId, fence, request)
    const upload = randomUUID()
    const bytes = new Uint8Array([1])
    await service.kept.auth.saveUpload({
      id: upload,
      residentId,
      mimeType: 'image/png',
      bytes,
      at: database.world.now(),
    })
    await service.app.residentCases.supplement(residentId, applicationId, [`户口本 [${upload}]`])
    const view = await service.app.officer.application(village, applicationId)
    expect(view).toMatchObject({ value: { photos: [upload] } })
    expect(view.ok && view.value.log.at(-1)?.note).toBe('户口本 [照片]')
    const look = { upload, reason: '核对户口本' }
    expect(await service.app.officer.photo(village, applicationId, look)).toEqual({
      ...{ ok: true, value: { upload, residentId } },
    })
    const elsewhere = await service.appoint('elsewhere-photo', 'village', '420702104201')
    expect(await service.app.officer.photo(elsewhere, applicationId, look)).toMatchObject({ ok: false })
    const foreign = { ...look, upload: randomUUID() }
    expect(await service.app.officer.photo(village, applicationId, foreign)).toMatchObject({ ok: false })
    const audited = `select detail ->> 'upload' as upload from audit where action = 'application.photo' and object_id = $1`
    expect(await database.sql(audited, [applicationId])).toEqual([{ upload }])
  })

  test('of a window case is printed for who has no phone: the officer of the place has the paper', async () => {
    const filed = await service.app.officerCases.file(village, atWindow())
    if (!filed.ok) throw new Error(filed.refusal.code)
    const { application, fence } = filed.value
    const issued = await service.app.notices.issue(village, application.id, fence, request)
    const number = issued.ok ? issued.value.number : ''
    const print = await service.app.notices.ofPlace(village, number)
    expect(print?.notice.content).toMatchObject({ applicationNumber: application.number, firstReceiver: village.name })
    const words = (key: string, values = {}) => service.parts.text('zh-CN', `notice.${key}`, values)
    if (!print) throw new Error('no notice')
    const pdf = await renderNoticePdf(noticeSheet(print.notice.content, words), {
      ...{ fonts: loadCertificateFonts([]), pageUrl: `https://nx.example.cn${print.page}` },
      ...{ footer: () => number, issuedAt: print.notice.issuedAt },
    })
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    const told = await database.sql('select 1 from outbox where dedupe_key like $1', [`%${number}`])
    expect(told).toEqual([])
  })

  test('is refused a second time, but to a supervisor with a reason, and that is written down as a fault', async () => {
    const { sender, applicationId, fence } = await registered()
    await service.app.notices.issue(village, applicationId, fence, request)
    await service.say(sender, '我已收到')
    await service.say(sender, '是')
    await service.say(sender, '同意')
    await service.say(sender, '没有了')
    await service.say(sender, '补好了')
    const again = await service.app.notices.issue(village, applicationId, fence, request)
    expect(again).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } })
    const excepted = { ...request, reason: '首次告知漏了结婚证' }
    expect(await service.app.notices.issue(village, applicationId, fence, excepted)).toMatchObject({ ok: false })
    const issued = await service.app.notices.issue(county, applicationId, fence, excepted)
    expect(issued).toMatchObject({ ok: true })
    const number = issued.ok ? issued.value.number : ''
    const print = await service.app.notices.ofPlace(county, number)
    expect(print?.notice.content).toMatchObject({ edition: 2, exception: { officer: 'county' } })
    const audited = await database.sql(
      `select detail ->> 'exception' as exception from audit where action = 'application.supplementRequested' and object_id = $1
        order by seq`,
      [applicationId],
    )
    expect(audited).toEqual([{ exception: 'false' }, { exception: 'true' }])
  })

  test('is corrected by a supervisor of the town while it is waited for, not by who sent it', async () => {
    const town = await service.appoint('town', 'town', '420702104')
    const { residentId, applicationId, fence } = await registered()
    const wrong = await service.app.notices.issue(village, applicationId, fence, request)
    const corrected = { ...request, reason: '把身份证写成了户口簿' }
    expect(await service.app.notices.issue(village, applicationId, fence, corrected)).toMatchObject({ ok: false })
    expect(await service.app.notices.draft(town, applicationId)).toMatchObject({ value: { open: 'noticeException' } })
    const issued = await service.app.notices.issue(town, applicationId, fence, corrected)
    expect(issued).toMatchObject({ ok: true, value: { application: { status: 'waiting' } } })
    const view = await service.app.officer.application(town, applicationId)
    expect(view.ok && view.value.allowedActions).not.toContain('notice')
    expect(await service.app.residentCases.supplement(residentId, applicationId, ['户口簿'])).toMatchObject({
      value: { status: 'submitted', clockStopped: false },
    })
    expect(wrong.ok && issued.ok && wrong.value.number !== issued.value.number).toBe(true)
  })

  test('asks for nothing that has no ground, and only while the officer holds the case', async () => {
    const { applicationId, fence } = await registered()
    const groundless = { ...gap, material: null, what: '孕检证明' }
    const asked = await service.app.notices.issue(village, applicationId, fence, { ...request, gaps: [groundless] })
    expect(asked).toMatchObject({ ok: false, refusal: { code: 'badInput' } })
    const past = { ...request, due: '2020-01-01' }
    expect(await service.app.notices.issue(village, applicationId, fence, past)).toMatchObject({ ok: false })
    expect(await service.app.notices.issue(village, applicationId, fence + 1, request)).toMatchObject({
      ok: false,
      refusal: { code: 'staleFence' },
    })
  })

  test('goes out by the words of an officer in chat', async () => {
    const other = await service.appoint('other', 'village', '420702104201')
    await registered(other, '420702104201')
    const sender = randomUUID()
    await service.kept.officers.bind({ channel: 'web', sender, officerId: other.id, at: database.world.now() })
    await service.say(sender, '待办')
    expect(said(await service.say(sender, '告知 1 缺少孕检证明'))).toContain('缺哪些？只能告知一次')
    const told = said(await service.say(sender, '告知 1 身份证照片看不清'))
    expect(numberIn(told)).not.toBe('')
    expect(said(await service.say(sender, '告知 1 缺户口簿'))).toContain('已经一次性告知过')
  })

  test('that no message reaches becomes a call for the officer', async () => {
    const { residentId, applicationId, fence } = await registered()
    const issued = await service.app.notices.issue(village, applicationId, fence, request)
    const number = issued.ok ? issued.value.number : ''
    const message = {
      id: randomUUID(),
      residentId,
      channel: 'web' as const,
      sender: 's',
      replies: [],
      dedupeKey: `notice:${applicationId}:${number}`,
      critical: true,
      status: 'undeliverable' as const,
      attempts: 3,
      notBefore: 0,
      createdAt: 0,
    }
    const failure = { name: 'gone', retry: 'no' as const, alert: false, tell: '已取消关注', mayHaveArrived: false }
    await service.app.outbox.undeliverable(message, failure)
    await service.app.outbox.undeliverable(message, failure)
    const tasks = await database.sql(`select source from task where application_id = $1 order by source`, [
      applicationId,
    ])
    expect(tasks.map(({ source }) => source)).toEqual(['applicationStep', 'unreachable'])
  })

  test('is read by officers of the place and by nobody else', async () => {
    const { applicationId, fence } = await registered()
    const issued = await service.app.notices.issue(village, applicationId, fence, request)
    const number = issued.ok ? issued.value.number : ''
    const elsewhere = await service.appoint('elsewhere', 'village', '420702104200')
    expect(await service.app.notices.ofPlace(village, number)).not.toBeNull()
    expect(await service.app.notices.ofPlace(elsewhere, number)).toBeNull()
    // An officer's look is not the resident's.
    expect((await service.app.notices.ofPlace(village, number))?.times.read).toBeNull()
  })

  test('is opened by the link of its message, as long as that is sound', async () => {
    const { applicationId, fence } = await registered()
    const issued = await service.app.notices.issue(village, applicationId, fence, request)
    const number = issued.ok ? issued.value.number : ''
    const page = (await service.app.notices.ofPlace(village, number))?.page ?? ''
    const asked = new URL(page, 'http://x').searchParams
    const link = { number, until: Number(asked.get('until')), key: asked.get('key') ?? '' }
    expect((await service.app.notices.byLink(link))?.notice.number).toBe(number)
    expect(await service.app.notices.byLink({ ...link, key: 'wrong' })).toBeNull()
    expect(await service.app.notices.byLink({ ...link, until: link.until + 1 })).toBeNull()
    expect(await service.app.notices.byLink({ ...link, until: 0 })).toBeNull()
  })

  test('is kept as it was issued: nobody changes it, and an altered one is not shown', async () => {
    const { applicationId, fence } = await registered()
    const issued = await service.app.notices.issue(village, applicationId, fence, request)
    const number = issued.ok ? issued.value.number : ''
    await database.sql(`update notice set hash = repeat('0', 64) where number = $1`, [number])
    await expect(service.app.notices.ofPlace(village, number)).rejects.toThrow('altered')
  })
})
