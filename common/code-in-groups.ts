// A code as people write and read it out. Pure.

/** ABCD-EFGH-JKMN, and of a transfer code VNN-1A2B-3C4D. */
export const codeInGroups = (code: string): string => (code.length === 11 ? code.replace(/^(...)(....)/, '$1-$2-') : code.replaceAll(/.{4}(?=.)/g, '$&-'))
