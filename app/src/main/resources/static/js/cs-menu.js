/* <cs-menu><details><summary>…</summary><div class="menu">…: arrows move, Esc and a click outside close, focus returns. */
class Menu extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details")
    this.toggle = this.querySelector("summary")
    this.menu = this.querySelector(".menu")
    if (!this.details) return
    this.details.addEventListener("toggle", () => this.toggled())
    this.addEventListener("keydown", (event) => this.key(event))
    this.outside = (event) => { if (!this.contains(event.target)) this.close(false) }
  }
  disconnectedCallback() { document.removeEventListener("pointerdown", this.outside) }
  get items() { return [...this.menu.querySelectorAll("a[href], button:not([disabled])")] }
  toggled() {
    const open = this.details.open
    this.toggleAttribute("data-open", open)
    if (open) document.addEventListener("pointerdown", this.outside)
    else document.removeEventListener("pointerdown", this.outside)
  }
  close(returnFocus = true) {
    if (!this.details.open) return
    this.details.open = false
    if (returnFocus) this.toggle.focus()
  }
  key(event) {
    if (event.key === "Escape" && this.details.open) { event.stopPropagation(); return this.close() }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step && !["Home", "End"].includes(event.key)) return
    if (!this.details.open) {
      if (event.key !== "ArrowDown" || event.target !== this.toggle) return
      this.details.open = true
    }
    event.preventDefault()
    const items = this.items
    const at = items.indexOf(document.activeElement)
    const next = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : (at + step + items.length) % items.length
    requestAnimationFrame(() => items[next]?.focus())
  }
}
customElements.define("cs-menu", Menu)
