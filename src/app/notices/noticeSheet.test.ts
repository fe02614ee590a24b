import { describe, expect, test } from 'vitest'
import { computeNotice, type NoticeRequest } from '../../domain/notice/computeNotice.ts'
import { packFor, parseRegionPackLayer } from '../../domain/regionPacks.ts'
import { noticeSheet, type NoticeSheet } from './noticeSheet.ts'

const nothing = {
  marriageRequired: null,
  whoMay: null,
  where: null,
  materials: null,
  resultName: null,
  legalDays: null,
  promiseDays: null,
  onlineEntry: null,
  resultNote: null,
}
const source = { document: '某办法', checked: '2026-11-21', weight: 'official' } as const
const empty = parseRegionPackLayer({ code: 'CN', name: '全国', birthRegistration: nothing, officePhone: null })

const request: NoticeRequest = {
  number: 'GZ261123-048213',
  kind: 'information',
  edition: 1,
  issuedOn: '2026-11-23',
  subject: { matter: 'birthRegistration', document: null },
  documentName: null,
  situation: {},
  region: { code: '42', name: '某地' },
  applicantName: null,
  applicationNumber: null,
  gaps: [],
  supplementBy: null,
  office: { name: '某镇', phone: null },
  firstReceiver: null,
  exception: null,
}
/** Shows which sentence was asked for, and with what. */
const words = (key: string, values = {}) =>
  Object.keys(values).length === 0 ? key : `${key} ${JSON.stringify(values)}`

const sheetOf = (layers = [empty], changes: Partial<NoticeRequest> = {}) =>
  noticeSheet(
    computeNotice(packFor(layers, '42'), { ...request, ...changes }, key => key),
    words,
  )
const section = ({ sections }: NoticeSheet, heading: string) =>
  sections.find(one => one.heading.split(' ')[0] === `heading.${heading}`)

describe('a notice set out for reading', () => {
  test('names in one place everything that nobody has verified, and guesses none of it', () => {
    const sheet = sheetOf()
    const open = section(sheet, 'unverified')?.entries[0]?.text ?? ''
    for (const key of ['whoMay', 'where', 'address', 'openingHours', 'fee', 'legalDays', 'promiseDays', 'grounds']) {
      expect(open).toContain(`label.${key}`)
    }
    expect(section(sheet, 'materialsUnknown')?.entries[0]?.text).toBe('materialsUnknown')
    expect(section(sheet, 'contact')?.entries.map(({ text }) => text)).toEqual(['某镇', 'unknown'])
  })

  test('puts what is missing first, each with ground and way to mend it', () => {
    const gaps = [{ what: '户口簿', wrong: '看不清', mend: '重拍', ground: '某办法' }]
    const supplementBy = { date: '2026-12-14', provisional: true }
    const sheet = sheetOf([empty], { kind: 'supplement', gaps, supplementBy })
    expect(sheet.sections[0]).toMatchObject({ numbered: true, entries: [{ text: '户口簿' }] })
    expect(sheet.sections[0]?.entries[0]?.notes.join()).toMatch(/看不清.*重拍.*某办法/)
    expect(section(sheet, 'mend')?.entries[0]?.text).toMatch(/^provisional .*2026.*12.*14/)
  })

  test('says openly when it is a second one, who allowed it and why', () => {
    const exception = { officer: '李主管', reason: '首次漏了一样' }
    const gaps = [{ what: '户口簿', wrong: '没有', mend: '补交', ground: '某办法' }]
    const text = JSON.stringify(sheetOf([empty], { kind: 'supplement', edition: 2, gaps, exception }).sections)
    expect(text).toContain('李主管')
    expect(text).toContain('首次漏了一样')
    expect(text).toContain('label.exception"')
  })

  test('does not say that there was one before when the first comes after acceptance', () => {
    const exception = { officer: '李主管', reason: '受理时漏看' }
    const gaps = [{ what: '户口簿', wrong: '没有', mend: '补交', ground: '某办法' }]
    const text = JSON.stringify(sheetOf([empty], { kind: 'supplement', gaps, exception }).sections)
    expect(text).toContain('label.exceptionAfterAcceptance"')
    expect(text).toContain('受理时漏看')
    expect(text).not.toContain('label.exception"')
  })

  test('says at once where nobody needs to apply any more, and asks for no papers', () => {
    const permit = { isLicence: null, grounds: null, materials: null, legalDays: null, promiseDays: null }
    const rest = { resultName: null, validity: null, resultNote: null }
    const abolished = parseRegionPackLayer({
      ...empty,
      code: '42',
      additionalBirthPermit: { kept: { value: false, source }, ...permit, ...rest },
    })
    const sheet = sheetOf([empty, abolished], { subject: { matter: 'additionalBirthPermit', document: null } })
    expect(section(sheet, 'notNeeded')?.entries[0]).toMatchObject({ text: 'notNeeded' })
    expect(section(sheet, 'materialsUnknown')).toBeUndefined()
  })

  test('marks a limit that was made for something else', () => {
    const legalDays = { value: 20, source, byAnalogy: true as const }
    const layer = parseRegionPackLayer({ ...empty, birthRegistration: { ...nothing, legalDays } })
    const way = section(sheetOf([layer]), 'way')?.entries.map(({ text }) => text)
    expect(way?.join()).toMatch(/byAnalogy.*某办法/)
  })
})
