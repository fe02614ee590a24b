import type { LocalDate } from '../world.ts'
import { halfWidth } from '../digits.ts'
import { readCells, type RowFormat } from './rowFormat.ts'
import type { Column } from './table.ts'

/** One birth on another office's list. All that is kept of the numbers are keyed hashes, of the mark only within one. */
export interface BirthRow {
  /** Village, town or county, as far as the other office knows it. */
  regionCode: string
  birthDate: LocalDate
  motherId: string
  fatherId: string | null
  /** Tells twins apart: number of the birth certificate, else the child's name; empty where the list has neither. */
  mark: string
}

const columns = {
  place: { headings: ['地区代码', '户籍地代码', '区划代码', '行政区划代码', '居住地', '户籍地', '地区', 'regionCode'] },
  birthDate: { headings: ['出生日期', '婴儿出生日期', '孩子出生日期', '分娩日期', '出生时间', 'birthDate'] },
  motherId: {
    headings: ['母亲身份证号', '母亲身份证号码', '母亲证件号码', '母亲公民身份号码', '产妇身份证号', 'motherId'],
  },
  fatherId: {
    headings: ['父亲身份证号', '父亲身份证号码', '父亲证件号码', '父亲公民身份号码', 'fatherId'],
    optional: true,
  },
  certificate: { headings: ['出生证编号', '出生医学证明编号', '出生证号', 'certificateNumber'], optional: true },
  childName: { headings: ['婴儿姓名', '新生儿姓名', '孩子姓名', 'childName'], optional: true, verbatim: true },
} satisfies Record<string, Column>

const ANY_PLACE = [6, 9, 12]
/** Nothing before the law of 2002 is held against anybody's registration. */
const FIRST_DAY = '2002-09-01'

/** 出生名单 of a hospital, the police, or the shared platform. */
export const birthFormat: RowFormat<keyof typeof columns, BirthRow> = {
  columns,
  key: 'motherId',
  read: (record, context) => {
    const cells = readCells(record, columns, context)
    const regionCode = cells.place('place', ANY_PLACE)
    const birthDate = cells.day('birthDate', FIRST_DAY)
    const motherId = cells.idNumber('motherId')
    const fatherId = cells.idNumber('fatherId')
    const certificate = cells.text('certificate')
    const childName = cells.text('childName')
    const mark = halfWidth(certificate ?? childName ?? '').toUpperCase()
    const isWhole = regionCode !== null && birthDate !== null && motherId !== null
    return cells.done(isWhole ? { regionCode, birthDate, motherId, fatherId, mark } : null)
  },
}
