import type { VillageSeat } from '../../domain/seats/villageSeat.ts'

/** Where village offices lie, as far as the eyes of the moment see. */
export interface SeatPort {
  /** Of all villages at or below a place, by code. */
  within(placeCode: string): Promise<VillageSeat[]>
  /** Takes the place of what was recorded before; a list never of what an officer recorded on the spot. */
  record(seat: VillageSeat): Promise<void>
  /** False when there was none. */
  remove(regionCode: string): Promise<boolean>
}
