// The pictures of what a household receives, and of what a page asks for: own drawings on a 64-unit square, each defined once a page.
import { Html, html } from './html.ts'
import type { Kind } from './spoken.ts'

const drawings = {
  cow: `<path d="M15 16C9 14 7 8 10 4c1 5 4 7 9 8zM49 16c6-2 8-8 5-12-1 5-4 7-9 8z" fill="#e9d9bd"/>
<path d="M17 24C9 18 3 20 2 24c2 6 9 8 15 6zM47 24c8-6 14-4 15 0-2 6-9 8-15 6z" fill="#b8712f"/>
<path d="M32 10c-12 0-17 7-17 16 0 8 4 14 5 22 1 7 6 10 12 10s11-3 12-10c1-8 5-14 5-22 0-9-5-16-17-16z" fill="#cf8a45"/>
<path d="M32 10c-5 0-6 7-5 14s2 12 5 12 4-5 5-12 0-14-5-14z" fill="#f6e3c8"/>
<path d="M32 38c-9 0-13 5-13 10 0 7 6 11 13 11s13-4 13-11c0-5-4-10-13-10z" fill="#f3cdb4"/>
<g fill="#3a2416"><circle cx="22" cy="27" r="2.6"/><circle cx="42" cy="27" r="2.6"/><ellipse cx="27" cy="47" rx="2" ry="2.6"/><ellipse cx="37" cy="47" rx="2" ry="2.6"/></g>
<path d="M27 54c3 2 7 2 10 0" fill="none" stroke="#a5603a" stroke-width="2" stroke-linecap="round"/>`,
  buffalo: `<path d="M18 20C8 22 1 16 3 6c4 6 9 8 18 8zM46 20c10 2 17-4 15-14-4 6-9 8-18 8z" fill="#a89f92"/>
<path d="M17 27C10 22 5 23 3 27c2 5 8 7 14 5zM47 27c7-5 12-4 14 0-2 5-8 7-14 5z" fill="#4a4541"/>
<path d="M32 12c-12 0-17 6-17 15 0 8 4 13 5 21 1 7 6 11 12 11s11-4 12-11c1-8 5-13 5-21 0-9-5-15-17-15z" fill="#5d5752"/>
<path d="M24 13c3-4 13-4 16 0-1 4-4 6-8 6s-7-2-8-6z" fill="#3f3a37"/>
<path d="M32 40c-8 0-12 4-12 9 0 6 5 10 12 10s12-4 12-10c0-5-4-9-12-9z" fill="#8d857c"/>
<g fill="#1f1b19"><circle cx="22" cy="29" r="2.6"/><circle cx="42" cy="29" r="2.6"/><ellipse cx="27" cy="48" rx="2" ry="2.4"/><ellipse cx="37" cy="48" rx="2" ry="2.4"/></g>
<path d="M28 54c2 1 6 1 8 0" fill="none" stroke="#4a4541" stroke-width="2" stroke-linecap="round"/>`,
  goat: `<path d="M24 18C20 12 15 9 8 10c3-7 14-6 19 4zM40 18c4-6 9-9 16-8-3-7-14-6-19 4z" fill="#8b7a63"/>
<path d="M20 25C14 24 7 28 5 36c6 2 13-1 16-6zM44 25c6-1 13 3 15 11-6 2-13-1-16-6z" fill="#e8dccb"/>
<path d="M32 13c-9 0-14 6-14 14 0 7 4 11 6 18 1 6 4 9 8 9s7-3 8-9c2-7 6-11 6-18 0-8-5-14-14-14z" fill="#fffaf0" stroke="#cdb48f" stroke-width="1.5"/>
<path d="M18 27c0-8 5-14 14-14-3 5-3 12-6 18-2 4-5 4-6 3a16 16 0 0 1-2-7z" fill="#c79a62"/>
<path d="M32 53c-2 0-4 2-4 4 1 3 3 5 4 6 1-1 3-3 4-6 0-2-2-4-4-4z" fill="#d9c8ad"/>
<path d="M32 41c-4 0-6 2-6 5 0 5 3 8 6 8s6-3 6-8c0-3-2-5-6-5z" fill="#f3cdb4"/>
<g fill="#33261b"><circle cx="24" cy="29" r="2.4"/><circle cx="40" cy="29" r="2.4"/><path d="M29 44h6l-3 3z"/></g>`,
  pig: `<path d="M13 24C7 16 8 9 11 6c6 1 11 5 13 10zM51 24c6-8 5-15 2-18-6 1-11 5-13 10z" fill="#e08a86"/>
<circle cx="32" cy="34" r="23" fill="#f5b3ac"/><ellipse cx="32" cy="41" rx="12" ry="9" fill="#e58f8a"/>
<g fill="#4a211f"><circle cx="21" cy="28" r="2.7"/><circle cx="43" cy="28" r="2.7"/><ellipse cx="28" cy="41" rx="2" ry="3"/><ellipse cx="36" cy="41" rx="2" ry="3"/></g>
<g fill="#ee9c96"><circle cx="15" cy="37" r="3.5"/><circle cx="49" cy="37" r="3.5"/></g>
<path d="M27 53c3 2 7 2 10 0" fill="none" stroke="#b9605c" stroke-width="2" stroke-linecap="round"/>`,
  poultry: `<path d="M8 22c-4 5-5 12-2 18 4 10 13 15 23 15 11 0 18-8 18-18V19c0-6-4-10-9-10s-8 4-9 9c-1 6-4 9-9 9-6 0-9-2-12-5z" fill="#c4622d"/>
<path d="M8 22c-4 5-5 12-2 18 2 4 4 7 7 9 0-10 0-20-5-27z" fill="#8e3f1a"/>
<path d="M17 34c4 8 13 10 20 5 0 6-5 10-10 10-6 0-10-6-10-15z" fill="#e39a52"/>
<path d="M33 10c-2-4 1-6 3-4 1-4 5-3 5 0 3-1 4 2 2 5-3-2-6-2-10-1z" fill="#c8201f"/><path d="M46 17l8 3-8 3z" fill="#f2b705"/><path d="M44 23c3 0 4 3 3 6-3 0-4-3-3-6z" fill="#c8201f"/>
<circle cx="41" cy="17" r="2" fill="#2b1408"/><path d="M24 55v6M32 55v6" stroke="#d99a00" stroke-width="2.6" stroke-linecap="round"/>
<path d="M46 61c-4 0-7-3-7-7s3-7 6-7c0-3 2-5 5-5s5 2 5 5c3 2 4 4 4 7 0 4-3 7-7 7z" fill="#f6cf4b"/><circle cx="51" cy="47" r="1.4" fill="#2b1408"/><path d="M55 47l4 1.5-4 2z" fill="#e08b00"/>`,
  money: `<rect x="3" y="13" width="46" height="27" rx="4" fill="#8fb59a" transform="rotate(-8 26 26)"/>
<rect x="6" y="19" width="50" height="29" rx="4" fill="#4f8a63"/><rect x="9.5" y="22.5" width="43" height="22" rx="2" fill="none" stroke="#bfe0c8" stroke-width="2"/>
<circle cx="31" cy="33.5" r="7.5" fill="#bfe0c8"/><path d="M31 29v9M28 31h6M28 36h6" stroke="#2f6142" stroke-width="2" stroke-linecap="round"/>
<g stroke="#b07d00" stroke-width="1.6"><ellipse cx="48" cy="56" rx="12" ry="5" fill="#e0a400"/><ellipse cx="48" cy="51" rx="12" ry="5" fill="#f2b705"/><ellipse cx="48" cy="46" rx="12" ry="5" fill="#ffd24a"/></g>`,
  course: `<path d="M32 20C25 14 14 13 5 15v37c9-2 20-1 27 5 7-6 18-7 27-5V15c-9-2-20-1-27 5z" fill="#0b4fb3"/>
<path d="M32 20C26 15 17 14 9 15.5v32C17 46 26 47 32 52c6-5 15-6 23-4.5v-32C47 14 38 15 32 20z" fill="#fffdf8"/>
<path d="M32 20v32" stroke="#c9d8ef" stroke-width="2"/><path d="M14 23c4-.5 9 0 13 2M14 30c4-.5 9 0 13 2M14 37c4-.5 9 0 13 2" fill="none" stroke="#9db7dd" stroke-width="2" stroke-linecap="round"/>
<path d="M50 5l6 6-17 24-8 3 2-8z" fill="#f2b705"/><path d="M50 5l6 6-3 4-6-6z" fill="#c8201f"/><path d="M31 38l2-8 6 5z" fill="#f6e3c8"/><path d="M31 38l.8-3.2 2.4 2z" fill="#33261b"/>`,
  gift: `<path d="M8 28h48v28a3 3 0 0 1-3 3H11a3 3 0 0 1-3-3z" fill="#8e3fb8"/><rect x="5" y="20" width="54" height="12" rx="3" fill="#a75bd0"/><path d="M27 20h10v39H27z" fill="#f2b705"/>
<path d="M32 20C22 20 17 16 19 11s11-2 13 9c2-11 11-14 13-9s-3 9-13 9z" fill="none" stroke="#f2b705" stroke-width="4" stroke-linejoin="round"/>`,
  slip: `<path d="M12 4h40a3 3 0 0 1 3 3v50l-6-3-5.6 3-5.7-3-5.7 3-5.7-3-5.7 3-6.6-3-6 3V7a3 3 0 0 1 3-3z" fill="#fffdf8" stroke="#d8cbb6" stroke-width="2"/>
<path d="M20 11h9v9h-9zM35 11h9v9h-9zM20 26h9v9h-9z" fill="none" stroke="#1c1917" stroke-width="3"/><path d="M35 26h3v3h-3zM41 26h3v5h-3zM35 32h5v3h-5z" fill="#1c1917"/><path d="M23 14h3v3h-3zM38 14h3v3h-3zM23 29h3v3h-3z" fill="#1c1917"/>
<rect x="16" y="39" width="32" height="9" rx="2" fill="#f2b705"/><path d="M20 43.5h6M29 43.5h6M38 43.5h6" stroke="#1c1917" stroke-width="2.6"/>`,
  lock: `<path d="M19 30V20c0-8 5-14 13-14s13 6 13 14v10" fill="none" stroke="#8d857c" stroke-width="6"/><rect x="10" y="28" width="44" height="31" rx="7" fill="#f2b705"/><path d="M10 44h44v8a7 7 0 0 1-7 7H17a7 7 0 0 1-7-7z" fill="#dd9f00"/>
<circle cx="32" cy="41" r="5" fill="#4a3300"/><path d="M32 42v8" stroke="#4a3300" stroke-width="4" stroke-linecap="round"/>`,
  house: `<path d="M11 29h42v29H11z" fill="#fbe3c4"/><path d="M4 31L32 8l28 23-4 4-24-19L8 35z" fill="#a61b1b"/><path d="M26 40h12v18H26z" fill="#8a4b20"/><path d="M15 37h7v8h-7zM42 37h7v8h-7z" fill="#8cb8d8"/><circle cx="35.5" cy="49" r="1.3" fill="#f2b705"/>
<path d="M2 58h60" stroke="#7a9a4c" stroke-width="4" stroke-linecap="round"/>`,
  clock: `<circle cx="32" cy="33" r="26" fill="#f2b705"/><circle cx="32" cy="33" r="20" fill="#fffdf8"/><path d="M32 21v12l8 6" fill="none" stroke="#1c1917" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>`,
  sprout: `<path d="M30 60C17 58 8 49 6 32c13 1 22 8 24 19z" fill="#1b6b3a"/><path d="M34 60c13-2 22-11 24-28-13 1-22 8-24 19z" fill="#4f9a63"/><path d="M32 60V34" stroke="#1b6b3a" stroke-width="4" stroke-linecap="round"/><circle cx="32" cy="18" r="10" fill="#f2b705"/>
<path d="M32 2v3M17 8l2 2M47 8l-2 2M12 20h3M49 20h3" stroke="#f2b705" stroke-width="3" stroke-linecap="round"/>`,
} as const

