import type { NoticeContent } from '../../domain/notice/notice.ts'
import { sayCount, sayNumber, sayText } from '../../domain/notice/readAloud.ts'
import { noticeSheet, type NoticeEntry, type NoticeSection, type NoticeWords } from './noticeSheet.ts'

/** The notice for the ear, a sentence for each thing: numbers spelled, no signs that only the eye understands. */
export function noticeSpoken(content: NoticeContent, words: NoticeWords): string {
  const { title, number, sections } = noticeSheet(content, words)
  const numbers = [number, ...(content.applicationNumber === null ? [] : [content.applicationNumber])]
  const spell = (text: string) => numbers.reduce((said, one) => said.replaceAll(one, sayNumber(one)), text)
  const sentences = [
    words('spoken.head', { title, number }),
    ...sections.flatMap(section => sectionSpoken(section, words)),
  ]
  return sentences.map(sentence => ended(sayText(spell(sentence)))).join('\n')
}

function sectionSpoken({ heading, numbered, entries }: NoticeSection, words: NoticeWords): string[] {
  return [heading, ...entries.map((entry, n) => entrySpoken(entry, numbered ? n + 1 : null, words))]
}

function entrySpoken({ label, text, notes }: NoticeEntry, n: number | null, words: NoticeWords): string {
  const count = n === null ? '' : words('spoken.count', { n: sayCount(n) })
  return [count + (label === null ? '' : `${label}：`) + text, ...notes].map(ended).join('')
}

const ended = (sentence: string): string => (/[。！？]$/.test(sentence) ? sentence : `${sentence}。`)
