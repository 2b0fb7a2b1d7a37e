/** Runs in the page, before its own scripts: takes the times that lib-ui-window.ts asks for. All in ms. */
if (window === window.top) {
  const articleText = () => document.querySelector('iframe')?.contentDocument?.body

  /** When the next frame has been drawn: a message posted in a frame comes once it is laid out and painted. */
  const painted = () =>
    new Promise(resolve => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(null)
      })
    })

  const frame = () => new Promise(resolve => requestAnimationFrame(resolve))

  window.bench = {
    /** From the navigation to the frame with the first headlines. */
    firstHeadlines: new Promise(resolve => {
      new MutationObserver((_changes, observer) => {
        if (!document.querySelector('[role=option]')) return
        observer.disconnect()
        void painted().then(resolve)
      }).observe(document, { childList: true, subtree: true })
    }),

    nextArticle: Promise.resolve(0),

    /** From then on `nextArticle` is the time from the next key, as the browser got it, to the frame with another text. */
    awaitNextArticle() {
      this.nextArticle = new Promise(resolve => {
        let pressedAt = 0
        window.addEventListener('keydown', event => (pressedAt = event.timeStamp), { capture: true, once: true })
        const filled = new MutationObserver(() => {
          if (pressedAt === 0 || !articleText().firstElementChild) return
          filled.disconnect()
          void painted().then(at => resolve(at - pressedAt))
        })
        filled.observe(articleText(), { childList: true })
      })
    },

    /** Scrolls the list by `step` px in each of so many frames, and answers how long each took. */
    async scrollList(frames, step) {
      const list = document.querySelector('[role=listbox]')
      const took = []
      let before = await frame()
      while (took.length < frames) {
        list.scrollBy(0, step)
        const now = await frame()
        took.push(now - before)
        before = now
      }
      return took
    },
  }
}