export type Picture = keyof typeof drawings

const byKind: Record<string, Picture> = { COW: 'cow', BUFFALO: 'buffalo', GOAT: 'goat', PIG: 'pig', POULTRY: 'poultry', KNOW_HOW: 'course' }
const byFamily: Record<string, Picture> = { CAPITAL: 'money', REVOLVING: 'money', CREDIT: 'money', LIVESTOCK: 'cow', TRAINING: 'course', OFFTAKE: 'sprout', WORKS: 'house' }

export const pictureOf = (kind: Pick<Kind, 'code' | 'family'>): Picture => byKind[kind.code] ?? byFamily[kind.family] ?? 'gift'

/** Decoration: what it shows stands in words beside it. */
export const picture = (name: Picture) => html`<svg class="picture" viewBox="0 0 64 64" aria-hidden="true" focusable="false"><use href="#${name}"/></svg>`

/** The drawings that the page uses, for its beginning. */
export function drawingsIn(page: Html): Html {
  const used = (Object.keys(drawings) as Picture[]).filter((name) => page.text.includes(`href="#${name}"`))
  const symbols = used.map((name) => new Html(`<symbol id="${name}" viewBox="0 0 64 64">${drawings[name].replaceAll('\n', '')}</symbol>`))
  return used.length ? html`<svg class="drawings" aria-hidden="true" focusable="false">${symbols}</svg>` : html``
}

const signs = {
  yes: 'm5 13 5 5 10-12',
  short: 'M12 4v13M12 21v-.01',
  wrong: 'M4 8h13l-4-4M20 16H7l4 4',
  no: 'm6 6 12 12M18 6 6 18',
  phone: 'M7 3 9.5 8 7.7 10a12.5 12.5 0 0 0 6.3 6.3L16 14.5l5 2.5c0 2-1.5 4-4 4C10 21 3 14 3 7c0-2.5 2-4 4-4z',
  back: 'm14 5-7 7 7 7',
  next: 'm10 5 7 7-7 7',
  offline: 'M3 9a13 13 0 0 1 4-2.6M11 5c4-.1 7 1.2 10 3.5M6.5 13a8.5 8.5 0 0 1 3-1.8M9.5 16.5a4 4 0 0 1 5 0M12 20v-.01M4 3l16 18',
} as const

export type Sign = keyof typeof signs

/** A sign in the colour of the words that it stands beside. */
export const sign = (name: Sign) => html`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${signs[name]}"/></svg>`
