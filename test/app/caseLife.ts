import { randomUUID } from 'node:crypto'
import type { OfficerFiling } from '../../src/app/caseUse.ts'
import type { WindowContent } from '../../src/app/cases/windowContent.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

export const VILLAGE = '420702104212'
export const OTHER_TOWN = '420704108202'

/** The real world with a clock that stands where it is put, in Shanghai. */
export function settableWorld(real: World, start: string): World & { set(time: string): void } {
  let at = Date.parse(`${start}+08:00`)
  return { ...real, now: () => at, set: time => void (at = Date.parse(`${time}+08:00`)) }
}

export interface Office {
  database: TestDatabase
  world: ReturnType<typeof settableWorld>
  service: Instance
  village: Officer
  /** Of the same village. */
  colleague: Officer
  county: Officer
  /** Of a town in another county. */
  town2: Officer
}

/** A service of its own on a morning of November, with those who work there. The caller closes the database. */
export async function openOffice(): Promise<Office> {
  const database = await testDatabase()
  const world = settableWorld(database.world, '2026-11-23T09:00:00')
  const service = openInstance(database, world)
  return {
    ...{ database, world, service },
    village: await service.appoint('village', 'village', VILLAGE),
    colleague: await service.appoint('colleague', 'village', VILLAGE),
    county: await service.appoint('county', 'county', '420702'),
    town2: await service.appoint('town2', 'town', '420704108'),
  }
}

let people = 0
/** Another made-up identity number every time; serial 000 is not issued. */
export const nextPerson = (): string => {
  people += 1
  const day = String((people % 27) + 1).padStart(2, '0')
  const month = String((Math.floor(people / 27) % 12) + 1).padStart(2, '0')
  return withCheck(`4207021991${month}${day}000`)
}

export interface Filed {
  sender: string
  id: string
  residentId: string
  number: string
}

/** A registration filed by chat, as far as its application. */
export async function fileByChat(service: Instance, database: TestDatabase, village = VILLAGE): Promise<Filed> {
  const sender = randomUUID()
  const answers = answersOf(village, nextPerson())
  const last = await registerUpTo('submit', answers, text => service.say(sender, text))
  const number = JSON.stringify(last?.replies).match(/SY\d{6}-\d{6}/)?.[0] ?? ''
  const [row] = await database.sql('select id, resident_id from application where number = $1', [number])
  return { sender, number, id: String(row?.['id']), residentId: String(row?.['resident_id']) }
}

/** Takes the task of a case; answers its fencing number. */
export async function lease(service: Instance, officer: Officer, id: string): Promise<number> {
  const view = await service.app.officer.application(officer, id)
  const taskId = view.ok ? (view.value.taskId ?? '') : ''
  const leased = await service.app.officer.lease(officer, taskId, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  return leased.value.fence
}

/** What stands at the window: a registration with its few fields. */
export function atWindow(changes: Partial<OfficerFiling> & { content?: WindowContent } = {}): OfficerFiling {
  return {
    key: randomUUID(),
    way: 'window',
    whyNotOnline: 'noPhone',
    whyNotOnlineNote: '手机是老人机',
    assistCode: null,
    identitySeen: false,
    vouched: [],
    content: registration(),
    ...changes,
  }
}

export function registration(changes: object = {}): WindowContent {
  return {
    matter: 'birthRegistration',
    applicantName: '欧阳测试',
    applicantId: nextPerson(),
    phone: '13800000009',
    regionCode: VILLAGE,
    registrant: 'mother',
    stage: 'expecting',
    birthDate: '2027-01-15',
    childName: null,
    earlierChildren: 0,
    married: null,
    ...changes,
  }
}
