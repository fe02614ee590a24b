import type { Application } from '../domain/application.ts'
import type { RegisterHolder } from '../domain/certificateRegister.ts'
import type { LocalDate } from '../domain/world.ts'
import type { AppParts } from './parts.ts'

type Line = RegisterHolder['lines'][number]

/**
 * What a certificate says beside its holder, by its matter, in Chinese: it is the document itself. Of a reissue nothing: it
 * repeats what the register says of the former one.
 */
export function certificateLines(parts: AppParts, { matter, content }: Application): Line[] {
  const words = (key: string) => parts.text('zh-CN', `web.certificate.${key}`)
  const line = (key: string, value: string | null): Line[] => (value ? [{ label: words(key), value }] : [])
  switch (matter) {
    case 'birthRegistration':
      return [
        ...line('role', words(`role-${content.registrant}`)),
        ...line('stage', words(`stage-${content.stage}`)),
        ...line(content.stage === 'born' ? 'birthDate' : 'dueDate', chineseDate(content.birthDate)),
        ...line('childName', content.childName),
      ]
    case 'additionalBirthPermit':
      return [...line('spouse', content.spouseName), ...line('ground', groundName(parts, content))]
    case 'certificateReissue':
      return []
  }
}

/** Name of the ground as the pack of the place has it. */
export function groundName(parts: AppParts, { regionCode, ground }: { regionCode: string; ground: string }): string {
  const grounds = parts.packFor(regionCode).additionalBirthPermit.grounds.value ?? []
  return parts.text('zh-CN', grounds.find(({ id }) => id === ground)?.name ?? 'app.ground.other')
}

/** Name of a document as the pack of the place has it. */
export function documentName(
  parts: AppParts,
  { regionCode, document }: { regionCode: string; document: string },
): string {
  const rule = parts.packFor(regionCode).documents.find(({ id }) => id === document)
  return parts.text('zh-CN', rule?.name ?? 'app.certificate.other')
}

function chineseDate(day: LocalDate): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}
