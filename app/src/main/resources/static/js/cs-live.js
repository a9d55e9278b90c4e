/*
 * <cs-live data-src="/live">: listens to names of what changed. An element with an id and data-live="topic other-topic" fetches
 * itself again (from data-live-src, else from this page). One tab of a browser holds the stream and tells the others. A region
 * that somebody works in is left alone and offers "Updated. Show" at its head instead.
 */
const JITTER = 400

class LiveUpdates extends HTMLElement {
  connectedCallback() {
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("perennial-live") : null
    this.channel?.addEventListener("message", (event) => this.arrived(event.data))
    this.seen = () => (document.hidden ? this.pause() : this.resume())
    document.addEventListener("visibilitychange", this.seen)
    if (!document.hidden) this.lead()
  }
  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.seen)
    this.pause()
    this.channel?.close()
  }

  /* Web Locks exist only over HTTPS and on localhost; elsewhere each visible tab has its own stream. */
  lead() {
    if (!navigator.locks || !this.channel) return this.listen()
    this.waiting = new AbortController()
    navigator.locks.request("perennial-live", { signal: this.waiting.signal }, () => new Promise((release) => {
      this.release = release
      this.listen()
    })).catch(() => {})
  }

  listen() {
    let lost = false
    this.stream = new EventSource(this.dataset.src)
    this.stream.addEventListener("changed", (event) => {
      const topics = event.data.split("\n")
      this.channel?.postMessage(topics)
      this.arrived(topics)
    })
    this.stream.addEventListener("error", () => { lost = true; this.removeAttribute("data-connected") })
    this.stream.addEventListener("open", () => {
      this.setAttribute("data-connected", "")
      // What happened while the line was cut is unknown: look once.
      if (lost) { lost = false; this.arrived(["*"]); this.channel?.postMessage(["*"]) }
    })
  }

  pause() {
    this.stream?.close()
    this.stream = null
    this.waiting?.abort()
    this.release?.()
    this.release = null
    this.paused = true
  }

  resume() {
    if (!this.paused) return
    this.paused = false
    this.lead()
    this.arrived(["*"])
  }

  arrived(topics) {
    if (document.hidden) return
    for (const region of document.querySelectorAll("[data-live]")) {
      const wanted = region.dataset.live.split(/\s+/)
      if (topics.includes("*") || topics.some((topic) => wanted.includes(topic))) this.refreshSoon(region)
    }
    document.dispatchEvent(new CustomEvent("perennial:changed", { detail: topics }))
  }

  refreshSoon(region) {
    if (region.refreshing) return
    region.refreshing = setTimeout(() => {
      region.refreshing = null
      if (!region.isConnected || !region.id) return
      if (perennial.isEdited(region)) this.offer(region)
      else this.refresh(region)
    }, Math.random() * JITTER)
  }

  async refresh(region) {
    const focused = region.contains(document.activeElement) ? document.activeElement : null
    const { id } = region
    this.fetching ??= new Set()
    this.fetching.add(id)
    await perennial.load(region.dataset.liveSrc ?? location.pathname + location.search, region)
    this.fetching.delete(id)
    const fresh = document.getElementById(id)
    // Focus must never fall back to the body: htmx restores it by id, else the region takes it.
    if (focused && fresh && (!document.activeElement || document.activeElement === document.body)) {
      fresh.tabIndex = -1
      fresh.focus({ preventScroll: true })
    }
  }

  offer(region) {
    if (region.querySelector(":scope > .live-note")) return
    const note = document.createElement("div")
    note.className = "live-note"
    note.setAttribute("role", "status")
    const show = document.createElement("button")
    show.type = "button"
    show.textContent = "Show"
    show.addEventListener("click", () => { region.removeAttribute("data-editing"); this.refresh(region) })
    note.append("Updated. ", show)
    region.prepend(note)
  }
}
customElements.define("cs-live", LiveUpdates)

/* Between asking and the answer somebody may have begun to write: then the answer of a live refresh is dropped. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const live = document.querySelector("cs-live")
  const region = event.detail.target
  if (live?.fetching?.has(region.id) && region.dataset.live && perennial.isEdited(region) && !region.querySelector(":scope > .live-note")) {
    event.detail.shouldSwap = false
    live.offer(region)
  }
})
