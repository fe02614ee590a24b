import type { Officer } from '../domain/officer.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** Who has a case, as its resident is told. */
export interface Office {
  name: string
  /** Null: nobody has entered or verified one. */
  phone: string | null
  /** False: no officer covers the place, and the home county is to pass the case on. */
  covered: boolean
}

/** The office of each place. Never names an office as having a case that nobody there can see. */
export async function officesOf(
  parts: AppParts,
  tx: Tx,
  regionCodes: string[],
): Promise<(regionCode: string) => Office> {
  const home = parts.settings.homeRegion
  const officers = await tx.officers.forRegions([...new Set([...regionCodes, home])])
  return regionCode => {
    const officer = officers.get(regionCode)
    return officer ? officeOf(parts, officer, regionCode) : passedOn(parts, officers.get(home), regionCode)
  }
}

function officeOf(parts: AppParts, officer: Officer, regionCode: string): Office {
  const phone = officer.officePhone ?? parts.packFor(regionCode).officePhone.value
  return { name: parts.regionName(officer.regionCode), phone, covered: true }
}

function passedOn(parts: AppParts, home: Officer | undefined, regionCode: string): Office {
  const place = parts.regionName(regionCode)
  if (!home) return { name: parts.text('zh-CN', 'app.office.none', { place }), phone: null, covered: false }
  const name = parts.text('zh-CN', 'app.office.passedOn', { home: parts.regionName(parts.settings.homeRegion), place })
  return { name, phone: officeOf(parts, home, parts.settings.homeRegion).phone, covered: false }
}
