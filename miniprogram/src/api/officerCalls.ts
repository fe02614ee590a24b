import { call, postJson, type Answer, type Send } from './answer.ts'

type Decode<T> = (value: unknown) => T

export interface OfficerCalls {
  get<T>(path: string, decode: Decode<T>): Promise<Answer<T>>
  /** `fence`: number of the task under which it is written, where the write asks for one. */
  post<T>(path: string, body: unknown, decode: Decode<T>, fence?: number): Promise<Answer<T>>
}

/** Reads and writes with the officers' cookie; each write carries the number that other sites cannot know. */
export function officerCalls(send: Send, csrf: () => string): OfficerCalls {
  return {
    get: (path, decode) => call(send, { method: 'GET', path }, decode),
    post: (path, body, decode, fence) =>
      call(send, postJson(path, body, { 'x-csrf-token': csrf(), ...ifMatch(fence) }), decode),
  }
}

const ifMatch = (fence: number | undefined): Record<string, string> =>
  fence === undefined ? {} : { 'if-match': `"${fence}"` }
