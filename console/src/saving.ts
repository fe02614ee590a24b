/** A browser may begin to save a little after the press. */
const SAVED_WITHIN_MS = 60_000

/** Saves it on the officer's computer; nothing of it stays on the page. */
export function saveBlob(name: string, bytes: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED_WITHIN_MS)
}
