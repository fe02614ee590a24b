import { platform } from '@platform'
import { residentApi, residentSession } from '../residentClient.ts'
import { createRoom, type Room } from './room.ts'

let room: Room | null = null

/** The one chat of this device. Made at first use, kept while pages come and go, so that nothing is sent twice. */
export function residentRoom(): Room {
  if (room) return room
  const made = createRoom({ platform, session: residentSession, api: residentApi })
  platform.onAwake(made.awake)
  room = made
  return made
}
