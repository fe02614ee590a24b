import type { Json, Language } from '../conversation/types.ts'
import { escapeHtml, htmlPage } from './htmlPage.ts'

/** The least that answers "is this paper true?". */
export interface Verified {
  number: string
  title: string
  status: 'valid' | 'revoked' | 'superseded'
  issuedAt: string
  surname: string
  region: string | null
}

type Words = (key: string, values?: Record<string, Json>) => string
type Result = Verified | 'certificateUnknown' | 'tooManyRequests'

/** Server-made, without script: opens on any phone, and large enough for old eyes. */
export function verifyPage(result: Result, words: Words, language: Language): string {
  const tone = typeof result === 'string' ? 'unknown' : result.status
  const headline = typeof result === 'string' ? words(`web.problem.${result}`) : words(`web.verify.${result.status}`)
  const hint = typeof result === 'string' ? words(`web.verify.${result}Hint`) : words(`web.verify.${result.status}Hint`)
  const title = words('web.verify.title')
  const main = `<p class="verdict ${tone}" role="status"><span aria-hidden="true">${marks[tone]}</span>${escapeHtml(headline)}</p>
<p class="hint">${escapeHtml(hint)}</p>
${typeof result === 'string' ? '' : facts(result, words)}
<p class="foot">${escapeHtml(words('web.verify.foot'))}</p>`
  return htmlPage({ language, title, style, main })
}

const marks = { valid: '✓', revoked: '✕', superseded: '!', unknown: '?' } as const

function facts({ title, number, surname, region, issuedAt }: Verified, words: Words): string {
  const [year = '', month = '', day = ''] = issuedAt
    .slice(0, 10)
    .split('-')
    .map(part => String(Number(part)))
  const rows: [string, string][] = [
    ['document', title],
    ['number', number],
    ['surname', words('web.verify.surnameOnly', { surname })],
    ...(region === null ? [] : [['region', region] satisfies [string, string]]),
    ['issued', words('web.verify.day', { year, month, day })],
  ]
  const items = rows.map(
    ([key, value]) => `<dt>${escapeHtml(words(`web.verify.${key}`))}</dt><dd>${escapeHtml(value)}</dd>`,
  )
  return `<dl>\n${items.join('\n')}\n</dl>`
}

/** Colours hold 7:1 on white; nothing is said by colour alone. */
const style = `
*{box-sizing:border-box}
body{margin:0;background:#f4f1ec;color:#1d1d1f;font:20px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:24px 20px 40px}
h1{font-size:1.3rem;margin:8px 0 20px}
.verdict{display:flex;align-items:center;gap:14px;margin:0;padding:18px 20px;border-radius:14px;font-size:1.4rem;font-weight:700;line-height:1.35;color:#fff}
.verdict span{flex:none;width:2.2rem;height:2.2rem;border:3px solid #fff;border-radius:50%;text-align:center;line-height:1.9rem}
.valid{background:#0b5d36}.revoked{background:#9b1c1c}.superseded{background:#7a4300}.unknown{background:#3d4654}
.hint{margin:16px 0}
dl{margin:0;padding:4px 20px 12px;background:#fff;border-radius:14px}
dt{padding-top:12px;font-size:.85rem;color:#4a4a4f}
dd{margin:0;overflow-wrap:anywhere;font-weight:600}
.foot{margin-top:20px;font-size:.85rem;color:#4a4a4f}
@media (prefers-color-scheme:dark){body{background:#17171a;color:#f2f2f4}dl{background:#242428}dt,.foot{color:#c9c9cf}}
`
