import { typedDay } from './officerLife.ts'

export const windowMatters = ['birthRegistration', 'certificateReissue', 'additionalBirthPermit'] as const
export const whyNotOnline = [
  'cannotUse',
  'noPhone',
  'oldOrIll',
  'prefersWindow',
  'identityNotProved',
  'materialsNeedOriginal',
  'noNetwork',
  'noAccount',
  'systemDown',
  'other',
] as const

/** The form at the window as it stands on the screen: everything is text until it is sent. */
export interface WindowForm {
  /** Chosen once: sent twice it is one case. */
  key: string
  way: 'window' | 'assisted'
  matter: (typeof windowMatters)[number]
  applicantName: string
  applicantId: string
  phone: string
  /** Empty: the officer's own village. */
  regionCode: string
  regionName: string
  registrant: string
  stage: string
  birthDate: string
  childName: string
  children: string
  ground: string
  document: string
  reason: string
  change: string
  /** The officer held the identity card against the person: what the register has is given again at once. */
  identitySeen: boolean
  /** Papers for which the person vouches of his own will, by id. */
  vouched: string[]
  why: string
  note: string
  assistCode: string
}

export type WindowFiling = Record<string, unknown>

export function emptyForm(key: string, way: WindowForm['way']): WindowForm {
  return {
    ...{ key, way, matter: 'birthRegistration', applicantName: '', applicantId: '', phone: '' },
    ...{ regionCode: '', regionName: '', registrant: '', stage: 'expecting', birthDate: '', childName: '' },
    ...{
      children: '0',
      ground: 'other',
      document: 'birthRegistrationProof',
      reason: 'lost',
      change: '',
      identitySeen: false,
      vouched: [],
    },
    ...{ why: '', note: '', assistCode: '' },
  }
}

/** The last digit but one tells man from woman (GB 11643). Who comes for another says so by hand. */
export function registrantOf({ registrant, applicantId }: WindowForm): string {
  if (registrant) return registrant
  const digit = /^\d{16}(\d)[\dXx]$/.exec(applicantId.trim())?.[1]
  if (digit === undefined) return ''
  return Number(digit) % 2 === 1 ? 'father' : 'mother'
}

/** Names of the fields that are still to be written. `needsPlace`: the officer stands for more than one village. */
export function missingIn(form: WindowForm, needsPlace: boolean): string[] {
  const { matter, way } = form
  const asked: [string, boolean][] = [
    ['assistCode', way === 'assisted' && !/^\d{8}$/.test(form.assistCode.replace(/\s/g, ''))],
    ['applicantName', form.applicantName.trim() === ''],
    ['applicantId', !/^\d{17}[\dXx]$/.test(form.applicantId.trim())],
    ['regionCode', needsPlace && form.regionCode === ''],
    ['registrant', matter === 'birthRegistration' && registrantOf(form) === ''],
    ['birthDate', matter === 'birthRegistration' && typedDay(form.birthDate) === null],
    ['change', matter === 'certificateReissue' && form.reason === 'changed' && form.change.trim() === ''],
    ['why', way === 'window' && form.why === ''],
  ]
  return asked.filter(([, missing]) => missing).map(([field]) => field)
}

export function filingOf(form: WindowForm): WindowFiling {
  const { key, way } = form
  const note = form.note.trim()
  const window = { whyNotOnline: form.why, ...(note ? { whyNotOnlineNote: note } : {}) }
  const assisted = { assistCode: form.assistCode.replace(/\s/g, '') }
  const seen = form.matter === 'certificateReissue' && form.identitySeen ? { identitySeen: true } : {}
  const vouched = form.vouched.length > 0 ? { vouched: form.vouched } : {}
  return { key, way, ...(way === 'window' ? window : assisted), ...seen, ...vouched, content: contentOf(form) }
}

function contentOf(form: WindowForm): Record<string, unknown> {
  const { matter, regionCode } = form
  const person = {
    applicantName: form.applicantName.trim(),
    applicantId: form.applicantId.trim(),
    phone: form.phone.trim(),
    ...(regionCode ? { regionCode } : {}),
  }
  const children = Number(form.children)
  switch (matter) {
    case 'birthRegistration': {
      const childName = form.stage === 'born' ? form.childName.trim() : ''
      const birth = { stage: form.stage, birthDate: typedDay(form.birthDate), ...(childName ? { childName } : {}) }
      return { matter, ...person, registrant: registrantOf(form), ...birth, earlierChildren: children }
    }
    case 'additionalBirthPermit':
      return { matter, ...person, livingChildren: children, ground: form.ground }
    case 'certificateReissue': {
      const change = form.change.trim()
      return { matter, ...person, document: form.document, reason: form.reason, ...(change ? { change } : {}) }
    }
  }
}

/** What is written already, by the names under which the chat asks for it. */
export function slotsOf(form: WindowForm): Record<string, string> {
  const birth: [string, string][] = [
    ['registrant', registrantOf(form)],
    ['stage', typedDay(form.birthDate) ? form.stage : ''],
    ['birthDate', typedDay(form.birthDate) ?? ''],
  ]
  const all: [string, string][] = [
    ['applicantName', form.applicantName.trim()],
    ['applicantId', form.applicantId.trim()],
    ['phone', form.phone.trim()],
    ...(form.matter === 'birthRegistration' ? birth : []),
  ]
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

/** The field on the screen for a name in a refusal of the service: `content.applicantId` → `applicantId`. */
export const fieldOnScreen = (name: string): string => name.replace(/^content\./, '')
