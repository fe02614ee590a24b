import rest from './locales/zh-CN.json'
import { addSentences } from './text.ts'

/** Imported for its effect by every page but the officers' list, whose first screen does not wait for these. */
addSentences(rest)
