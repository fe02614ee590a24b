import type { RegisterEntry } from '../certificateRegister.ts'
import { halfWidth } from '../digits.ts'
import { readCells, type CellReader, type RowFormat } from './rowFormat.ts'
import type { Column } from './table.ts'

/** One line of a place's own book of documents. */
export type RegisterRow = Omit<RegisterEntry, 'id'>

type Name =
  | 'document'
  | 'number'
  | 'place'
  | 'holder'
  | 'idNumber'
  | 'phone'
  | 'issuedOn'
  | 'office'
  | 'status'
  | 'spouse'
  | 'child'
  | 'childBirth'
const columns: Record<Name, Column> = {
  document: { headings: ['证件类型', '证件名称', '证书类型', '证书名称', 'document'] },
  number: { headings: ['证号', '证件编号', '证书编号', '登记编号', '编号', 'number'] },
  place: { headings: ['地区代码', '区划代码', '行政区划代码', '发证地区', '地区', 'regionCode'] },
  holder: { headings: ['持证人姓名', '持证人', '姓名', 'name'] },
  idNumber: { headings: ['身份证号', '身份证号码', '公民身份号码', '证件号码', 'idNumber'] },
  phone: { headings: ['联系电话', '电话', '手机号', '手机', '手机号码', 'phone'], optional: true },
  issuedOn: { headings: ['发证日期', '登记日期', '签发日期', 'issuedOn'] },
  office: { headings: ['发证单位', '发证机关', '登记机关', 'office'], verbatim: true },
  status: { headings: ['状态', '证件状态', 'status'], optional: true },
  spouse: { headings: ['配偶姓名', 'spouseName'], optional: true, verbatim: true },
  child: { headings: ['子女姓名', '孩子姓名', 'childName'], optional: true, verbatim: true },
  childBirth: { headings: ['子女出生日期', '孩子出生日期', 'childBirthDate'], optional: true },
}

const ANY_PLACE = [6, 9, 12]
/** The oldest papers that a living person may hold. */
const FIRST_DAY = '1949-10-01'
const NUMBER = /^[\p{L}\p{N}()（）〔〕[\]【】\-/.·]{1,60}$/u
const statusWords: readonly (readonly [RegisterRow['status'], readonly string[]])[] = [
  ['valid', ['', '有效', '正常', 'valid']],
  ['revoked', ['注销', '作废', '吊销', '撤销', 'revoked']],
  ['superseded', ['已换证', '已补证', '已换发', '已补发', 'superseded']],
]
/** What a document says beside its holder, under its own headings. */
const printed = ['spouse', 'child', 'childBirth'] as const

/** 证件登记簿: one row for each document that was issued before this service, or beside it. */
export const registerFormat: RowFormat<Name, RegisterRow> = {
  columns,
  key: 'number',
  read: (record, context) => {
    const cells = readCells(record, columns, context)
    const document = documentOf(cells, context.documents)
    const number = numberOf(cells)
    const regionCode = cells.place('place', ANY_PLACE)
    const name = cells.name('holder')
    const idNumber = cells.idNumber('idNumber')
    const phone = cells.phone('phone')
    const issuedOn = cells.day('issuedOn', FIRST_DAY)
    const office = cells.text('office')
    const status = statusOf(cells)
    const childBirth = cells.day('childBirth', FIRST_DAY)
    const spouse = cells.text('spouse')
    const child = cells.text('child')
    if (document === null || number === null || regionCode === null || status === null)
      return cells.done<RegisterRow>(null)
    if (name === null || idNumber === null || issuedOn === null || office === null) return cells.done<RegisterRow>(null)
    const said = { spouse, child, childBirth }
    const question =
      childBirth === null
        ? { question: 'issuedMonth' as const, answer: issuedOn.slice(0, 7) }
        : { question: 'birthDate' as const, answer: childBirth }
    const lines = printed.flatMap(one => {
      const value = said[one]
      return value === null ? [] : [{ label: columns[one].headings[0] ?? '', value }]
    })
    return cells.done<RegisterRow>({
      ...{ document, number, regionCode, issuedOn, office, status },
      holder: { name, idNumber, phone, ...question, lines },
      ...{ residentId: null, supersededBy: null, source: 'imported', lockedUntil: null },
    })
  },
}

function documentOf(cells: CellReader<Name>, documents: ReadonlyMap<string, string>): string | null {
  const written = cells.text('document')
  if (written === null) return null
  return documents.get(halfWidth(written).replace(/\s/gu, '')) ?? cells.fail('document', 'document')
}

function numberOf(cells: CellReader<Name>): string | null {
  const written = cells.text('number')
  if (written === null) return null
  const number = halfWidth(written).replace(/\s/gu, '')
  return NUMBER.test(number) ? number : cells.fail('number', 'documentNumber')
}

function statusOf(cells: CellReader<Name>): RegisterRow['status'] | null {
  const written = cells.text('status') ?? ''
  const found = statusWords.find(([, words]) => words.includes(written))
  return found ? found[0] : cells.fail('status', 'status')
}
