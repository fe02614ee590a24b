import type { Json, Language } from '../../conversation/types.ts'
import { showDate } from '../../conversation/showValue.ts'
import type { NoticeContent, NoticeMaterial, Told } from '../../domain/notice/notice.ts'
import type { AppParts } from '../parts.ts'
import { materialTitle, type NoticeWords } from './noticeSheet.ts'

/** Lines of a list in one chat message; the paper has all of them. */
const MOST_LINES = 8

/** The words of notices in one language. */
export function noticeWords(parts: AppParts, language: Language): NoticeWords {
  return (key, values = {}) => parts.text(language, `notice.${key}`, values)
}

/** What a short message tells of a notice. Facts that are not known are null: the text then says 请向当地核实. */
export function noticeInBrief(parts: AppParts, content: NoticeContent, language: Language): Record<string, Json> {
  const words = noticeWords(parts, language)
  const { materials, needed, supplementBy, documentName } = content
  const matter = words(`matter.${content.matter}`)
  const titles =
    materials.value?.map(material => materialTitle(inLanguage(parts, content, material, language), words)) ?? []
  return {
    number: content.number,
    matterName: documentName === null ? matter : words('ofDocument', { matter, document: documentName }),
    needed: needed.value !== false,
    items: shortened(titles, words),
    place: content.region.name,
    where: content.where.value,
    promiseDays: content.promiseDays.value,
    legalDays: content.legalDays.value,
    legalByAnalogy: content.legalDays.byAnalogy,
    fee: feeOf(content.fee, words),
    officeName: content.office,
    officePhone: content.officePhone,
    complaintPhone: content.complaintPhone.value,
    gaps: shortened(
      content.gaps.map(({ what, wrong, mend }) => words('gapInBrief', { what, wrong, mend })),
      words,
    ),
    gapCount: content.gaps.length,
    supplementBy: supplementBy === null ? null : showDate(language, supplementBy),
    applicationNumber: content.applicationNumber,
  }
}

/** The document names papers in Chinese; a message in another language names them as the catalogue does. */
function inLanguage(
  parts: AppParts,
  { region }: NoticeContent,
  material: NoticeMaterial,
  language: Language,
): NoticeMaterial {
  if (language === 'zh-CN') return material
  const { birthRegistration, additionalBirthPermit, documents } = parts.packFor(region.code)
  const lists = [birthRegistration, additionalBirthPermit, ...documents].map(({ materials }) => materials.value ?? [])
  const known = lists.flat().find(({ id }) => id === material.id)
  return known ? { ...material, name: parts.text(language, known.name) } : material
}

function shortened(lines: string[], words: NoticeWords): string[] {
  if (lines.length <= MOST_LINES) return lines
  return [...lines.slice(0, MOST_LINES), words('moreLines', { count: lines.length - MOST_LINES })]
}

function feeOf(fee: Told<string>, words: NoticeWords): string | null {
  if (fee.value === null || !fee.byAnalogy) return fee.value
  return words('byAnalogy', { text: fee.value, source: fee.source ?? words('unknown') })
}
