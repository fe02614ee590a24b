/** 异地查询 as a list shows it: who is asked about is masked. The shape is that of `/openapi.json`. */
export interface Request {
  id: string
  number: string
  regionCode: string
  asker: string
  personName: string
  personId: string
  question: string
  askedAt: string
  due: string
  overdue: boolean
  answer: { at: string; finding: string; note: string | null } | null
}

export const findings = ['found', 'notFound', 'notOurs'] as const
