import type { Actor } from '../../domain/application.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import {
  followsOf,
  mayChangeOfficer,
  wrongWish,
  type ChangeFollows,
  type OfficerWish,
} from '../../domain/officerChange.ts'
import { readPhone } from '../../domain/phone.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import type { AppParts } from '../parts.ts'
import { refused } from './work.ts'

/** Accounts of officers, as the import of lists has them too. */
export interface OfficerAccounts {
  /** All of the service. */
  officers(): Promise<Officer[]>
  /**
   * One officer from now on, written down with who did it and why: who leaves a place leaves his tasks there, a new role, place
   * or end of the account ends his sessions. False when somebody changed him meanwhile; then nothing was written.
   */
  changeOfficer(
    change: { before: Officer; wish: OfficerWish; by: Actor; reason: string },
    at: Instant,
  ): Promise<boolean>
}

/** An officer as those see him who manage accounts. */
export interface OfficerLineView extends Officer {
  /** Whether whoever asks may change him. */
  mayChange: boolean
}

export interface OfficerChangeAsked {
  id: string
  wish: OfficerWish
  reason: string
  /** Tasks that go back, as the preview said; null only looks. */
  expected: number | null
}

/** Accounts of one's own place, in the hands of town and county. */
export interface OfficerChanges {
  /** Those who left, too; without auditors. By place and user name. */
  list(by: Officer): Promise<OfficerLineView[]>
  /**
   * `expected` null: the preview. Refused: `notFound` for whom he may not change, `badInput` with the field that may not be,
   * `notAllowed` when something changed since the preview.
   */
  change(by: Officer, asked: OfficerChangeAsked): Promise<Outcome<ChangeFollows>>
}

const COUNTY_DIGITS = 6

export function makeOfficerChanges(
  parts: Pick<AppParts, 'store' | 'world'>,
  accounts: OfficerAccounts,
  isPlace: (regionCode: string) => boolean,
): OfficerChanges {
  return {
    list: async by => {
      const all = await accounts.officers()
      return all
        .filter(({ role, regionCode }) => role !== 'auditor' && covers(by.regionCode, regionCode))
        .map(officer => ({ ...officer, mayChange: mayChangeOfficer(by, officer) }))
        .toSorted((a, b) => a.regionCode.localeCompare(b.regionCode) || a.username.localeCompare(b.username))
    },
    change: async (by, { id, reason, expected, ...asked }) => {
      const before = (await accounts.officers()).find(one => one.id === id)
      if (!before || !mayChangeOfficer(by, before)) return refused({ code: 'notFound' })
      const officePhone = phoneOf(asked.wish.officePhone)
      const wrong = wrongWish(by, asked.wish) ?? (isPlace(asked.wish.regionCode) ? null : 'regionCode')
      if (wrong) return refused({ code: 'badInput', fields: [wrong] })
      if (officePhone === undefined) return refused({ code: 'badInput', fields: ['officePhone'] })
      const wish = { ...asked.wish, officePhone }
      const follows = await look(parts, before, wish)
      if (expected === null) return { ok: true, value: follows }
      if (expected !== follows.returned) return refused({ code: 'notAllowed', allowed: ['preview'] })
      const done = await accounts.changeOfficer({ before, wish, by: officerActor(by), reason }, parts.world.now())
      return done ? { ok: true, value: follows } : refused({ code: 'notAllowed', allowed: ['preview'] })
    },
  }
}

/** Undefined for what is no phone of an office. */
function phoneOf(text: string | null): string | null | undefined {
  if (text === null || text === '') return null
  const phone = readPhone(text)
  return phone.ok && phone.kind !== 'emergency' ? phone.number : undefined
}

/** With the eyes of the service: care families and complaints are counted, and never shown. */
function look({ store, world }: Pick<AppParts, 'store' | 'world'>, who: Officer, wish: OfficerWish) {
  const today = shanghaiDate(world.now())
  const county = who.regionCode.slice(0, COUNTY_DIGITS)
  return store.transaction({ kind: 'system' }, async tx => {
    const counts = await tx.tasks.census(today, county)
    return followsOf(who, wish, { staff: await tx.staff.within(county, today), counts })
  })
}
