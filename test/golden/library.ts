import type { Library } from '../../src/conversation/machine.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'

/** The library as it goes into service: real flows, texts, packs, places and readers. */
export function realLibrary(): Library {
  return loadKnowledge('.').library
}
