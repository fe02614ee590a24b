import type { SurveyView } from '../app/surveys/surveyDesk.ts'
import type { Json, Language } from '../conversation/types.ts'
import type { SurveyQuestion } from '../domain/survey/answers.ts'
import { shanghaiDate } from '../domain/world.ts'
import { escapeHtml, htmlPage } from './htmlPage.ts'

type Words = (key: string, values?: Record<string, Json>) => string

export interface SurveyPageParts {
  words: Words
  language: Language
  /** Address of this page. */
  path: string
  /** Question that somebody went back to. */
  at: string | null
  /** What was sent was no answer. */
  again: boolean
  /** Just handed in, or just declined. */
  done: 'finished' | 'declined' | null
}

/** One question on a page, made by the server and without script: old phones of old people. 22 pixels, contrast 7:1. */
export function surveyPage(view: SurveyView, parts: SurveyPageParts): string {
  return page(view.title, bodyOf(view, parts), parts)
}

function bodyOf(view: SurveyView, parts: SurveyPageParts): string {
  const { words, done } = parts
  if (done === 'finished' && (view.stand === 'finished' || view.isTest))
    return verdict(words(`${view.flow}.steps.thanks.text`), null) + (view.isTest ? '' : ourHousehold(parts))
  if (view.stand !== 'open')
    return verdict(words(`surveys.page.${view.stand}`), words(`surveys.page.${view.stand}Hint`))
  if (done === 'declined') return verdict(words('surveys.page.declined'), null)
  const question = view.questions.find(({ slot }) => slot === parts.at) ?? view.next
  const test = view.isTest ? `<p class="note">${escapeHtml(words('surveys.page.test'))}</p>` : ''
  return test + (question ? questionForm(view, question, parts) : summary(view, parts)) + foot(view, parts)
}

/** A page that only says something: closed, unknown link, too fast. */
export function surveyMessage(
  name: 'unknown' | 'tooManyRequests',
  parts: { words: Words; language: Language },
): string {
  const { words } = parts
  return page(
    words('surveys.page.title'),
    verdict(words(`surveys.page.${name}`), words(`surveys.page.${name}Hint`)),
    parts,
  )
}

function page(title: string, main: string, { language }: { language: Language }): string {
  return htmlPage({ language, title, style, main })
}

/** Whoever answered may say that it is his household; where he is logged in the page asks him, once. */
function ourHousehold({ words, path }: SurveyPageParts): string {
  const token = path.slice(path.lastIndexOf('/') + 1)
  const to = `/pages/mydata/index?survey=${encodeURIComponent(token)}`
  return `<p class="note"><a href="${escapeHtml(to)}">${escapeHtml(words('surveys.page.ours'))}</a></p>`
}

function verdict(said: string, hint: string | null): string {
  const lines = said.split('\n').map(line => `<p>${escapeHtml(line)}</p>`)
  return `<section role="status">${lines.join('')}</section>${hint === null ? '' : `<p class="note">${escapeHtml(hint)}</p>`}`
}

function questionForm(view: SurveyView, question: SurveyQuestion, parts: SurveyPageParts): string {
  const { words, path, again } = parts
  const n = view.questions.findIndex(({ slot }) => slot === question.slot)
  const given = view.answers[question.slot]
  const chosen =
    given === undefined || question.type === 'multiChoice' || question.type === 'text'
      ? ''
      : `<p class="note">${escapeHtml(words('surveys.page.chosen', { answer: shown(question, given, words) }))}</p>`
  const before = view.questions[n - 1]
  const back = before
    ? `<a class="back" href="${address(path, before.slot)}">${escapeHtml(words('surveys.page.back'))}</a>`
    : ''
  const decline =
    n === 0 && Object.keys(view.answers).length === 0
      ? `<form method="post" action="${path}"><button class="quiet" name="do" value="decline">${escapeHtml(words('surveys.page.decline'))}</button></form>`
      : ''
  return `${again ? `<p class="again" role="alert">${escapeHtml(words('surveys.page.again'))}</p>` : ''}
<p class="step">${escapeHtml(words('surveys.page.step', { n: n + 1, of: view.questions.length }))}</p>
<form method="post" action="${path}">
<fieldset>
<legend>${escapeHtml(words(question.textKey))}</legend>
<p class="note">${escapeHtml(words(question.key('help')))}</p>
${chosen}<input type="hidden" name="q" value="${question.slot}">
${inputs(question, given, words)}
</fieldset>
</form>
${back}${decline}`
}

function inputs(question: SurveyQuestion, given: string | string[] | null | undefined, words: Words): string {
  const skip = question.optional
    ? `<button class="quiet" name="do" value="skip">${escapeHtml(words(question.key('skip')))}</button>`
    : ''
  const next = `<button name="do" value="answer">${escapeHtml(words('surveys.page.next'))}</button>`
  if (question.type === 'text') {
    const said = typeof given === 'string' ? given : ''
    const most = question.maxLength === null ? '' : ` maxlength="${question.maxLength}"`
    const label = escapeHtml(words(question.key('label')))
    return `<textarea name="v" rows="5"${most} aria-label="${label}">${escapeHtml(said)}</textarea>${next}${skip}`
  }
  if (question.type === 'multiChoice') {
    const marks = [given ?? []].flat()
    const boxes = question.options.map(option => {
      const checked = marks.includes(option) ? ' checked' : ''
      return `<label><input type="checkbox" name="v" value="${option}"${checked}>${escapeHtml(labelOf(question, option, words))}</label>`
    })
    return `<p class="note">${escapeHtml(words('surveys.page.several'))}</p>${boxes.join('')}${next}${skip}`
  }
  const buttons = question.options.map(
    option => `<button name="v" value="${option}">${escapeHtml(labelOf(question, option, words))}</button>`,
  )
  return buttons.join('\n') + skip
}

