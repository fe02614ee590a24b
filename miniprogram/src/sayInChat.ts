import { residentRoom } from './chat/residentRoom.ts'

/** Says it for the person and shows the chat, where it goes on. */
export function sayInChat(words: string): void {
  residentRoom().say({ text: words }, words)
  uni.reLaunch({ url: '/pages/chat/index' })
}
