/* <cs-time><time datetime>: writes how long ago, keeps the full moment as title. */
const STEPS = [[60, "second"], [60, "minute"], [24, "hour"], [7, "day"], [4.345, "week"], [12, "month"], [Infinity, "year"]]
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" })
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" })
const shown = new Set()

function distance(moment) {
  let amount = (moment - Date.now()) / 1000
  if (Math.abs(amount) < 45) return "just now"
  for (const [size, unit] of STEPS) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit)
    amount /= size
  }
}

class Time extends HTMLElement {
  connectedCallback() { shown.add(this); this.write() }
  disconnectedCallback() { shown.delete(this) }
  write() {
    const time = this.querySelector("time")
    const moment = new Date(time?.dateTime)
    if (isNaN(moment)) return
    time.title = full.format(moment)
    time.textContent = distance(moment)
  }
}
customElements.define("cs-time", Time)
setInterval(() => shown.forEach((time) => time.write()), 30_000)
