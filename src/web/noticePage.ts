import type { NoticeEntry, NoticeSection, NoticeSheet, NoticeWords } from '../app/notices/noticeSheet.ts'
import type { Language } from '../conversation/types.ts'
import { escapeHtml, htmlPage } from './htmlPage.ts'

export interface NoticePageParts {
  words: NoticeWords
  language: Language
  pdf: string
  png: string
}

/** Server-made, without script: what the code on the paper opens on any phone. 22 pixels and more, contrast 7:1. */
export function noticePage(sheet: NoticeSheet, { words, language, pdf, png }: NoticePageParts): string {
  const main = `<p class="number">${escapeHtml(sheet.number)}<br>${escapeHtml(sheet.issuedOn)}</p>
<p class="links"><a href="${escapeHtml(pdf)}">${escapeHtml(words('openPdf'))}</a><a href="${escapeHtml(png)}">${escapeHtml(words('openPng'))}</a></p>
${sheet.sections.map(sectionHtml).join('\n')}
<p class="office">${escapeHtml(sheet.office)}<br>${escapeHtml(sheet.issuedOn)}</p>
<p>${escapeHtml(sheet.receipt)}</p>`
  return htmlPage({ language, title: sheet.title, style, main })
}

function sectionHtml({ heading, numbered, entries }: NoticeSection): string {
  const tag = numbered ? 'ol' : 'div'
  const items = entries.map(entry => (numbered ? `<li>${entryHtml(entry)}</li>` : entryHtml(entry)))
  return `<section><h2>${escapeHtml(heading)}</h2><${tag}>${items.join('')}</${tag}></section>`
}

function entryHtml({ label, text, notes }: NoticeEntry): string {
  const named = label === null ? '' : `<span class="label">${escapeHtml(label)}</span>`
  const rest = notes.map(note => `<span class="note">${escapeHtml(note)}</span>`).join('')
  return `<p>${named}<span class="${label === null ? 'main' : 'value'}">${escapeHtml(text)}</span>${rest}</p>`
}

const style = `
*{box-sizing:border-box}
body{margin:0;background:#f4f1ec;color:#1d1d1f;font:22px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:36rem;margin:0 auto;padding:20px 18px 48px}
h1{font-size:1.5rem;line-height:1.35;margin:8px 0;color:#8d1b1b}
.number{margin:0 0 12px}
.links{display:flex;flex-wrap:wrap;gap:12px;margin:0 0 16px}
.links a{flex:1 1 12rem;padding:14px;border-radius:12px;background:#8d1b1b;color:#fff;text-align:center;text-decoration:none;font-weight:700}
section{margin:0 0 16px;padding:10px 18px 6px;background:#fff;border-radius:14px}
h2{font-size:1.2rem;margin:6px 0}
p{margin:0 0 12px;overflow-wrap:anywhere}
ol{margin:0;padding-left:1.6em}
.label{display:block;font-size:.9rem;color:#47474c}
.main{font-weight:700}
.note{display:block}
.office{text-align:right}
@media (prefers-color-scheme:dark){body{background:#17171a;color:#f2f2f4}section{background:#242428}.label{color:#cfcfd5}h1{color:#ffb3a8}}
`
