import { platform } from '@platform'
import { residentSession } from './residentClient.ts'

const HTTP_OK = 200
const HTTP_UNAUTHORIZED = 401

async function openOnce(path: string): Promise<number> {
  const headers = await residentSession.headers()
  if (!headers) return 0
  const fileName = path.slice(path.lastIndexOf('/') + 1)
  return platform.openFile({ method: 'GET', path, headers }, fileName).catch(() => 0)
}

/** Fetches a file with the resident's token and shows it. An expired login is renewed once. False: not opened. */
export async function openServiceFile(path: string): Promise<boolean> {
  const status = await openOnce(path)
  if (status !== HTTP_UNAUTHORIZED) return status === HTTP_OK
  residentSession.forget()
  return (await openOnce(path)) === HTTP_OK
}
