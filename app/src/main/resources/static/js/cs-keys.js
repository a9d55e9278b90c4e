/*
 * <cs-keys>: G then a letter goes to a page of the rail, J and K walk the rows of a [data-rows] list, ? shows every key.
 * A button or link with data-shortcut="s" is pressed by its letter: inside the row under the cursor first, then on the page.
 * Single keys rest while somebody types, inside dialogs, and altogether when data-keys="off" (WCAG 2.1.4).
 */
class Keys extends HTMLElement {
  connectedCallback() {
    this.pressed = (event) => this.key(event)
    this.clicked = (event) => { if (event.target.closest?.("[data-open-keys]")) this.sheet() }
    document.addEventListener("keydown", this.pressed)
    document.addEventListener("click", this.clicked)
  }
  disconnectedCallback() {
    document.removeEventListener("keydown", this.pressed)
    document.removeEventListener("click", this.clicked)
  }
  get on() { return document.documentElement.dataset.keys !== "off" }

  key(event) {
    if (event.defaultPrevented || event.altKey) return
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return this.send(event)
    if (event.key === "Escape") return this.close(event)
    if (event.ctrlKey || event.metaKey || !this.on || perennial.isTyping(event.target)) return
    if (document.querySelector("dialog:modal") || event.target.closest?.("[role=menu], [role=listbox]")) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (this.afterG) return this.go(key, event)
    if (key === "g") {
      this.afterG = true
      setTimeout(() => { this.afterG = false }, 1200)
    } else if (key === "?") {
      event.preventDefault()
      this.sheet()
    } else if (key === "j" || key === "k") {
      if (this.walk(key === "j" ? 1 : -1)) event.preventDefault()
    } else if (key === "/") {
      const field = document.querySelector("[data-page-search]")
      event.preventDefault()
      if (field) field.focus()
      else document.dispatchEvent(new CustomEvent("perennial:palette"))
    } else if (key === "Enter") {
      if (event.target.closest?.("a, button, summary")) return
      const action = this.row?.querySelector("[data-row-action]") ?? this.row?.querySelector("a[href]")
      if (action) { event.preventDefault(); action.click() }
    } else if (key === " ") {
      const row = this.row
      if (row?.dataset.preview && !event.target.closest?.("button, summary")) {
        event.preventDefault()
        document.dispatchEvent(new CustomEvent("perennial:preview", { detail: row }))
      }
    } else {
      const named = `[data-shortcut="${CSS.escape(key)}"]`
      const target = this.row?.querySelector(named) ?? document.querySelector(`main ${named}, .page-head ${named}`)
      if (target) { event.preventDefault(); this.press(target) }
    }
  }

  /*
   * What a key opens takes the focus, so that the next key goes on there and Esc closes it. What is open stays open. At once,
   * not with the next picture: who types on right away loses no letter.
   */
  press(target) {
    if (!target.matches("summary")) return target.click()
    const part = target.parentElement
    if (!part.open) target.click()
    if (part.open) part.querySelector("form :is(input:not([type=hidden]), select, textarea), .menu :is(a, button)")?.focus()
  }

  close(event) {
    const part = event.target.closest?.("details[open]:has(> summary.button)")
    if (!part || part.closest("cs-menu")) return
    event.preventDefault()
    part.open = false
    part.querySelector("summary").focus()
  }

  go(key, event) {
    this.afterG = false
    const link = document.querySelector(`.rail-nav a[data-key="${CSS.escape(key.toUpperCase())}" i]`)
    if (link) { event.preventDefault(); link.click() }
  }

  send(event) {
    const form = event.target.closest?.("form")
    if (form) { event.preventDefault(); form.requestSubmit() }
  }

  get rows() { return [...document.querySelectorAll("[data-rows] > :is(tr, li, [data-row]), table[data-rows] > tbody > tr")].filter((row) => row.offsetParent) }
  get row() { return document.querySelector("[data-cursor]") }

  walk(step) {
    const rows = this.rows
    if (rows.length === 0) {
      const grid = document.querySelector("cs-grid[role=grid]")
      grid?.enter()
      return !!grid
    }
    const at = rows.indexOf(this.row)
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step))]
    this.row?.removeAttribute("data-cursor")
    next.setAttribute("data-cursor", "")
    next.scrollIntoView({ block: "nearest" })
    const link = next.querySelector("a[href], button")
    if (link) link.focus({ preventScroll: true, focusVisible: false })
    else { next.tabIndex = -1; next.focus({ preventScroll: true }) }
    document.dispatchEvent(new CustomEvent("perennial:row", { detail: next }))
    return true
  }

  sheet() {
    let dialog = document.getElementById("keys-sheet")
    if (!dialog) {
      dialog = document.createElement("dialog")
      dialog.id = "keys-sheet"
      dialog.className = "dialog"
      dialog.setAttribute("aria-labelledby", "keys-title")
      document.body.append(dialog)
    }
    dialog.replaceChildren(...this.sheetParts())
    if (!dialog.open) dialog.showModal()
  }

  sheetParts() {
    const make = (name, attributes, ...children) => {
      const element = document.createElement(name)
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
      element.append(...children)
      return element
    }
    const pairs = [["Ctrl K", "Search or do"], ["?", "This sheet"], ["/", "Search on this page"], ["J  K", "Next and previous row"],
      ["↵", "Open the row"], ["Space", "Preview the row"], ["Ctrl ↵", "Send or save"], ["Esc", "Close"]]
    document.querySelectorAll(".rail-nav a[data-key]").forEach((link) => pairs.push([`G ${link.dataset.key.toUpperCase()}`, "Go to " + link.textContent.trim()]))
    const seen = new Set()
    document.querySelectorAll("main [data-shortcut]").forEach((target) => {
      const label = target.getAttribute("aria-label") || target.textContent.replace(/\s+\S$/, "").trim()
      if (!seen.has(target.dataset.shortcut)) pairs.push([target.dataset.shortcut.toUpperCase(), label])
      seen.add(target.dataset.shortcut)
    })
    const head = make("div", { class: "dialog-head" }, make("h2", { id: "keys-title" }, "Keys"),
      make("button", { type: "button", class: "button button-quiet button-small", "data-close": "" }, "Close"))
    const list = make("div", { class: "keys" }, ...pairs.map(([key, does]) =>
      make("div", {}, make("span", {}, does), make("span", {}, ...key.split(" ").filter(Boolean).flatMap((part) => [make("kbd", {}, part), " "])))))
    const note = make("p", { class: "meta" }, this.on
      ? "Single keys rest while you type. Your menu switches them off."
      : "Single keys are switched off. Your menu switches them on.")
    return [head, make("div", { class: "dialog-body stack" }, list, note)]
  }
}
customElements.define("cs-keys", Keys)
