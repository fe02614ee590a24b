import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRegionIndex } from '../region.ts'
import { birthFormat } from './births.ts'
import { householdFormat } from './households.ts'
import { registerFormat } from './registers.ts'
import { placeFinder, type RowContext, type RowFormat } from './rowFormat.ts'
import { openTable, textCell, type Cell } from './table.ts'

const regions = buildRegionIndex({
  rows: [
    ['42', '湖北省'],
    ['4207', '鄂州市'],
    ['420702', '梁子湖区'],
    ['420702104', '沼山镇'],
    ['420702104212', '下柯村'],
    ['420704', '鄂城区'],
    ['420704108', '长港镇'],
    ['420704108200', '峒山村'],
  ],
  aliases: [['420702104299', '420702104212']],
})
const context: RowContext = {
  findPlace: placeFinder(regions, null),
  within: null,
  today: '2026-11-22',
  documents: new Map([
    ['光荣证', 'honourCertificate'],
    ['honourCertificate', 'honourCertificate'],
  ]),
}
/** Serial 000, which is not issued, with its right check character. */
const mother = '420702199801010007'
const father = '420702199601010002'

/** Reads one row below a header as a file would bring it. */
function readRow<Name extends string, T>(
  format: RowFormat<Name, T>,
  headings: string[],
  cells: (string | Cell)[],
  more: Partial<RowContext> = {},
) {
  const table = openTable(format.columns)
  table.take({ line: 1, cells: headings.map(textCell) })
  const row = { line: 7, cells: cells.map(cell => (typeof cell === 'string' ? textCell(cell) : cell)) }
  const record = table.take(row)
  if (!record) throw new Error('no record')
  const reading = format.read(record, { ...context, ...more })
  return reading.ok ? reading.value : reading.faults.map(({ line, column, reason }) => `${line} ${column} ${reason}`)
}

describe('a household', () => {
  const headings = ['户号', '村代码', '户主', '手机号', '人口数', '住户状态']
  const household = (...cells: (string | Cell)[]) => readRow(householdFormat, headings, cells)

  test('is read with what surveys need', () => {
    expect(household('hj-00017', '420702104212', '柯　小满', '138 0000 0001', '4')).toEqual({
      ...{ number: 'HJ-00017', regionCode: '420702104212', headName: '柯小满', phone: '13800000001', members: 4 },
      standing: null,
    })
  })

  test('needs neither phone nor number of people, and takes a village by its name or its old code', () => {
    const read = {
      number: '1',
      regionCode: '420702104212',
      headName: '柯小满',
      phone: null,
      members: null,
      standing: null,
    }
    expect(household('1', '沼山镇下柯村', '柯小满')).toEqual(read)
    expect(household('1', '420702104299', '柯小满', '', '')).toEqual(read)
    expect(household('="1"', '="420702104212"', '柯小满')).toEqual(read)
  })

  test.each([
    ['', null],
    ['在', 'there'],
    ['搬走', 'moved'],
    ['无人', 'deceased'],
    ['合并', 'merged'],
  ])('of state %s stands as the list says', (written, standing) =>
    expect(household('1', '420702104212', '柯小满', '', '', written)).toMatchObject({ standing }),
  )

  test.each([
    ['a number of a household that is none', ['甲 1', '420702104212', '柯小满'], ['7 户编号 householdNumber']],
    ['nothing in it', ['', '', ''], []],
    ['a village left out', ['1', '', '柯小满'], ['7 村代码 empty']],
    ['a place nobody knows', ['1', '999999999999', '柯小满'], ['7 村代码 place']],
    ['a town for a village', ['1', '420702104', '柯小满'], ['7 村代码 placeLevel']],
    ['a formula for a name', ['1', '420702104212', '=A1'], ['7 户主姓名 formula']],
    ['an emergency line', ['1', '420702104212', '柯小满', '120'], ['7 联系电话 phone']],
    ['a phone of fifteen digits and zeros', ['1', '420702104212', '柯小满', '1.38E+10'], ['7 联系电话 rounded']],
    ['a state that is none', ['1', '420702104212', '柯小满', '', '', '死亡'], ['7 住户状态 standing']],
    ['a crowd', ['1', '420702104212', '柯小满', '', '400'], ['7 家庭人口 members']],
  ])('with %s is refused by line and column', (_name, cells, faults) => {
    if (faults.length === 0) expect(() => household(...cells)).toThrow('no record')
    else expect(household(...cells)).toEqual(faults)
  })

  test('of another place is refused where the list is of one', () => {
    const cells = ['1', '420704108200', '柯小满']
    expect(readRow(householdFormat, headings, cells, { within: '420702' })).toEqual(['7 村代码 otherPlace'])
  })
})

