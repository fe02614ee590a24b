import type { Application } from '../../domain/application.ts'
import { maskIdentityNumber, maskName, maskPhone } from '../../domain/mask.ts'
import type { ApplicationView } from '../app.ts'
import { documentName, groundName } from '../certificateLines.ts'
import type { AppParts } from '../parts.ts'

type Field = ApplicationView['fields'][number]

/** What was filed, line by line, everything personal masked. A line without an answer is left out. */
export function maskedFields(parts: AppParts, application: Application): Field[] {
  const { content } = application
  const { plain, masked } = lines(parts)
  return [
    ...masked('applicantName', maskName(content.applicantName)),
    ...masked('applicantId', maskIdentityNumber(content.applicantId)),
    ...masked('phone', maskPhone(content.phone)),
    ...masked('proxy', content.proxy && `${maskName(content.proxy.name)}（${content.proxy.relation}）`),
    ...plain('regionName', content.regionName),
    ...ofMatter(parts, application),
  ]
}

function ofMatter(parts: AppParts, { matter, content }: Application): Field[] {
  const { plain, masked, word } = lines(parts)
  switch (matter) {
    case 'birthRegistration':
      return [
        ...plain('registrant', word('registrant', content.registrant)),
        ...plain('stage', word('stage', content.stage)),
        ...plain('birthDate', content.birthDate),
        ...masked('childName', content.childName && maskName(content.childName)),
        ...plain('earlierChildren', String(content.earlierChildren)),
        ...plain('married', content.married === null ? null : word('married', content.married ? 'yes' : 'no')),
      ]
    case 'additionalBirthPermit':
      return [
        ...masked('spouseName', content.spouseName && maskName(content.spouseName)),
        ...masked('spouseId', content.spouseId && maskIdentityNumber(content.spouseId)),
        ...plain('livingChildren', String(content.livingChildren)),
        ...plain('ground', groundName(parts, content)),
      ]
    case 'certificateReissue':
      return [
        ...plain('document', documentName(parts, content)),
        ...plain('reason', word('reissueReason', content.reason)),
        ...plain('oldNumber', content.oldNumber),
        ...masked('change', content.change && kindsOfChange(content.change)),
      ]
  }
}

/** 姓名、住址: what has changed, without what it is now. */
function kindsOfChange(change: string): string {
  return change
    .split('；')
    .map(part => part.split('：')[0] ?? '')
    .join('、')
}

function lines(parts: AppParts) {
  const field = (masked: boolean) => (key: string, value: string | null) =>
    value ? [{ key, label: parts.text('zh-CN', `app.field.${key}`), value, masked }] : []
  return {
    plain: field(false),
    masked: field(true),
    word: (group: string, value: string) => parts.text('zh-CN', `app.${group}.${value}`),
  }
}
