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

  /** The address of its receipt; or the page that says what is against it; or neither, when it did not get through. */
  async function send({ action, body }) {
    try {
      const response = await fetch(action, { method: 'POST', body: new URLSearchParams(body), headers: { accept: 'text/html' }, signal: AbortSignal.timeout?.(30000) })
      if (response.url.endsWith('/bien-nhan')) return { receipt: response.url }
      return response.status >= 500 || response.status === 429 ? {} : { page: await response.text() }
    } catch {
      return {}
    }
  }

  function show(page) {
    const { title, body } = new DOMParser().parseFromString(page, 'text/html')
    document.title = title
    document.body = body
    const first = body.querySelector('[autofocus], h1')
    if (first.matches('h1')) first.tabIndex = -1
    first.focus()
  }

  const form = document.querySelector('form[data-keep]')
  const keyOf = (asked) => asked && prefix + new URL(asked.action).pathname

  let isSending = false
  async function sendKept() {
    if (isSending) return
    isSending = true
    for (const { key, ...answer } of keptOnes()) {
      const isStale = Date.now() - answer.at > MONTH_MS
      const { receipt, page } = isStale ? {} : await send(answer)
      if (!receipt && !page && !isStale) {
        say(place.dataset.waiting, 'warn')
        break
      }
      store.removeItem(key)
      if (receipt && key === keyOf(form)) location.assign(receipt)
      else if (receipt) say(place.dataset.sent, 'ok', receipt)
    }
    isSending = false
  }

  form?.addEventListener('submit', async (event) => {
    event.preventDefault()
    const answer = { action: form.action, body: new URLSearchParams(new FormData(form)).toString(), at: Date.now() }
    const key = keyOf(form)
    store.setItem(key, JSON.stringify(answer))
    say(place.dataset.sending, '')
    if (isSending) return // an earlier one is on its way: this one is kept, and goes after it
    isSending = true
    const { receipt, page } = await send(answer)
    isSending = false
    if (!receipt && !page) {
      say(place.dataset.waiting, 'warn')
      place.scrollIntoView({ block: 'center' })
      return
    }
    store.removeItem(key)
    if (receipt) location.assign(receipt)
    else show(page)
  })

  window.addEventListener('online', sendKept)
  setInterval(() => keptOnes().length && sendKept(), AGAIN_MS)
  if (keptOnes().length) sendKept()
})()
