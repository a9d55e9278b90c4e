/* <cs-job id data-live="job:…">: refreshed by the live stream; says once when the work is over. */
class Job extends HTMLElement {
  connectedCallback() {
    const open = !!this.querySelector("progress")
    const before = Job.open.has(this.id)
    if (open) Job.open.add(this.id)
    else if (before) {
      Job.open.delete(this.id)
      perennial.say(`${this.querySelector("strong")?.textContent ?? "The work"}: ${this.querySelector(".chip")?.textContent ?? "done"}`)
    }
  }
}
Job.open = new Set()
customElements.define("cs-job", Job)
