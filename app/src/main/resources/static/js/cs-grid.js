/*
 * <cs-grid src="/accounts/rows?sort=…" total="100000" columns="2rem minmax(12rem, 2fr) 8rem 6rem" label="Accounts">
 *   <div class="grid-head" role="row"><span role="columnheader">…</span>…</div>
 * </cs-grid>
 *
 * A window on up to a million rows: only chunks of 50 near the window stand in the document, the body keeps the full height.
 * GET <src>&offset=0&limit=50 answers an HTML fragment of <div role="row" id data-id><span role="gridcell">…</span>…</div>
 * and the header X-Total-Count. At most 24 chunks are kept. The row with the focus is never taken away.
 * Keys: arrows, Home, End, Ctrl+Home, Ctrl+End, Page Up and Down, Enter opens, Space previews, X selects, Shift+X a range.
 */
const CHUNK = 50
const KEPT = 24

class Grid extends HTMLElement {
  connectedCallback() {
    this.total = Number(this.getAttribute("total") ?? 0)
    this.chunks = new Map()
    this.chosen = new Set()
    this.at = { row: 0, column: 0 }
    this.setAttribute("role", "grid")
    this.setAttribute("aria-multiselectable", "true")
    if (this.getAttribute("label")) this.setAttribute("aria-label", this.getAttribute("label"))
    this.head = this.querySelector(".grid-head")
    this.head.setAttribute("aria-rowindex", "1")
    this.body = document.createElement("div")
    this.body.className = "grid-body"
    this.body.setAttribute("role", "rowgroup")
    this.append(this.body)
    this.head.style.gridTemplateColumns = this.getAttribute("columns")
    this.addEventListener("scroll", () => this.soon(), { passive: true })
    this.addEventListener("keydown", (event) => this.key(event))
    this.addEventListener("focusin", (event) => this.focused(event.target.closest("[role=gridcell]")))
    this.addEventListener("click", (event) => { if (event.target.matches("input[type=checkbox][data-select]")) this.select(event.target.closest("[role=row]"), event.shiftKey) })
    this.resizer = new ResizeObserver(() => { this.measure(); this.soon() })
    this.resizer.observe(this)
    this.restyled = () => { this.measure(); this.soon() }
    document.addEventListener("perennial:setting", this.restyled)
    this.measure()
    this.window()
  }

  disconnectedCallback() {
    this.resizer.disconnect()
    document.removeEventListener("perennial:setting", this.restyled)
    this.chunks.forEach((chunk) => chunk.asking?.abort())
  }

  measure() {
    this.rowHeight = parseFloat(getComputedStyle(this).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize) || 36
    this.setAttribute("aria-rowcount", String(this.total + 1))
    this.chunks.forEach((chunk) => { chunk.element.style.height = this.height(chunk.index) + "px" })
  }

  height(index) { return Math.max(0, Math.min(CHUNK, this.total - index * CHUNK)) * this.rowHeight }

