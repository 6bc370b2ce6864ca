// Folds Vietnamese text for search: 'Hải Hoà', 'HẢI HÒA' and 'hai hoa' become one. Each has a twin in SQL in prisma/migrations, fold_vi and fold_place.

/** Apostrophes, and characters that nobody sees: joiners, direction marks, soft hyphens, selectors. */
const DROPPED = /['’‘‛ʼʹ`´′\uff07\u00ad\u061c\u2060-\u206f\u202a-\u202e\ufeff]|[\u200b-\u200f]|\u034f|[\u180b-\u180e]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu

/** "Ia H' Drai": a space after the apostrophe of a name parts nothing. */
const CLIPPED = /(?<![\p{L}\p{N}'’‘‛ʼʹ`´′\uff07])([bcdđghklmnprstvx])['’‘‛ʼʹ`´′\uff07] +(?=\p{L})/giu

/** Only letters, digits, pictures and single spaces are left, so folded text is safe inside a LIKE pattern and between bars. */
export function foldVi(text: string): string {
  return text
    .replace(CLIPPED, '$1')
    .replace(DROPPED, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ĐđÐðƉɖ]/g, 'd')
    .toLowerCase()
    .replace(/[^0-9a-z\u00a1-\u1fff\u2070-\u2fff\u3001-\uffff]+|[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u3001-\u3003\u3008-\u3011]+/g, ' ')
    .replace(/^ | $/g, '')
}

const ABBREVIATIONS = {
  p: 'phuong', q: 'quan', h: 'huyen', x: 'xa', t: 'tinh', tp: 'thanh pho', tx: 'thi xa', tt: 'thi tran', dk: 'dac khu', kp: 'khu pho', tdp: 'to dan pho',
}

/**
 * Folded as an address is: abbreviations written out, numbers without leading zeros, i for a y that sounds so, no country at the end.
 * 'P.01, Q3, TPHCM' → 'phuong 1 quan 3 thanh pho hcm'
 */
export function foldPlace(text: string): string {
  const plain = ` ${foldVi(text)} `
    .replace(/ viet ?nam (?=$)/, ' ')
    .replace(/ (tp|tx|tt)(?=[a-z0-9]{2})/g, ' $1 ')
    .replace(/ (p|q)(?=\d{1,2} )/g, ' $1 ')
    .replace(/ 0+(?=\d{1,2} )/g, ' ')
    .replace(/ ward (?=\d)/g, ' phuong ')
    .replace(/ district (?=\d)/g, ' quan ')
    .replace(/ (h|k|l|m|s|t|v|qu)y(?= )/g, ' $1i')
  return Object.entries(ABBREVIATIONS).reduce((line, [short, long]) => line.replaceAll(new RegExp(` ${short} (?=[^ ])`, 'g'), ` ${long} `), plain).trim()
}
