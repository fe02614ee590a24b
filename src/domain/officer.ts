/** village = 村级专干, town = 乡镇经办, county = 县级主管; auditor reads the audit trail and nothing else. */
export const officerRoles = ['village', 'town', 'county', 'auditor'] as const
export type OfficerRole = (typeof officerRoles)[number]

export interface Officer {
  id: string
  username: string
  name: string
  role: OfficerRole
  /** Region code of 6 (county), 9 (town) or 12 (village) digits: the officer sees what lies below it. */
  regionCode: string
  /** Office phone shown to residents; null while nobody has entered one. */
  officePhone: string | null
  disabled: boolean
}

/** True when a 12-digit village code lies in the officer's place. */
export function covers(officerRegion: string, regionCode: string): boolean {
  return regionCode.startsWith(officerRegion)
}
