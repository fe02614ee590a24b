import { chooseFile } from './h5Photo.ts'

/** Of the Shape Detection API, which phones with Android have and TypeScript does not know. */
interface Detector {
  detect(picture: ImageBitmap): Promise<{ rawValue: string }[]>
}

type DetectorClass = new (options: { formats: string[] }) => Detector

function isDetectorClass(value: unknown): value is DetectorClass {
  return typeof value === 'function'
}

/**
 * Reads a QR code from one photo of the camera: null when none was taken, empty when there is no code on it. Null where the
 * browser cannot; there the eight digits are typed.
 */
export function codeReader(): (() => Promise<string | null>) | null {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  if (!isDetectorClass(found)) return null
  return async () => {
    const file = await chooseFile(true)
    if (!file) return null
    const codes = await new found({ formats: ['qr_code'] }).detect(await createImageBitmap(file)).catch(() => [])
    return codes[0]?.rawValue ?? ''
  }
}
