import type { Dialogue } from './dialogue.ts'

/** One thing that happens in chats, and what the resident should see. */
export interface Trial {
  name: string
  right: string[]
  /** Answers that must be kept, where the engine can be asked. */
  kept: string[]
  play(dialogue: Dialogue): Promise<void>
}

export const trials: Trial[] = [
  {
    name: 'two answers at the same moment',
    right: ['Q1', 'Q2', 'Q3'],
    kept: ['甲答', '乙答'],
    play: async dialogue => {
      await dialogue.say('hi', 1)
      await Promise.all([dialogue.say('甲答', 2), dialogue.say('乙答', 3)])
    },
  },
  {
    name: 'one message three times, one after another',
    right: ['Q1', 'Q2'],
    kept: ['甲答'],
    play: async dialogue => {
      await dialogue.say('hi', 1)
      for (let n = 0; n < 3; n++) await dialogue.say('甲答', 2)
    },
  },
  {
    name: 'one message three times at the same moment',
    right: ['Q1', 'Q2'],
    kept: ['甲答'],
    play: async dialogue => {
      await dialogue.say('hi', 1)
      await Promise.all([dialogue.say('甲答', 2), dialogue.say('甲答', 2), dialogue.say('甲答', 2)])
    },
  },
  {
    name: 'a step throws, then the resident sends again',
    right: ['Q1', 'error', 'Q2'],
    kept: ['甲答'],
    play: async dialogue => {
      await dialogue.say('hi', 1)
      dialogue.failOnce()
      await dialogue.say('甲答', 2)
      await dialogue.say('甲答', 3)
    },
  },
  {
    name: 'a step throws, then the platform delivers again',
    right: ['Q1', 'error', 'Q2'],
    kept: ['甲答'],
    play: async dialogue => {
      await dialogue.say('hi', 1)
      dialogue.failOnce()
      await dialogue.say('甲答', 2)
      await dialogue.say('甲答', 2)
    },
  },
]
