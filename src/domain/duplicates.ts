import type { Application } from './application.ts'

/** By what two cases look alike: the reason that an officer reads (`app.duplicate.<kind>`). */
export const markKinds = ['nameAndBirthMonth', 'phoneAndMonth', 'childAndBirthDate', 'spouse'] as const
export type MarkKind = (typeof markKinds)[number]

/** One thing that a double would share. Personal: stored as keyed hash only. */
export interface Mark {
  kind: MarkKind
  value: string
}

/**
 * The marks of a case. The strong match (same person, matter and period) blocks and is no mark; these are weak: they warn an
 * officer, with the reason, and never keep anybody from filing. Names are compared without spaces and middle dots.
 */
export function marksOf({ matter, content }: Application): Mark[] {
  const name = plainName(content.applicantName)
  const month = birthMonth(content.applicantId)
  const byName: Mark[] = month === null ? [] : [{ kind: 'nameAndBirthMonth', value: `${name}|${month}` }]
  const phone = content.phone.replace(/\D/g, '')
  switch (matter) {
    case 'birthRegistration':
      return [
        ...byName,
        { kind: 'phoneAndMonth', value: `${phone}|${content.birthDate.slice(0, 7)}` },
        ...(content.childName
          ? [{ kind: 'childAndBirthDate' as const, value: `${plainName(content.childName)}|${content.birthDate}` }]
          : []),
      ]
    case 'additionalBirthPermit':
      return [
        ...byName,
        { kind: 'phoneAndMonth', value: phone },
        ...(content.spouseId
          ? [{ kind: 'spouse' as const, value: couple(content.applicantId, content.spouseId) }]
          : []),
      ]
    case 'certificateReissue':
      return [...byName.map(mark => ({ ...mark, value: `${mark.value}|${content.document}` }))]
  }
}

const plainName = (name: string): string => name.normalize('NFKC').replace(/[\s·•・．.]/g, '')

/** Husband and wife file the same wish from both sides. */
const couple = (one: string, other: string): string =>
  [one, other]
    .map(id => id.toUpperCase())
    .toSorted()
    .join('|')

/** Digits 7 to 12 of an identity number are year and month of birth (GB 11643). */
function birthMonth(identityNumber: string): string | null {
  return /^\d{6}(\d{6})\d{5}[\dX]$/i.exec(identityNumber)?.[1] ?? null
}

/** A likely double of a case. */
export interface Likeness {
  otherId: string
  otherRegion: string
  reasons: MarkKind[]
}

/**
 * What an officer is warned of: each other case once, with all reasons, the likeliest first. Left out are those of which an
 * officer said that they are none.
 */
export function likenesses(
  pairs: readonly { otherId: string; otherRegion: string; kind: string }[],
  notDuplicateOf: readonly string[],
): Likeness[] {
  const found = new Map<string, Likeness>()
  for (const { otherId, otherRegion, kind } of pairs) {
    const reason = markKinds.find(known => known === kind)
    if (!reason || notDuplicateOf.includes(otherId)) continue
    const known = found.get(otherId) ?? { otherId, otherRegion, reasons: [] }
    found.set(otherId, { ...known, reasons: [...known.reasons, reason] })
  }
  return [...found.values()].toSorted((a, b) => b.reasons.length - a.reasons.length)
}
