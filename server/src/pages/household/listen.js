// Reads the page aloud, where the telephone has a voice for its language. Pages work without it.
(() => {
  const speech = window.speechSynthesis
  const main = document.querySelector('main')
  const title = main?.querySelector('h1')
  if (!speech || !title) return
  const { listen, hush } = main.dataset
  const voice = () => speech.getVoices().find(({ lang }) => lang.slice(0, 2).toLowerCase() === document.documentElement.lang)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button listen'
  button.textContent = listen

  const words = () =>
    Array.from(main.querySelectorAll('h1,h2,h3,p,label,.button:not(.listen)'), (part) => part.textContent.trim()).filter(Boolean).join('. ')

  button.addEventListener('click', () => {
    speech.cancel()
    if (button.textContent === hush) {
      button.textContent = listen
      return
    }
    const speaking = new SpeechSynthesisUtterance(words())
    speaking.voice = voice()
    speaking.lang = document.documentElement.lang
    speaking.rate = 0.9
    speaking.onend = speaking.onerror = () => (button.textContent = listen)
    button.textContent = hush
    speech.speak(speaking)
  })

  // Voices may come late.
  const offer = () => {
    if (!button.isConnected && voice()) (title.closest('.hero') ?? title).after(button)
  }
  speech.addEventListener?.('voiceschanged', offer)
  offer()
})()