  soon() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.window() })
  }

  window() {
    const last = Math.max(0, Math.ceil(this.total / CHUNK) - 1)
    const top = Math.max(0, this.scrollTop - this.head.offsetHeight)
    const from = Math.max(0, Math.floor((top / this.rowHeight - CHUNK / 2) / CHUNK))
    const to = Math.min(last, Math.floor(((top + this.clientHeight) / this.rowHeight + CHUNK / 2) / CHUNK))
    const focusedChunk = this.contains(document.activeElement) ? Math.floor(this.at.row / CHUNK) : -1
    for (const [index, chunk] of this.chunks) {
      if ((index < from || index > to) && index !== focusedChunk) {
        chunk.element.remove()
        if (!chunk.ready) { chunk.asking.abort(); this.chunks.delete(index) }
      }
    }
    for (let index = from; index <= to; index++) this.place(index)
    const standing = [...this.chunks.values()].filter((chunk) => chunk.element.isConnected).sort((a, b) => a.index - b.index)
    // Chunks stand at absolute places within the body, so a focused one far away does not move the others.
    this.body.style.height = this.total * this.rowHeight + "px"
    for (const chunk of standing) {
      chunk.element.style.insetBlockStart = chunk.index * CHUNK * this.rowHeight + "px"
    }
    if (this.chunks.size > KEPT) {
      for (const [index, chunk] of this.chunks) {
        if (this.chunks.size <= KEPT) break
        if (!chunk.element.isConnected) this.chunks.delete(index)
      }
    }
  }

  place(index) {
    let chunk = this.chunks.get(index)
    if (!chunk) {
      const element = document.createElement("div")
      element.className = "grid-chunk"
      element.setAttribute("role", "presentation")
      element.style.gridTemplateColumns = this.getAttribute("columns")
      element.style.height = this.height(index) + "px"
      chunk = { index, element, ready: false }
      this.chunks.set(index, chunk)
      this.fetch(chunk)
    }
    if (!chunk.element.isConnected) {
      const next = [...this.body.children].find((other) => Number(other.dataset.index) > index)
      chunk.element.dataset.index = index
      this.body.insertBefore(chunk.element, next ?? null)
    }
  }

  async fetch(chunk) {
    chunk.asking = new AbortController()
    const url = new URL(this.getAttribute("src"), location.href)
    url.searchParams.set("offset", chunk.index * CHUNK)
    url.searchParams.set("limit", CHUNK)
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: chunk.asking.signal })
      if (!answer.ok) throw new Error(String(answer.status))
      const total = Number(answer.headers.get("X-Total-Count") ?? this.total)
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      const rows = [...page.querySelectorAll("[role=row]")]
      rows.forEach((row, i) => this.prepare(row, chunk.index * CHUNK + i))
      chunk.element.replaceChildren(...rows)
      chunk.ready = true
      window.htmx?.process(chunk.element)
      if (total !== this.total) { this.total = total; this.measure(); this.soon() }
      if (this.wanted && Math.floor(this.wanted.row / CHUNK) === chunk.index) { this.move(this.wanted.row, this.wanted.column); }
    } catch (problem) {
      this.chunks.delete(chunk.index)
      if (problem.name !== "AbortError") { chunk.element.remove(); perennial.say("Rows could not be fetched. Scroll to try again.") }
    }
  }

  prepare(row, index) {
    row.dataset.row = index
    row.setAttribute("aria-rowindex", String(index + 2))
    row.setAttribute("aria-selected", String(this.chosen.has(row.dataset.id)))
    const cells = row.querySelectorAll("[role=gridcell]")
    cells.forEach((cell, column) => {
      cell.tabIndex = index === this.at.row && column === this.at.column ? 0 : -1
      cell.querySelectorAll("a, button, input").forEach((inner) => { inner.tabIndex = -1 })
    })
  }

  rowAt(index) { return this.body.querySelector(`[data-row="${index}"]`) }

  focused(cell) {
    if (!cell) return
    this.body.querySelectorAll("[role=gridcell][tabindex='0']").forEach((other) => { other.tabIndex = -1 })
    cell.tabIndex = 0
    const row = cell.closest("[role=row]")
    this.at = { row: Number(row.dataset.row), column: [...row.querySelectorAll("[role=gridcell]")].indexOf(cell) }
  }

  move(row, column) {
    row = Math.max(0, Math.min(this.total - 1, row))
    const top = row * this.rowHeight
    const view = this.clientHeight - this.head.offsetHeight
    if (top < this.scrollTop) this.scrollTop = top
    else if (top + this.rowHeight > this.scrollTop + view) this.scrollTop = top + this.rowHeight - view
    this.window()
    const cells = this.rowAt(row)?.querySelectorAll("[role=gridcell]")
    if (!cells?.length) { this.wanted = { row, column }; return }
    this.wanted = null
    cells[Math.max(0, Math.min(cells.length - 1, column))].focus({ preventScroll: true })
    document.dispatchEvent(new CustomEvent("perennial:row", { detail: this.rowAt(row) }))
  }

  key(event) {
    if (perennial.isTyping(event.target)) return
    const page = Math.max(1, Math.floor((this.clientHeight - this.head.offsetHeight) / this.rowHeight) - 1)
    const { row, column } = this.at
    const far = event.ctrlKey || event.metaKey
    const to = {
      ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1],
      PageDown: [row + page, column], PageUp: [row - page, column],
      Home: far ? [0, 0] : [row, 0], End: far ? [this.total - 1, 999] : [row, 999],
    }[event.key]
    const element = this.rowAt(row)
    if (to) { event.preventDefault(); this.move(to[0], Math.max(0, to[1])) }
    else if (event.key === "Enter") { event.preventDefault(); (event.target.querySelector("a, button") ?? element?.querySelector("a"))?.click() }
    else if (event.key === " " && element?.dataset.preview) { event.preventDefault(); document.dispatchEvent(new CustomEvent("perennial:preview", { detail: element })) }
    else if (event.key.toLowerCase() === "x" && document.documentElement.dataset.keys !== "off") { event.preventDefault(); this.select(element, event.shiftKey) }
  }

  select(row, range) {
    if (!row) return
    const index = Number(row.dataset.row)
    const on = !this.chosen.has(row.dataset.id)
    const rows = range && this.anchor != null
      ? Array.from({ length: Math.abs(index - this.anchor) + 1 }, (_, i) => this.rowAt(Math.min(index, this.anchor) + i)).filter(Boolean)
      : [row]
    for (const each of rows) {
      const chosen = range ? true : on
      chosen ? this.chosen.add(each.dataset.id) : this.chosen.delete(each.dataset.id)
      each.setAttribute("aria-selected", String(chosen))
      const box = each.querySelector("input[type=checkbox][data-select]")
      if (box) box.checked = chosen
    }
    this.anchor = index
    this.dispatchEvent(new CustomEvent("perennial:selection", { bubbles: true, detail: [...this.chosen] }))
  }
}
customElements.define("cs-grid", Grid)
