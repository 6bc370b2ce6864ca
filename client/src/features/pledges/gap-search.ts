// What an address says of a gap that is to be filled; apart from the draft, which is fetched only where a pledge is written.

/** A kind, and how much of it is open. */
export interface GapSearch {
  loai?: string | undefined
  so?: string | undefined
}

export const gapIn = ({ loai, so }: Record<string, unknown>): GapSearch => ({
  ...(typeof loai === 'string' ? { loai } : {}),
  // The router reads digits as a number.
  ...(/^[1-9]\d{0,12}$/.test(String(so)) ? { so: String(so) } : {}),
})
