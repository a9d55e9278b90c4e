/*
 * <cs-draft name="touchpoint-42"> around a form keeps unsent text in this tab until the form is sent.
 * Nothing else is kept, and nothing survives closing the tab.
 */
class Draft extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form")
    if (!form) return
    const key = "perennial.draft." + this.getAttribute("name")
    const fields = () => [...form.querySelectorAll("textarea[name], input[type=text][name], input:not([type])[name]")]
    let kept
    try { kept = JSON.parse(sessionStorage.getItem(key)) } catch { kept = null }
    if (kept) {
      let restored = false
      for (const field of fields()) {
        if (kept[field.name] && field.value === field.defaultValue) { field.value = kept[field.name]; restored = true }
      }
      if (restored) perennial.say("Your unsent text was kept.")
    }
    this.addEventListener("input", () => {
      const written = Object.fromEntries(fields().filter(perennial.isChanged).map((field) => [field.name, field.value]))
      if (Object.keys(written).length) sessionStorage.setItem(key, JSON.stringify(written))
      else sessionStorage.removeItem(key)
    })
    form.addEventListener("submit", () => { this.sent = true })
    form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) sessionStorage.removeItem(key) })
    this.leaving = () => { if (this.sent) sessionStorage.removeItem(key) }
    window.addEventListener("pagehide", this.leaving)
  }
  disconnectedCallback() { window.removeEventListener("pagehide", this.leaving) }
}
customElements.define("cs-draft", Draft)
