import type { Library, LibraryTools } from '../machine.ts'
import type { RegionPack } from '../../domain/regionPack.ts'
import { assembleLibrary } from '../library.ts'
import type { Language, TurnContext } from '../types.ts'
import type { ReadValue } from '../understanding/types.ts'

const unknown = { value: null, source: null }

/** A pack that knows nothing, except (in codes that begin with 41) that marriage is asked for. */
export function smallPack(code: string | null): RegionPack {
  const source = { document: 'test', checked: '2026-11-21', weight: 'official' as const }
  return {
    code: code ?? 'CN',
    name: 'test',
    birthRegistration: {
      marriageRequired: code?.startsWith('41') ? { value: true, source } : unknown,
      whoMay: unknown,
      where: unknown,
      materials: unknown,
      resultName: unknown,
      legalDays: unknown,
      promiseDays: unknown,
      onlineEntry: unknown,
      resultNote: unknown,
    },
    additionalBirthPermit: {
      kept: unknown,
      isLicence: unknown,
      grounds: unknown,
      materials: unknown,
      legalDays: unknown,
      promiseDays: unknown,
      resultName: unknown,
      validity: unknown,
      resultNote: unknown,
    },
    documents: code?.startsWith('42') ? ['proof', 'permit'].map(smallDocument) : [],
    commitments: [],
    officePhone: unknown,
  }
}

function smallDocument(id: string): RegionPack['documents'][number] {
  const facts = { firstIssue: unknown, reissue: unknown, register: unknown, materials: unknown }
  return { id, name: `document.${id}`, ...facts, free: unknown, promiseDays: unknown }
}

/** A reader that knows just enough: the real one has its own tests. */
export const smallReadValue: ReadValue = (type, text, { options = [], min, max }) => {
  const said = text.trim()
  if (said === '') return { status: 'invalid', reason: 'empty' }
  if (type === 'choice') {
    const option =
      options.find(one => [one.value, one.label, ...(one.synonyms ?? [])].includes(said)) ?? options[Number(said) - 1]
    return option ? { status: 'ok', value: option.value, confirm: false, shown: option.label } : { status: 'none' }
  }
  if (type === 'number') {
    const number = Number(said)
    if (!Number.isInteger(number)) return { status: 'invalid', reason: 'not-a-number' }
    const outside = (typeof min === 'number' && number < min) || (typeof max === 'number' && number > max)
    return outside
      ? { status: 'invalid', reason: 'out-of-range' }
      : { status: 'ok', value: number, confirm: false, shown: said }
  }
  if (type === 'yesNo') {
    return /^(是|否)$/.test(said)
      ? { status: 'ok', value: said === '是', confirm: false, shown: said }
      : { status: 'none' }
  }
  if (type === 'date') {
    if (said === '腊月初八')
      return { status: 'ok', value: '2027-01-15', confirm: true, shown: '腊月初八，就是2027年1月15日' }
    return /^\d{4}-\d\d-\d\d$/.test(said)
      ? { status: 'ok', value: said, confirm: false, shown: said }
      : { status: 'invalid', reason: 'no-such-day' }
  }
  if (type === 'region') return readPlace(said)
  return { status: 'ok', value: said, confirm: false, shown: said }
}

const places: Record<string, string> = { '420702104212': '下柯村', '410102001002': '碧沙岗社区' }

function readPlace(said: string): ReturnType<ReadValue> {
  if (said === '沼山镇') return { status: 'approx', detail: '沼山镇', within: '420702104' }
  if (said === '鼓楼区') {
    return {
      status: 'ambiguous',
      options: [
        { value: '410102001002', label: '碧沙岗社区' },
        { value: '420702104212', label: '下柯村' },
      ],
    }
  }
  const code = Object.keys(places).find(one => one === said || places[one] === said)
  return code ? { status: 'ok', value: code, confirm: false, shown: places[code] ?? '' } : { status: 'none' }
}

export const smallTools: LibraryTools = { readValue: smallReadValue, readIntents: () => [], packFor: smallPack }

/** A library out of plain objects, unchecked; `texts` are the same in both languages. */
export function smallLibrary(
  flows: unknown[],
  texts: Record<string, unknown> = {},
  only: Language[] = ['zh-CN', 'en'],
): Library {
  return assembleLibrary(
    {
      flows: flows.map((content, n) => ({ file: `flows/test-${n + 1}.yaml`, content })),
      locales: only.flatMap(language =>
        Object.entries(texts).map(([namespace, content]) => ({
          language,
          namespace,
          file: `locales/${language}/${namespace}.yaml`,
          content,
        })),
      ),
    },
    smallTools,
  )
}

/** A frozen context; `turn` tells turns apart. */
export function smallContext(turn = 1, officer = false): TurnContext {
  let ids = 0
  return {
    turnId: `turn-${turn}`,
    now: Date.parse('2026-11-23T09:00:00+08:00') + turn * 60_000,
    today: '2026-11-23',
    newId: () => `s${turn}-${++ids}`,
    officer,
  }
}
