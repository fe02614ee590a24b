import { expect, it } from 'vitest'
import { makeReadIntents } from '../conversation/understanding/intents.ts'
import { buildRegionIndex } from '../domain/region.ts'
import { loadCalendars, loadRegionData } from './loadRegions.ts'
import { understandLine } from './understandLine.ts'

const ear = {
  regions: buildRegionIndex(loadRegionData('regions')),
  calendars: loadCalendars('regions'),
  readIntents: makeReadIntents([]),
  today: '2026-11-22',
}

it.each([
  ['date', '腊月初八', '2027-01-15'],
  ['date', '2月30日', 'invalid:no-such-day'],
  ['date', '15号', 'ambiguous:2026-11-15|2026-12-15'],
  ['date', '明年3月', 'approx:2027-03'],
  ['date', '随便', 'none'],
  ['month', '明年3月', '2027-03'],
  ['month', '13月', 'invalid:no-such-month'],
  ['year', '二零二五年', '2025'],
  ['number', '九成五', '0.95'],
  ['number', '一百八', '180'],
  ['number', '很多', 'none'],
  ['phone', '138 0000 0000', 'mobile:13800000000'],
  ['phone', '一二零', 'emergency:120'],
  ['phone', '12345', 'hotline:12345'],
  ['phone', '0711-3250000', 'landline:0711-3250000'],
  ['phone', '1380000', 'invalid:length'],
  ['phone', '没有', 'none'],
  ['id', '11010519491231002x', 'valid;birth=1949-12-31;sex=F;area=110105;id=11010519491231002X'],
  ['id', '110105194912310021', 'invalid:checksum'],
  ['id', '810000199001010000', 'valid;birth=1990-01-01;sex=F;area=810000;id=810000199001010000;type=residence-permit'],
  ['region', '沼山下柯', '420702104212'],
  ['region', '章丘市', '370114'],
  ['region', '鄂州', 'approx:4207'],
  ['region', '月球', 'none'],
  ['intent', '我要办生育登记，另外育儿补贴怎么领', 'birth_registration+childcare_subsidy'],
  ['intent', '活着没意思', 'crisis'],
  ['gestation', '怀孕12周', 'ga=12w0d;edd=2027-06-06'],
  ['name', '张 三', '张三'],
  ['yesNo', '中', 'yes'],
  ['range', '上个月', '2026-10-01/2026-10-31'],
  ['datetime', '明天上午九点半', '2026-11-23T09:30+08:00'],
  ['workday', '三个工作日后', '2026-11-25'],
  ['months', '一岁半', '18'],
  ['birth_order', '老二', '2'],
  ['toString', 'x', 'none'],
])('writes %s of %s as %s', (kind, text, value) => {
  expect(understandLine(kind, text, ear)).toBe(value)
})
