import { tList } from '../text.ts'

/** What is asked before a write goes out. */
export type Asked = 'pause' | 'close' | 'refuse' | 'grant' | 'reveal' | 'declineTransfer' | 'remind'

/** Each with the sentence that is asked for. */
export const questions = {
  pause: { title: 'action.pause', question: 'task.pauseWhy' },
  close: { title: 'action.close', question: 'task.closeWhy' },
  refuse: { title: 'action.refuse', question: 'task.refuseWhy' },
  reveal: { title: 'action.reveal', question: 'task.revealWhy' },
  grant: { title: 'action.grant', question: 'task.grantSure' },
  declineTransfer: { title: 'action.declineTransfer', question: 'task.declineWhy' },
  remind: { title: 'action.remind', question: 'task.remindWhy' },
} as const

/** Sentences of every day. None for a refusal: its reason is the law's and differs by case. */
export function templatesOf(what: Asked): string[] {
  return what === 'refuse' || what === 'grant' ? [] : tList(`templates.${what}`)
}