describe('a birth', () => {
  const headings = ['地区代码', '出生日期', '母亲身份证号', '父亲身份证号', '婴儿姓名']
  const birth = (...cells: (string | Cell)[]) => readRow(birthFormat, headings, cells)

  test('is read, with its day in any form', () => {
    const read = { regionCode: '420702104', birthDate: '2026-10-01', motherId: mother, fatherId: father, mark: '=甲' }
    for (const day of ['2026-10-01', '2026年10月1日', '46296', '46296.4', '20261001'])
      expect(birth('420702104', day, mother, father, '=甲')).toEqual(read)
    const serial = { text: '46296', fault: null, serial: 46_296 }
    expect(birth('420702104', serial, mother)).toMatchObject({ birthDate: '2026-10-01', fatherId: null, mark: '' })
  })

  test.each([
    ['in short form', '4.20702E+17', 'idRounded'],
    ['filled up with zeros', '420702199801010000', 'idRounded'],
    ['with a wrong last character', '420702199801010004', 'idCheck'],
    ['with a character missing', '42070219980101000', 'idNumber'],
  ])('with an identity number %s is refused by name', (_name, number, reason) => {
    expect(birth('420702104', '2026-10-01', number)).toEqual([`7 母亲身份证号 ${reason}`])
  })

  test('of tomorrow, or of no day, is refused', () => {
    expect(birth('420702104', '2026-11-23', mother)).toEqual(['7 出生日期 dateRange'])
    expect(birth('420702104', '3/4/2026', mother)).toEqual(['7 出生日期 date'])
  })
})

describe('a line of a register', () => {
  const headings = [
    '证件名称',
    '证号',
    '地区代码',
    '持证人',
    '身份证号',
    '发证日期',
    '发证单位',
    '状态',
    '子女出生日期',
  ]
  const line = ['光荣证', '鄂独字 第0017号', '420702104', '欧阳测试', mother, '1999/6/1', '=沼山镇', '', '1998.5.6']

  test('is read; free text that looks like a formula is kept as text', () => {
    expect(readRow(registerFormat, headings, line)).toEqual({
      ...{ document: 'honourCertificate', number: '鄂独字第0017号', regionCode: '420702104', issuedOn: '1999-06-01' },
      ...{ office: '=沼山镇', status: 'valid', residentId: null, supersededBy: null, source: 'imported' },
      lockedUntil: null,
      holder: {
        ...{ name: '欧阳测试', idNumber: mother, phone: null, question: 'birthDate', answer: '1998-05-06' },
        lines: [{ label: '子女出生日期', value: '1998-05-06' }],
      },
    })
  })

  test('without a known document or state is refused', () => {
    expect(readRow(registerFormat, headings, line.with(0, '驾驶证').with(7, '丢了'))).toEqual([
      '7 证件类型 document',
      '7 状态 status',
    ])
  })
})

test('nothing in any cell makes a row fail, and no fault holds what stood there', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom(mother, '2026-01-01', '420702104212', '=1+1', '1e400'))
  fc.assert(
    fc.property(fc.array(cell, { minLength: 5, maxLength: 9 }), cells => {
      const lines = [cells.with(0, 'x')]
      for (const row of lines) {
        readRow(householdFormat, ['户号', '村代码', '户主', '手机号', '人口数'], row)
        readRow(birthFormat, ['地区代码', '出生日期', '母亲身份证号', '父亲身份证号', '婴儿姓名'], row)
      }
    }),
  )
})
