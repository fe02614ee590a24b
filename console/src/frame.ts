import { reactive } from 'vue'

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

/** Place and days of all pages. An empty place is the officer's own. */
export const frame = reactive({ region: '', from: `${today.slice(0, 4)}-01-01`, to: today })

export function frameQuery(more: Record<string, string> = {}): string {
  const { region, from, to } = frame
  return new URLSearchParams({ ...(region === '' ? {} : { region }), from, to, ...more }).toString()
}
