import type { Outcome } from '../../app/app.ts'
import type { FigureDesk, FigureFrame } from '../../app/figures/figureDesk.ts'
import { ezhouCheckTable, fillCheckTable } from '../../domain/figures/checkTable.ts'
import { indicatorOf, indicators } from '../../domain/figures/indicators.ts'
import { noSuchItem, shareOf } from '../../domain/figures/measured.ts'
import type { FakeApp } from './fakeApp.ts'
import { application, AT } from './samples.ts'

/** A name that a spreadsheet would run, were it not kept as text. */
export const EVIL = '=HYPERLINK("http://evil.example","点这里")'

const online = shareOf(17, 20, 1)
const onTime = { legal: shareOf(0, 0, null), promise: shareOf(9, 12, null) }

/** Answers the samples for the county 420702; every other place is not there. Writes down what was asked. */
export function fakeFigures({ asked }: Pick<FakeApp, 'asked'>): FigureDesk {
  const outcome = <T>(known: boolean, value: T): Outcome<T> =>
    known ? { ok: true, value } : { ok: false, refusal: { code: 'notFound' } }
  const frame = (filter: Parameters<FigureDesk['report']>[1]): FigureFrame => {
    asked.push(['figures', filter])
    return { region: { code: '420702', name: '湖北省鄂州市梁子湖区' }, from: filter.from, to: filter.to, at: AT }
  }
  const isKnown = ({ regionCode }: { regionCode: string | null }) =>
    regionCode === null || regionCode.startsWith('420702')
  return {
    async report(_officer, filter) {
      return outcome(isKnown(filter), {
        ...frame(filter),
        indicators: indicators.map(indicator => ({
          indicator,
          figure: indicator.id === 'onlineRate' ? online : shareOf(indicator.id === 'satisfaction' ? 3 : 0, 3, null),
        })),
        items: [
          {
            ...{ matter: 'birthRegistration', figure: online },
            ways: [
              { way: 'self', n: 12 },
              { way: 'assisted', n: 5 },
              { way: 'window', n: null },
            ],
          },
          { matter: 'additionalBirthPermit', figure: noSuchItem, ways: [] },
        ],
        months: [{ month: '2026-11', figure: online }],
        ratings: [{ level: 5, n: 8 }],
        badReasons: { n: 12, ranked: [{ reason: 'waited', n: 12, share: 1, months: [] }] },
        exceptions: 1,
        bySilence: 0,
        checkTable: { table: ezhouCheckTable, filled: fillCheckTable(ezhouCheckTable, () => online) },
      })
    },
    async places(_officer, filter) {
      const place = { region: { code: '420702104', name: '沼山镇' }, figure: online }
      return outcome(isKnown(filter), { ...frame(filter), indicator: indicatorOf(filter.indicator), places: [place] })
    },
    async reasons(_officer, filter) {
      const months = [{ month: '2026-11', n: 6 }]
      const ranked = ['unsaid', EVIL].map(reason => ({ reason, n: 6, share: 0.5, months }))
      return outcome(isKnown(filter), { ...frame(filter), reasons: { n: 12, ranked } })
    },
    async needs(_officer, filter) {
      const months = [{ month: '2026-11', n: 6 }]
      const ranked = ['childcareSubsidy', 'policy.leave', 'policy.gone'].map(reason => ({
        reason,
        n: 6,
        share: 0.5,
        months,
      }))
      const titles = { 'policy.leave': { 'zh-CN': '产假多少天', en: 'How long is maternity leave' } }
      return outcome(isKnown(filter), { ...frame(filter), needs: { n: 18, ranked }, titles })
    },
    async offices(_officer, filter) {
      const offices = [
        { office: { code: '420702104', name: '沼山镇' }, ...onTime },
        { office: null, ...onTime },
      ]
      return outcome(isKnown(filter), { ...frame(filter), offices })
    },
    async cases(_officer, query) {
      asked.push(['figureCases', query])
      return outcome(isKnown(query), { items: [application], next: 'next-page' })
    },
    async night() {
      return null
    },
  }
}