function summary(view: SurveyView, { words, path }: SurveyPageParts): string {
  const rows = view.questions.map(question => {
    const change = `<a href="${address(path, question.slot)}">${escapeHtml(words('surveys.page.change'))}</a>`
    const answer = shown(question, view.answers[question.slot] ?? null, words)
    return `<dt>${escapeHtml(words(question.key('label')))} ${change}</dt><dd>${escapeHtml(answer)}</dd>`
  })
  return `<p>${escapeHtml(words('surveys.page.check'))}</p><dl>${rows.join('')}</dl>
<form method="post" action="${path}"><button class="send" name="do" value="finish">${escapeHtml(words('surveys.page.send'))}</button></form>
<p class="note">${escapeHtml(words('surveys.page.sendNote'))}</p>`
}

function foot(view: SurveyView, { words }: SurveyPageParts): string {
  const [, month = '', day = ''] = shanghaiDate(view.closesAt)
    .split('-')
    .map(part => String(Number(part)))
  const saved = words('surveys.page.saved', { day: words('surveys.page.day', { month, day }) })
  return `<p class="foot">${escapeHtml(saved)}</p><p class="foot">${escapeHtml(words('surveys.page.foot'))}</p>`
}

/** An answer as people read it. */
function shown(question: SurveyQuestion, answer: string | string[] | null, words: Words): string {
  if (answer === null) return question.optional ? words(question.key('skip')) : words('surveys.page.none')
  if (question.type === 'text') return String(answer)
  return [answer]
    .flat()
    .map(option => labelOf(question, option, words))
    .join(words('common.listSeparator'))
}

/** What stands on a button. */
export function labelOf(question: SurveyQuestion, option: string, words: (key: string) => string): string {
  if (question.type === 'yesNo') return words(option === 'true' ? 'common.yes' : 'common.no')
  return words(question.key(`options.${option}`))
}

const address = (path: string, slot: string) => `${path}?q=${slot}`

const style = `
*{box-sizing:border-box}
body{margin:0;background:#f4f1ec;color:#1d1d1f;font:22px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:16px 16px 48px}
h1{font-size:1.15rem;line-height:1.35;margin:4px 0 12px;color:#8d1b1b}
p{margin:0 0 12px;overflow-wrap:anywhere}
fieldset{margin:0;padding:0;border:0;min-width:0}
legend{padding:0;font-size:1.25rem;font-weight:700;line-height:1.4;margin:0 0 8px}
section{padding:16px 18px 4px;background:#fff;border-radius:14px;margin:0 0 16px;font-weight:700}
.step,.note,.foot{font-size:.85rem;color:#47474c}
.again{padding:10px 14px;border-radius:10px;background:#9b1c1c;color:#fff;font-weight:700}
button{display:block;width:100%;min-height:60px;margin:0 0 12px;padding:12px 16px;border:2px solid #8d1b1b;border-radius:14px;background:#fff;color:#1d1d1f;font:inherit;font-weight:700;text-align:left}
button.send,button[value=answer]{background:#8d1b1b;color:#fff;text-align:center}
button.quiet{border-color:#6b6b70;font-weight:400;text-align:center}
label{display:flex;align-items:center;gap:14px;min-height:60px;padding:8px 16px;margin:0 0 10px;background:#fff;border-radius:14px}
label input{flex:none;width:28px;height:28px}
textarea{display:block;width:100%;margin:0 0 12px;padding:12px;border:2px solid #6b6b70;border-radius:14px;font:inherit}
button:focus-visible,a:focus-visible,textarea:focus-visible,input:focus-visible{outline:4px solid #1d4ed8;outline-offset:2px}
a{color:#8d1b1b;font-weight:700}
.back{display:inline-block;min-height:44px;padding:8px 0;margin:0 0 8px}
dl{margin:0 0 16px;padding:8px 18px;background:#fff;border-radius:14px}
dt{padding-top:10px;font-size:.85rem;color:#47474c}
dt a{display:inline-block;min-height:44px;padding:6px 10px}
dd{margin:0 0 6px;font-weight:700;overflow-wrap:anywhere;white-space:pre-wrap}
@media (prefers-color-scheme:dark){body{background:#17171a;color:#f2f2f4}section,dl,label,button,textarea{background:#242428;color:#f2f2f4}button{border-color:#ffb3a8}button.send,button[value=answer]{background:#8d1b1b;color:#fff}.step,.note,.foot,dt{color:#cfcfd5}h1,a{color:#ffb3a8}}
`
