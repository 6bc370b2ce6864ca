// What a reader of a PDF reads.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect } from 'vitest'

/** The words of the file, without the lines' ends. */
export async function textOf(response: Response): Promise<string> {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return (await pagesOf(new Uint8Array(await response.arrayBuffer()))).join(' ')
}

/** The same, page by page. */
export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const file = await getDocument({ data: pdf, verbosity: 0 }).promise
  const pages = await Promise.all(Array.from({ length: file.numPages }, async (_, i) => (await (await file.getPage(i + 1)).getTextContent()).items))
  return pages.map((items) => items.map((item) => ('str' in item ? item.str : '')).join(' ').replaceAll(/\s+/g, ' ').trim().normalize('NFC'))
}
