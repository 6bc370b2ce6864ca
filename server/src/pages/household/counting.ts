// Asking for a number without a script: each press of less or more asks for the page anew, with what stands in the field.
import { readNumber } from '../../../../common/number-in.ts'
import { saidBack, sayUnclear } from '../../../../common/number-says.ts'
import type { Say } from './home.ts'
import { type Html, html } from './html.ts'
import { hidden } from './layout.ts'
import { type Kind, amount, figure, stepOf, unitOf } from './spoken.ts'

export interface Counting {
  /** What stands in the field at first. */
  first: bigint
  most: bigint
  kind: Kind
}

/** The number that was given, or what the field shows, and what is wrong with it. */
export type Count = { number: bigint } | { shown: string; wrong?: string }

export function countIn(query: URLSearchParams, { first, most, kind }: Counting, { words, language }: Say): Count {
  const typed = query.get('so')
  if (typed === null) return { shown: figure(first, language) }
  const reading = readNumber(typed, unitOf(kind))
  if (reading.is === 'unclear') return { shown: typed, wrong: sayUnclear(reading, unitOf(kind))[language] }
  const fits = (number: bigint) => number > 0n && number <= most
  const change = query.get('doi')
  if (reading.is === 'number' && change !== null) {
    const step = stepOf(most + 1n)
    const changed = reading.value + (change === 'them' ? step : change === 'bot' ? -step : 0n)
    return { shown: figure(fits(changed) ? changed : reading.value, language) }
  }
  return reading.is === 'number' && fits(reading.value) ? { number: reading.value } : { shown: typed, wrong: words.howMany.outside(amount(most, kind, language)) }
}

/** What was understood, in words, where figures alone are easily misread. */
export function understood(number: bigint, kind: Kind, { language }: Pick<Say, 'language'>): Html | null {
  const said = saidBack({ is: 'number', value: number }, unitOf(kind), language)
  return said === null ? null : html`<p class="hint">${said.slice(0, 1).toLocaleUpperCase(language)}${said.slice(1)}</p>`
}

interface Form {
  /** The page that asks. */
  action: string
  label: string
  most: bigint
  count: Exclude<Count, { number: bigint }>
  /** What was answered before. */
  carried?: Record<string, string>
}

export function countForm({ action, label, most, count: { shown, wrong }, carried = {} }: Form, { words, language }: Say): Html {
  const step = stepOf(most + 1n)
  const by = step > 1n && html`<span class="number">${figure(step, language)}</span>`
  const button = (change: string, symbol: string, says: string) =>
    html`<button class="button plain" name="doi" value="${change}"><span class="big" aria-hidden="true">${symbol}</span><span class="enter">${says}</span>${by}</button>`
  const [less, more] = [button('bot', '−', words.howMany.less), button('them', '+', words.howMany.more)]
  const input = html`<input id="so" name="so" required inputmode="numeric" autocomplete="off" maxlength="100" value="${shown}"${
    wrong && html` aria-invalid="true" aria-describedby="so-wrong" autofocus`}>`
  // The key for "enter" presses the first button, which must not be the one that takes away.
  const enter = html`<button class="enter" tabindex="-1" aria-hidden="true">${words.howMany.next}</button>`
  return html`<form method="get" action="${action}" novalidate>${hidden(carried)}${enter}<div class="field"><label for="so">${label}</label>${
    wrong && html`<p class="wrong" id="so-wrong">${words.error}${wrong}</p>`}<div class="count${step > 1n && ' wide'}">${step > 1n ? [input, less, more] : [less, input, more]}</div></div><button class="button main">${words.howMany.next}</button></form>`
}
