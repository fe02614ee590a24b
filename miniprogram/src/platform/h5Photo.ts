import type { Photo } from './platform.ts'

/** A4 papers stay readable at this length of the longer side, and a picture stays below about 1 MB. */
const LONGEST_SIDE = 2000
const JPEG_QUALITY = 0.85
/** What is to be seen stays so, and a dozen fit into what a browser keeps for a page (5 MB). */
const SMALL_SIDE = 1280
const SMALL_QUALITY = 0.7

/** `camera`: straight to the camera of a phone, past the album. */
export function chooseFile(camera = false): Promise<File | null> {
  return new Promise(resolve => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    if (camera) input.capture = 'environment'
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}

/** Drawing it anew also removes the place and time that cameras write into pictures. */
async function asSmallJpeg(file: File, small: boolean): Promise<Blob | null> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, (small ? SMALL_SIDE : LONGEST_SIDE) / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', small ? SMALL_QUALITY : JPEG_QUALITY))
}

export async function pickPhoto(small = false): Promise<Photo | null> {
  const file = await chooseFile()
  if (!file) return null
  // What this browser cannot draw goes as it is: the service takes JPEG and PNG alone, and says so.
  const jpeg = await asSmallJpeg(file, small).catch(() => null)
  const blob = jpeg ?? file
  return { bytes: await blob.arrayBuffer(), mimeType: jpeg ? 'image/jpeg' : file.type }
}
