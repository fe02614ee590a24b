/** One call of the product, as it came and as it was answered. Test data only, so nothing is hidden here. */
export interface Call {
  at: number
  method: string
  path: string
  query: Record<string, string>
  body: string
  /** 0 for a connection that was reset or never answered. */
  status: number
  errcode: number | null
  /** Name of the injected fault, if any. */
  fault: string | null
}
