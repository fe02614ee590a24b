import { describe, expect, test } from 'vitest'
import { layerAdditionalBirthPermit } from './additionalBirthPermit.ts'
import { layerCommitments } from './commitments.ts'
import { documentsSchema, layerDocuments, type DocumentsLayer } from './documents.ts'

const source = { document: '某办法', checked: '2026-11-21', weight: 'official' } as const
const nothing = { value: null, source: null }
const fact = <T>(value: T) => ({ value, source })
const rule = (facts: Partial<DocumentsLayer[string]>): DocumentsLayer[string] => ({
  name: 'document.honourCertificate',
  firstIssue: null,
  reissue: null,
  register: null,
  materials: null,
  free: null,
  promiseDays: null,
  ...facts,
})

describe('sections of a region pack', () => {
  test('a place that says nothing of the additional-birth permit knows nothing of it', () => {
    expect(layerAdditionalBirthPermit([undefined, undefined]).kept).toEqual(nothing)
  })

  test('a county adds a document of its own, and corrects one fact of the nation without the others', () => {
    const nation = { honourCertificate: rule({ firstIssue: fact(false), reissue: fact(true) }) }
    const county = {
      honourCertificate: rule({ reissue: fact(false) }),
      oldCard: rule({ name: 'document.oldCard', reissue: fact(true) }),
    }
    const documents = layerDocuments([nation, undefined, county])
    expect(documents.map(({ id }) => id)).toEqual(['honourCertificate', 'oldCard'])
    expect(documents[0]).toMatchObject({ firstIssue: { value: false }, reissue: { value: false }, free: nothing })
  })

  test('a county stops a commitment that the nation allows', () => {
    const marriage = (value: boolean) => ({
      marriageCertificate: { replaceable: fact(value), textVersion: 1, checkRate: null, correctionDays: null },
    })
    expect(layerCommitments([marriage(true), marriage(false)])).toMatchObject([
      { material: 'marriageCertificate', replaceable: { value: false }, checkRate: nothing },
    ])
  })

  test('a document with a fact without source is refused', () => {
    expect(() => documentsSchema.parse({ oldCard: rule({ free: { value: true } as never }) })).toThrow(/source/)
  })
})
