import { fields, flag, list, text, textOrNull, texts } from './decode.ts'

/** 一次性告知书 as the service sets it out. `spoken`: the same for the ear, in Chinese. */
export interface Notice {
  number: string
  title: string
  issuedOn: string
  office: string
  sections: NoticeSection[]
  spoken: string
  /** What is still missing, one by one; empty in a notice that only informs. */
  gaps: string[]
  /** When its holder said 我已收到. */
  confirmedAt: string | null
}

export interface NoticeSection {
  heading: string
  numbered: boolean
  entries: NoticeEntry[]
}

export interface NoticeEntry {
  label: string | null
  text: string
  notes: string[]
}

export function notice(value: unknown): Notice {
  const from = fields(value)
  const sheet = fields(from['sheet'])
  const sections = list(sheet['sections'], section)
  return {
    number: text(from, 'number'),
    spoken: text(from, 'spoken'),
    title: text(sheet, 'title'),
    issuedOn: text(sheet, 'issuedOn'),
    office: text(sheet, 'office'),
    sections,
    // In a notice about an application what is missing stands first, and counted.
    gaps: from['kind'] === 'supplement' ? (sections[0]?.entries ?? []).map(gap => gap.text) : [],
    confirmedAt: textOrNull(from, 'confirmedAt'),
  }
}

function section(value: unknown): NoticeSection {
  const from = fields(value)
  return {
    heading: text(from, 'heading'),
    numbered: flag(from, 'numbered'),
    entries: list(from['entries'], entry),
  }
}

function entry(value: unknown): NoticeEntry {
  const from = fields(value)
  return { label: textOrNull(from, 'label'), text: text(from, 'text'), notes: texts(from['notes']) }
}

/** Number of the notice whose paper this address is; null for anything else. */
export function noticeNumberIn(url: string): string | null {
  return /^\/api\/notices\/([A-Z]{2}\d{6}-\d{6})\.pdf(?:\?|$)/.exec(url)?.[1] ?? null
}

export const noticePaper = (number: string, format: 'pdf' | 'png'): string =>
  `/api/notices/${encodeURIComponent(number)}.${format}`
