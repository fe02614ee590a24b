interface UniRoute {
  path: string
  alias?: string
}

declare global {
  interface Window {
    /** uni-app's table of pages, filled before the app is made. */
    __uniRoutes?: UniRoute[]
  }
}

/** The officers' page answers at `/officer`, as the outer face promises; uni-app would only know `/officer/index`. */
export function openOfficerAddress(): void {
  const officer = window.__uniRoutes?.find(({ path }) => path === '/officer/index')
  if (officer) officer.alias = '/officer'
}
