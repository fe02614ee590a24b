import { daysBetween, type LocalDate } from '../world.ts'

/** One birth on an imported list (hospital, police). The person is a keyed hash, the same as that of the registration. */
export interface ListedBirth {
  line: number
  person: string
  regionCode: string
  birthDate: LocalDate
}

/** A registration as far as it is compared. */
export interface ComparedRegistration {
  person: string
  regionCode: string
  stage: 'expecting' | 'born'
  /** Actual or expected. */
  birthDate: LocalDate
  receivedOn: LocalDate
}

export interface ComparedBirth {
  line: number
  regionCode: string
  birthDate: LocalDate
  registered: boolean
  /** Place and, where the child was born when it was registered, date agree; null without a registration. */
  agrees: boolean | null
  /** Registered in time; null where the region knows no limit. */
  timely: boolean | null
}

/**
 * An expected date is off by up to this many days from the birth it belongs to: a term birth comes from three weeks before
 * to two weeks after it, and an early one up to fifteen weeks before. Further apart it is another child.
 */
const SAME_CHILD_DAYS = { before: 21, after: 105 }

/**
 * Holds a list of births against the registrations: is each registered, do its data agree, was it in time. A registration
 * before the birth is in time; `withinDaysAt` is the limit of a place for one made up later, in calendar days after the birth,
 * null where no rule is verified. Each birth is matched to the registration nearest in time.
 */
export function compareList(
  births: readonly ListedBirth[],
  registrations: readonly ComparedRegistration[],
  withinDaysAt: (regionCode: string) => number | null,
): ComparedBirth[] {
  return births.map(({ line, person, regionCode, birthDate }) => {
    const withinDays = withinDaysAt(regionCode)
    const found = nearest(
      birthDate,
      registrations.filter(one => one.person === person),
    )
    if (!found)
      return {
        line,
        regionCode,
        birthDate,
        registered: false,
        agrees: null,
        timely: withinDays === null ? null : false,
      }
    return {
      ...{ line, regionCode, birthDate, registered: true },
      agrees: agree(found, { regionCode, birthDate }),
      timely: withinDays === null ? null : daysBetween(birthDate, found.receivedOn) <= withinDays,
    }
  })
}

function nearest(birthDate: LocalDate, registrations: readonly ComparedRegistration[]): ComparedRegistration | null {
  const off = (one: ComparedRegistration) => Math.abs(daysBetween(birthDate, one.birthDate))
  const near = registrations.filter(one => {
    // Positive: the registered date lies after the birth, as the due date of a child that came early.
    const days = daysBetween(birthDate, one.birthDate)
    return days >= -SAME_CHILD_DAYS.before && days <= SAME_CHILD_DAYS.after
  })
  return near.toSorted((a, b) => off(a) - off(b))[0] ?? null
}

/** Places agree as far as both go; a list often knows the town only. */
function agree(
  registered: ComparedRegistration,
  { regionCode, birthDate }: Pick<ListedBirth, 'regionCode' | 'birthDate'>,
): boolean {
  const place = registered.regionCode.startsWith(regionCode) || regionCode.startsWith(registered.regionCode)
  return place && (registered.stage === 'expecting' || registered.birthDate === birthDate)
}
