// Keeps an answer on the device until it has arrived: saved before it is sent, and sent again once there is a connection.
// Pages work without it. Each form's own key makes sending twice harmless.
(() => {
  const place = document.getElementById('kept')
  const store = (() => {
    try {
      return window.localStorage
    } catch {
      return null
    }
  })()
  if (!place || !store || !window.fetch) return
  const prefix = `chungtay-tra-loi:${place.dataset.household}:`
  const MONTH_MS = 30 * 24 * 60 * 60 * 1000
  const AGAIN_MS = 15000

  const keptOnes = () =>
    Object.keys(store)
      .filter((key) => key.startsWith(prefix))
      .map((key) => ({ key, ...JSON.parse(store.getItem(key)) }))

  function say(words, look, link) {
    const line = document.createElement('p')
    line.className = `notice ${look}`
    line.append(words)
    if (link) {
      const anchor = document.createElement('a')
      anchor.href = link
      anchor.textContent = place.dataset.show
      line.append(' ', anchor)
    }
    place.replaceChildren(line)
  }

  /** 'unsent', 'refused', or the address of the receipt. */
  async function send({ action, body }) {
    try {
      const response = await fetch(action, { method: 'POST', body: new URLSearchParams(body), headers: { accept: 'text/html' }, signal: AbortSignal.timeout?.(30000) })
      if (response.url.endsWith('/bien-nhan')) return response.url
      return response.status >= 500 || response.status === 429 ? 'unsent' : 'refused'
    } catch {
      return 'unsent'
    }
  }

  let isSending = false
  async function sendKept() {
    if (isSending) return
    isSending = true
    for (const { key, ...answer } of keptOnes()) {
      const result = Date.now() - answer.at > MONTH_MS ? 'refused' : await send(answer)
      if (result === 'unsent') {
        say(place.dataset.waiting, 'warn')
        break
      }
      store.removeItem(key)
      if (result !== 'refused') say(place.dataset.sent, 'ok', result)
    }
    isSending = false
  }

  const form = document.querySelector('form[data-keep]')
  form?.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isSending) return
    isSending = true
    const answer = { action: form.action, body: new URLSearchParams(new FormData(form)).toString(), at: Date.now() }
    const key = prefix + new URL(form.action).pathname
    store.setItem(key, JSON.stringify(answer))
    say(place.dataset.sending, '')
    const result = await send(answer)
    isSending = false
    if (result === 'unsent') {
      say(place.dataset.waiting, 'warn')
      place.scrollIntoView({ block: 'center' })
      return
    }
    store.removeItem(key)
    // What the hub has to say instead of thanks, it says on a page of its own.
    if (result === 'refused') form.submit()
    else location.assign(result)
  })

  window.addEventListener('online', sendKept)
  setInterval(() => keptOnes().length && sendKept(), AGAIN_MS)
  if (keptOnes().length) sendKept()
})()
