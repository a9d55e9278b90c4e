/*
 * <cs-palette data-src="/search">: Ctrl or Cmd and K. Pages of the rail and actions of this page (data-command="Title") at once;
 * from two letters on also what the server finds: GET data-src?q= with Accept: application/json answers
 * [{kind, title, subtitle, url, key}]. What was opened last stands first while nothing is typed.
 */
const RECENT = "perennial.recent"

class Palette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog")
    this.input = this.querySelector("input")
    this.list = this.querySelector("[role=listbox]")
    this.status = this.querySelector("[role=status]")
    this.shortcut = (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault()
        this.dialog.open ? this.dialog.close() : this.open()
      }
    }
    this.clicked = (event) => { if (event.target.closest?.("[data-open-palette]")) { event.preventDefault(); this.open() } }
    this.asked = () => this.open()
    document.addEventListener("keydown", this.shortcut)
    document.addEventListener("click", this.clicked)
    document.addEventListener("perennial:palette", this.asked)
    this.input.addEventListener("input", () => this.search())
    this.input.addEventListener("keydown", (event) => this.key(event))
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]"), event))
    this.list.addEventListener("pointermove", (event) => this.mark(event.target.closest("[role=option]")))
  }
  disconnectedCallback() {
    document.removeEventListener("keydown", this.shortcut)
    document.removeEventListener("click", this.clicked)
    document.removeEventListener("perennial:palette", this.asked)
  }

  open() {
    if (!document.querySelector("dialog:modal")) this.dialog.showModal()
    this.input.value = ""
    this.input.focus()
    this.show(this.local(""))
  }

  local(query) {
    const wanted = query.toLowerCase()
    const fits = (item) => wanted === "" || item.title.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted)) || item.title.toLowerCase().includes(wanted)
    const pages = [...document.querySelectorAll(".rail-nav a")].map((link) => ({
      kind: "Pages", title: link.textContent.trim(), url: link.getAttribute("href"), key: link.dataset.key ? "G " + link.dataset.key : "" }))
    const actions = [...document.querySelectorAll("[data-command]")].map((target) => ({
      kind: "Actions here", title: target.dataset.command, key: (target.dataset.shortcut ?? "").toUpperCase(), run: () => target.click() }))
    const themes = [...document.querySelectorAll("[data-preferences] [name=theme]")].map((button) => ({
      kind: "Settings", title: `Theme: ${button.textContent.trim()}`, run: () => button.click() }))
    const recent = wanted === "" ? this.recent().map((item) => ({ ...item, kind: "Recent" })) : []
    return [...recent, ...actions.filter(fits), ...pages.filter(fits), ...(wanted === "" ? [] : themes.filter(fits))]
  }

  async search() {
    const query = this.input.value.trim()
    const local = this.local(query)
    this.show(local)
    this.asking?.abort()
    if (query.length < 2) return
    this.asking = new AbortController()
    const { signal } = this.asking
    try {
      await new Promise((resolve) => setTimeout(resolve, 80))
      if (signal.aborted) return
      const answer = await fetch(`${this.dataset.src}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" }, signal })
      if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) return
      const found = await answer.json()
      if (!signal.aborted) this.show([...found, ...local])
    } catch (problem) {
      if (problem.name !== "AbortError") this.status.textContent = "The search does not answer. Pages and actions still work."
    }
  }

  show(items) {
    this.items = items
    const parts = []
    let kind = null
    items.forEach((item, index) => {
      if (item.kind !== kind) {
        kind = item.kind
        const head = document.createElement("div")
        head.setAttribute("role", "presentation")
        head.textContent = kind
        parts.push(head)
      }
      parts.push(this.option(item, index))
    })
    if (items.length === 0) {
      const none = document.createElement("p")
      none.className = "palette-none"
      none.setAttribute("role", "presentation")
      none.textContent = "Nothing found. Try a part of the name."
      parts.push(none)
    }
    this.list.replaceChildren(...parts)
    this.mark(this.list.querySelector("[role=option]"))
    this.status.textContent = items.length === 1 ? "1 result" : `${items.length} results`
  }

  option(item, index) {
    const option = document.createElement("div")
    option.setAttribute("role", "option")
    option.id = "palette-option-" + index
    for (const [name, text] of [["title", item.title], ["subtitle", item.subtitle ?? ""]]) {
      const span = document.createElement("span")
      span.className = name
      span.textContent = text
      option.append(span)
    }
    if (item.key) {
      const key = document.createElement("kbd")
      key.textContent = item.key
      option.append(key)
    }
    return option
  }

  mark(option) {
    if (option === undefined) return
    this.list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false")
    if (!option) return this.input.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    this.input.setAttribute("aria-activedescendant", option.id)
  }

  key(event) {
    const options = [...this.list.querySelectorAll("[role=option]")]
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + 8, options.length - 1), PageUp: Math.max(at - 8, 0) }[event.key]
    if (to !== undefined && options.length) {
      event.preventDefault()
      const option = options[(to + options.length) % options.length]
      this.mark(option)
      option.scrollIntoView({ block: "nearest" })
    } else if (event.key === "Enter") {
      event.preventDefault()
      this.choose(options[at], event)
    }
  }

  choose(option, event) {
    if (!option) return
    const item = this.items[Number(option.id.slice("palette-option-".length))]
    this.dialog.close()
    if (item.run) return item.run()
    this.remember(item)
    if (event.ctrlKey || event.metaKey) window.open(item.url, "_blank", "noopener")
    else location.assign(item.url)
  }

  /* Only for this tab's session: nothing of a customer stays in the browser after it is closed. */
  recent() {
    try { return JSON.parse(sessionStorage.getItem(RECENT)) ?? [] } catch { return [] }
  }
  remember({ title, subtitle, url }) {
    const list = [{ title, subtitle, url }, ...this.recent().filter((other) => other.url !== url)].slice(0, 5)
    sessionStorage.setItem(RECENT, JSON.stringify(list))
  }
}
customElements.define("cs-palette", Palette)
