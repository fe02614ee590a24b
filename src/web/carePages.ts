import type { CardShown, ErrandShown } from '../app/care/careLinks.ts'
import type { Language } from '../conversation/types.ts'
import { escapeHtml, htmlPage } from './htmlPage.ts'

export interface CareWords {
  language: Language
  /** By its key under `care.page`. */
  words(key: string, values?: Record<string, string | boolean>): string
}

type Card = Omit<CardShown, 'regionCode'> & { region: string | null }

/** For the hospital desk: whether the card counts, for whom by surname, and what to do. Nothing of why. */
export function careCardPage(card: Card | 'notFound' | 'tooManyRequests', { language, words }: CareWords): string {
  const title = words('card.title')
  if (typeof card === 'string') return verdictPage({ language, title, tone: 'unknown', verdict: words(card), rows: [] })
  const { valid, number, surname, hospital, desk, region, officePhone } = card
  const rows: [string, string][] = [
    [words('card.surname'), words('card.surnameOnly', { surname })],
    [words('card.number'), number],
    ...(valid ? ([[words('card.hospital'), [hospital, desk].join(' ')]] satisfies [string, string][]) : []),
    ...(valid ? ([[words('card.opens'), words('card.services')]] satisfies [string, string][]) : []),
    ...(region === null ? [] : ([[words('card.office'), region]] satisfies [string, string][])),
    [words('card.phone'), officePhone ?? words('askThere')],
  ]
  const tone = valid ? 'valid' : 'ended'
  return verdictPage({ language, title, tone, verdict: words(valid ? 'card.valid' : 'card.ended'), rows })
}

/** For a helper: what, when, where, and whom to call. */
export function careErrandPage(errand: ErrandShown, { language, words }: CareWords): string {
  const { need, on, time, place, surname, contact, ended } = errand
  const title = words('errand.title')
  if (ended) return verdictPage({ language, title, tone: 'ended', verdict: words('errand.ended'), rows: [] })
  const [, month = '', day = ''] = on.split('-').map(part => String(Number(part)))
  const rows: [string, string][] = [
    [words('errand.when'), words('errand.at', { month, day, time })],
    [words('errand.where'), place],
    [words('errand.who'), words('card.surnameOnly', { surname })],
    ...(contact
      ? ([[words('errand.contact'), [contact.name, contact.phone ?? words('askThere')].join(' ')]] satisfies [
          string,
          string,
        ][])
      : []),
  ]
  return verdictPage({ language, title, tone: 'valid', verdict: words(`need.${need}`), rows })
}

interface Verdict {
  language: Language
  title: string
  tone: keyof typeof marks
  verdict: string
  rows: [string, string][]
}

const marks = { valid: '✓', ended: '✕', unknown: '?' } as const

function verdictPage({ language, title, tone, verdict, rows }: Verdict): string {
  const items = rows.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`)
  const main = `<p class="verdict ${tone}" role="status"><span aria-hidden="true">${marks[tone]}</span>${escapeHtml(verdict)}</p>
${items.length > 0 ? `<dl>\n${items.join('\n')}\n</dl>` : ''}`
  return htmlPage({ language, title, style, main })
}

/** Colours hold 7:1 on white; nothing is said by colour alone. */
const style = `
*{box-sizing:border-box}
body{margin:0;background:#f4f1ec;color:#1d1d1f;font:21px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:24px 20px 40px}
h1{font-size:1.3rem;margin:8px 0 20px}
.verdict{display:flex;align-items:center;gap:14px;margin:0 0 16px;padding:18px 20px;border-radius:14px;font-size:1.4rem;font-weight:700;line-height:1.35;color:#fff}
.verdict span{flex:none;width:2.2rem;height:2.2rem;border:3px solid #fff;border-radius:50%;text-align:center;line-height:1.9rem}
.valid{background:#0b5d36}.ended{background:#9b1c1c}.unknown{background:#3d4654}
dl{margin:0;padding:4px 20px 12px;background:#fff;border-radius:14px}
dt{padding-top:12px;font-size:.85rem;color:#4a4a4f}
dd{margin:0;overflow-wrap:anywhere;font-weight:600}
@media (prefers-color-scheme:dark){body{background:#17171a;color:#f2f2f4}dl{background:#242428}dt{color:#c9c9cf}}
`
