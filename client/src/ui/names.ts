// A name that somebody typed, inside a sentence of ours: one that is written from right to left keeps to itself and turns nothing around it.
// An element has <bdi> for that; a text has the characters that mean the same.

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/

export const isolated = (name: string): string => (RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name)
