/** Photos that officers take on their own pages: what is taken, and how much. */

/**
 * 700 kB: a paper on 1,280 pixels stays readable in a third of it, and as text (Base64) it fits into what WeChat keeps under one
 * name, 1 MB, while it waits on a phone without network.
 */
export const PICTURE_LIMIT = 700_000

/** A photo without what tells where and with what it was taken. */
export interface Picture {
  mimeType: 'image/jpeg' | 'image/png'
  bytes: Uint8Array
}
