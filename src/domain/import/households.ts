import { halfWidth } from '../digits.ts'
import { readCells, type CellReader, type RowFormat } from './rowFormat.ts'
import type { Column } from './table.ts'

/** A household as surveys and care need it: where it is, who answers, how to reach them, how many they are. No more. */
export interface Household {
  /** As the county's own list numbers it; unique in a county. */
  number: string
  /** Village, 12 digits. */
  regionCode: string
  headName: string
  phone: string | null
  members: number | null
  /** Whether they are there, and if not why, as the list says; null: it does not say, and what officers noted stands. */
  standing: ListedStanding | null
}

export const listedStandings = ['there', 'moved', 'deceased', 'merged'] as const
export type ListedStanding = (typeof listedStandings)[number]

const columns = {
  number: { headings: ['户编号', '户号', '家庭编号', '家庭户编号', 'householdNumber'] },
  place: { headings: ['村代码', '地区代码', '区划代码', '行政区划代码', '村', '村社区', '所在村', 'regionCode'] },
  headName: { headings: ['户主姓名', '户主', '姓名', 'headName'] },
  phone: { headings: ['联系电话', '电话', '手机号', '手机', '手机号码', '联系方式', 'phone'], optional: true },
  members: { headings: ['家庭人口', '人口数', '人数', '家庭人口数', 'members'], optional: true },
  standing: { headings: ['住户状态', '是否在住', '在不在', '状态', 'householdStatus'], optional: true },
} satisfies Record<string, Column>

/** 死亡 is none of them: beside the name of the head it says nothing of the others. */
const standingWords: Readonly<Record<ListedStanding, readonly string[]>> = {
  there: ['在', '还在', '在住', '正常', 'there'],
  moved: ['搬走', '搬走了', '迁出', '已迁出', 'moved'],
  deceased: ['无人', '已无人', '没有人了', 'deceased'],
  merged: ['合并', '已合并', '重复', 'merged'],
}

/** Numbers of registers and of lists alike: digits and letters, with hyphens. */
const NUMBER = /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/
const LONGEST_NUMBER = 32
/** More people than in any household; what is larger is another column. */
const MOST_MEMBERS = 99
const VILLAGE = [12]

/** 住户名册: one row for each household. */
export const householdFormat: RowFormat<keyof typeof columns, Household> = {
  columns,
  key: 'number',
  read: (record, context) => {
    const cells = readCells(record, columns, context)
    const written = halfWidth(cells.text('number') ?? '').toUpperCase()
    const number = written.length <= LONGEST_NUMBER && NUMBER.test(written) ? written : null
    if (written !== '' && number === null) cells.fail('number', 'householdNumber')
    const regionCode = cells.place('place', VILLAGE)
    const headName = cells.name('headName')
    const phone = cells.phone('phone')
    const members = cells.whole('members', { from: 1, to: MOST_MEMBERS })
    const standing = standingOf(cells)
    const isWhole = number !== null && regionCode !== null && headName !== null
    return cells.done(isWhole ? { number, regionCode, headName, phone, members, standing } : null)
  },
}

function standingOf(cells: CellReader<keyof typeof columns>): ListedStanding | null {
  const written = cells.text('standing')
  if (written === null) return null
  return listedStandings.find(one => standingWords[one].includes(written)) ?? cells.fail('standing', 'standing')
}
