// What an address says of a year: one that the hub can be asked about, or none.
export interface YearSearch {
  nam?: number | undefined
}

export const yearIn = ({ nam }: Record<string, unknown>): YearSearch => {
  const year = Number(nam)
  return Number.isInteger(year) && year >= 2000 && year <= 2100 ? { nam: year } : {}
}
