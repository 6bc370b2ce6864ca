// Asking for a number without a script: each press of less or more asks for the page anew, with what stands in the field.
import type { Say } from './home.ts'
import { type Html, html } from './html.ts'
import { hidden } from './layout.ts'
import { figure, numberIn, stepOf } from './spoken.ts'

export interface Counting {
  /** What stands in the field at first. */
  first: bigint
  most: bigint
  /** Says what a number may be. */
  outside: string
}

/** The number that was given, or what the field shows, and what is wrong with it. */
export type Count = { number: bigint } | { shown: string; wrong?: string }

export function countIn(query: URLSearchParams, { first, most, outside }: Counting, { language }: Say): Count {
  const typed = query.get('so')
  if (typed === null) return { shown: figure(first, language) }
  const fits = (number: bigint) => number > 0n && number <= most
  const number = numberIn(typed)
  const change = query.get('doi')
  if (number !== null && change !== null) {
    const step = stepOf(most + 1n)
    const changed = number + (change === 'them' ? step : change === 'bot' ? -step : 0n)
    return { shown: figure(fits(changed) ? changed : number, language) }
  }
  return number !== null && fits(number) ? { number } : { shown: typed, wrong: outside }
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
  const input = html`<input id="so" name="so" required inputmode="numeric" autocomplete="off" maxlength="19" value="${shown}"${
    wrong && html` aria-invalid="true" aria-describedby="so-wrong" autofocus`}>`
  // The key for "enter" presses the first button, which must not be the one that takes away.
  const enter = html`<button class="enter" tabindex="-1" aria-hidden="true">${words.howMany.next}</button>`
  return html`<form method="get" action="${action}" novalidate>${hidden(carried)}${enter}<div class="field"><label for="so">${label}</label>${
    wrong && html`<p class="wrong" id="so-wrong">${words.error}${wrong}</p>`}<div class="count${step > 1n && ' wide'}">${step > 1n ? [input, less, more] : [less, input, more]}</div></div><button class="button main">${words.howMany.next}</button></form>`
}
