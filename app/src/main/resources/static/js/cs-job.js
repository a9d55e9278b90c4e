/*
 * <cs-job id data-live="job:…">: refreshed by the live stream; says once when the work is over. A job may end before the stream is
 * open, and a stream may be cut: an open job therefore also looks by itself every few seconds.
 */
const LOOK = 4000

class Job extends HTMLElement {
  connectedCallback() {
    const open = !!this.querySelector("progress")
    const before = Job.open.has(this.id)
    if (open) {
      Job.open.add(this.id)
      this.looking = setTimeout(() => document.querySelector("cs-live")?.arrived([this.dataset.live]), LOOK)
    } else if (before) {
      Job.open.delete(this.id)
      perennial.say(`${this.querySelector("strong")?.textContent ?? "The work"}: ${this.querySelector(".chip")?.textContent ?? "done"}`)
    }
  }

  disconnectedCallback() { clearTimeout(this.looking) }
}
Job.open = new Set()
customElements.define("cs-job", Job)
