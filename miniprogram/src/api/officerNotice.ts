import { fields, list, text, type Fields } from './decode.ts'

/** What an officer ticks before he tells everything that is missing. */
export interface NoticeDraft {
  /** Null: the list of the place is not verified. */
  materials: { id: string; name: string }[] | null
}

export interface NoticeGap {
  material?: string
  what?: string
  wrong?: string
  ground?: string
}

/** `reason`: only for a supervisor's second notice. */
export interface NoticeRequest {
  gaps: NoticeGap[]
  reason?: string
}

export function noticeDraft(value: unknown): NoticeDraft {
  const from = fields(value)
  return { materials: from['materials'] === null ? null : list(from['materials'], material) }
}

function material(value: unknown): { id: string; name: string } {
  const from: Fields = fields(value)
  return { id: text(from, 'id'), name: text(from, 'name') }
}

/** What was ticked and written, as the service takes it. Empty fields stay out. */
export function gapsOf(ticked: readonly string[], wrong: string, other: { what: string; ground: string }): NoticeGap[] {
  const why = wrong.trim() === '' ? {} : { wrong: wrong.trim() }
  const listed = ticked.map(material => ({ material, ...why }))
  const { what, ground } = other
  return what.trim() === '' ? listed : [...listed, { what: what.trim(), ground: ground.trim(), ...why }]
}
