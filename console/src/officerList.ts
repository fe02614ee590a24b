/** What a list of officers would change or has changed. The shapes are those of `/openapi.json`. */

interface OfficerFacts {
  name: string
  role: string
  regionCode: string
  officePhone: string | null
}

export interface FreshPassword {
  username: string
  name: string
  password: string
}

export interface OfficerReport {
  status: 'trial' | 'done' | 'nothing' | 'refused'
  hash: string
  unchanged: number
  lines: {
    what: 'created' | 'changed' | 'enabled' | 'disabled'
    username: string
    before: OfficerFacts | null
    after: OfficerFacts | null
  }[]
  unusedColumns: string[]
  faults: { line: number; column: string; told: string }[]
  faultCount: number
  passwords: FreshPassword[]
}

/** An account of the place, of those who left, too. */
export interface OfficerLine {
  id: string
  username: string
  name: string
  role: string
  regionCode: string
  place: string
  officePhone: string | null
  disabled: boolean
  mayChange: boolean
}

/** What follows from a change of an account. */
export interface ChangeFollows {
  returned: number
  uncovered: number
  next: string[]
}
