// What an address says of a board: a kind of support and a level.
export const levels = ['UNDER', 'EVEN', 'OVER'] as const
export type Level = (typeof levels)[number]

export interface BoardSearch {
  loai?: string | undefined
  muc?: Level | undefined
}

export const boardSearchIn = ({ loai, muc }: Record<string, unknown>): BoardSearch => ({
  ...(typeof loai === 'string' ? { loai } : {}),
  ...(levels.includes(muc as Level) ? { muc: muc as Level } : {}),
})
