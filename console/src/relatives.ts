import { saveBlob } from './saving.ts'

/** What relatives of somebody who died ask for. The shape is that of `/openapi.json`. */
export interface RelativeRequest {
  id: string
  status: string
  wish: string
  relative: string
  relation: string
  deceased: string
  interest: string
  papers: string | null
  reason: string | null
  grantedAt: string | null
  allowedActions: string[]
}

export const relativeWishes = ['see', 'copy', 'correct', 'delete'] as const

export const addressOf = ({ id }: RelativeRequest, step: string): string =>
  `/api/relative-requests/${encodeURIComponent(id)}/${step}`

/** As it stands at the head of a dialog. */
export const requestName = ({ relative, relation, deceased }: RelativeRequest): string =>
  `${relative}（${deceased} · ${relation}）`

/** Saves it on the officer's computer; nothing of it stays on the page. */
export function saveAsFile(name: string, data: object): void {
  saveBlob(`${name}.json`, new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }))
}
