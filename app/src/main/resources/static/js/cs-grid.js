/*
 * <cs-grid src="/accounts/rows?sort=…" total="100000" columns="2rem minmax(12rem, 2fr) 8rem 6rem" label="Accounts">
 *   <div class="grid-head" role="row"><span role="columnheader">…</span>…</div>   or a whole <table>, whose rows it takes over
 * </cs-grid>
 *
 * A window on up to a million rows: only chunks of 50 near the window stand in the document, the body keeps the full height.
 * GET <src>&offset=0&limit=50 answers an HTML fragment of <div role="row" id data-id><span role="gridcell">…</span>…</div>,
 * the header X-Total-Count, and perhaps X-Order, which is sent along from then on. At most 24 chunks are kept. The row with the
 * focus is never taken away. On a narrow screen a table inside stays what it is.
 * Keys: arrows, J and K, Home, End, Ctrl+Home, Ctrl+End, Page Up and Down, Enter or F2 edits or opens, Space previews,
 * X selects, Shift+X a range, Ctrl+A all. Selecting: perennial:selection; editing: perennial:edit (cs-cell.js).
 */
const CHUNK = 50
const KEPT = 24
const CELL = "[role=gridcell], [role=rowheader]"
const RANGE = 5000

class Grid extends HTMLElement {
  connectedCallback() {
    if (this.body) return
    const table = this.querySelector("table")
    if (table && matchMedia("(max-width: 40rem)").matches) return
    this.total = Number(this.getAttribute("total") ?? 0)
    this.chunks = new Map()
    this.chosen = new Set()
    this.except = new Set()
    this.everything = false
    this.at = { row: 0, column: 0 }
    this.setAttribute("role", "grid")
    this.setAttribute("aria-multiselectable", "true")
    if (this.getAttribute("label")) this.setAttribute("aria-label", this.getAttribute("label"))
    this.body = document.createElement("div")
    this.body.className = "grid-body"
    this.body.setAttribute("role", "rowgroup")
    const rows = table ? this.adopt(table) : []
    this.head = this.querySelector(".grid-head")
    this.head.setAttribute("aria-rowindex", "1")
    this.head.style.gridTemplateColumns = this.getAttribute("columns")
    this.append(this.body)
    this.widen()
    this.measure()
    this.keep(rows, Number(this.getAttribute("start") ?? 0))
    this.listen()
    this.restore()
    this.window()
  }

  listen() {
    this.addEventListener("scroll", () => { this.soon(); this.remember() }, { passive: true })
    this.addEventListener("keydown", (event) => this.key(event))
    this.addEventListener("focusin", (event) => this.focused(event.target.closest(CELL)))
    this.addEventListener("click", (event) => {
      if (event.target.matches("input[data-select]")) this.select(event.target.closest("[role=row]"), event.shiftKey)
      if (event.target.matches("input[data-select-all]")) event.target.checked ? this.selectAll() : this.selectNone()
    })
    this.addEventListener("dblclick", (event) => { const cell = event.target.closest("[data-edit]"); if (cell) { event.preventDefault(); this.edit(cell) } })
    this.resizer = new ResizeObserver(() => { this.measure(); this.soon() })
    this.resizer.observe(this)
    this.restyled = () => { this.measure(); this.soon() }
    document.addEventListener("perennial:setting", this.restyled)
    this.changed = (event) => { if (event.detail.includes("*") || event.detail.includes(this.getAttribute("topic"))) this.refreshSoon() }
    document.addEventListener("perennial:changed", this.changed)
  }

  disconnectedCallback() {
    this.resizer?.disconnect()
    document.removeEventListener("perennial:setting", this.restyled)
    document.removeEventListener("perennial:changed", this.changed)
    this.chunks?.forEach((chunk) => chunk.asking?.abort())
  }

  /* The table that stood here without script becomes head and first rows; nothing is fetched twice. */
  adopt(table) {
    const as = (element, name, role) => {
      const fresh = document.createElement(name)
      for (const { name: key, value } of element.attributes) if (!["scope", "colspan", "data-label"].includes(key)) fresh.setAttribute(key, value)
      fresh.setAttribute("role", role)
      return fresh
    }
    const turned = (row, roles) => {
      const fresh = as(row, "div", "row")
      for (const cell of row.cells) {
        const part = as(cell, "span", roles(cell))
        part.append(...cell.childNodes)
        fresh.append(part)
      }
      return fresh
    }
    const head = turned(table.tHead.rows[0], () => "columnheader")
    head.className = "grid-head"
    const rows = [...table.tBodies[0].rows].map((row) => turned(row, (cell) => (cell.scope === "row" ? "rowheader" : "gridcell")))
    rows.forEach((row) => row.querySelectorAll("input[data-select]").forEach((box) => { box.removeAttribute("name"); box.removeAttribute("form") }))
    const corner = head.querySelector(".pick")
    if (corner) {
      const box = Object.assign(document.createElement("input"), { type: "checkbox" })
      box.dataset.selectAll = ""
      box.setAttribute("aria-label", "Select all matching")
      corner.replaceChildren(box)
    }
    this.replaceChildren(head)
    return rows
  }

  keep(rows, start) {
    if (rows.length === 0 || start % CHUNK || (start && rows.some((row) => row.matches(".group-row")))) return
    const whole = start + rows.length >= this.total ? rows.length : rows.length - (rows.length % CHUNK)
    for (let i = 0; i < whole; i += CHUNK) {
      const chunk = this.chunk((start + i) / CHUNK)
      this.fill(chunk, rows.slice(i, i + CHUNK))
    }
  }

  /* Back and forward find the place again. */
  remember() {
    clearTimeout(this.remembering)
    this.remembering = setTimeout(() => {
      history.replaceState({ ...history.state, grid: { top: this.scrollTop, order: this.order, at: this.at } }, "")
    }, 250)
  }

  restore() {
    const start = Number(this.getAttribute("start") ?? 0)
    const kept = performance.getEntriesByType("navigation")[0]?.type === "back_forward" ? history.state?.grid : null
    if (kept) {
      this.order = kept.order
      this.at = kept.at ?? this.at
      this.scrollTop = kept.top
    } else if (start) this.scrollTop = start * this.rowHeight
  }

  widen() {
    const least = [...this.getAttribute("columns").matchAll(/minmax\(([\d.]+)rem|(?<![\d.(])([\d.]+)rem/g)].reduce((sum, [, a, b]) => sum + Number(a ?? b), 0)
    if (!least) return
    this.head.style.minInlineSize = least + "rem"
    this.body.style.minInlineSize = least + "rem"
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
    const top = Math.max(0, this.scrollTop)
    const from = Math.max(0, Math.floor((top / this.rowHeight - CHUNK / 2) / CHUNK))
    const to = Math.min(last, Math.floor(((top + this.clientHeight) / this.rowHeight + CHUNK / 2) / CHUNK))
    const focusedChunk = this.contains(document.activeElement) ? Math.floor(this.at.row / CHUNK) : -1
    for (const [index, chunk] of this.chunks) {
      if ((index < from || index > to) && index !== focusedChunk) {
        chunk.element.remove()
        if (!chunk.ready) { chunk.asking?.abort(); this.chunks.delete(index) }
      }
    }
    for (let index = from; index <= to; index++) this.place(index)
    // Chunks stand at absolute places within the body, so a focused one far away does not move the others.
    this.body.style.height = this.total * this.rowHeight + "px"
    for (const chunk of this.chunks.values()) chunk.element.style.insetBlockStart = chunk.index * CHUNK * this.rowHeight + "px"
    for (const [index, chunk] of this.chunks) {
      if (this.chunks.size <= KEPT) break
      if (!chunk.element.isConnected) this.chunks.delete(index)
    }
    const place = this.parentElement.querySelector(".grid-place")
    if (place) place.textContent = this.whereabouts(top)
  }

  whereabouts(top) {
    const first = Math.min(this.total, Math.floor(top / this.rowHeight) + 1)
    const last = Math.min(this.total, Math.floor((top + this.clientHeight - this.head.offsetHeight) / this.rowHeight))
    return `Rows ${first.toLocaleString("en")}–${last.toLocaleString("en")} of ${this.total.toLocaleString("en")}`
  }

  chunk(index) {
    const element = document.createElement("div")
    element.className = "grid-chunk"
    element.setAttribute("role", "presentation")
    element.style.gridTemplateColumns = this.getAttribute("columns")
    element.style.height = this.height(index) + "px"
    element.dataset.index = index
    const chunk = { index, element, ready: false }
    this.chunks.set(index, chunk)
    return chunk
  }

  place(index) {
    let chunk = this.chunks.get(index)
    if (!chunk) {
      chunk = this.chunk(index)
      this.fetch(chunk)
    }
    if (!chunk.element.isConnected) {
      const next = [...this.body.children].find((other) => Number(other.dataset.index) > index)
      this.body.insertBefore(chunk.element, next ?? null)
    }
  }

  /* The address of a window, or of something else about the same rows: this.url("/ids", 0, 10). */
  url(part, offset, limit) {
    const url = new URL(this.getAttribute("src"), location.href)
    url.pathname += part
    url.searchParams.set("offset", offset)
    url.searchParams.set("limit", limit)
    if (this.order) url.searchParams.set("order", this.order)
    return url
  }

  async fetch(chunk) {
    chunk.asking = new AbortController()
    try {
      const answer = await this.ask(chunk)
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      this.ordered(answer.headers.get("X-Order") ?? "", chunk)
      const total = Number(answer.headers.get("X-Total-Count") ?? this.total)
      this.fill(chunk, [...page.querySelectorAll("[role=row]")])
      if (total !== this.total) { this.total = total; this.measure(); this.soon() }
      if (this.wanted && Math.floor(this.wanted.row / CHUNK) === chunk.index) this.move(this.wanted.row, this.wanted.column)
    } catch (problem) {
      if (problem.name === "AbortError") return
      if (!chunk.ready) { this.chunks.delete(chunk.index); chunk.element.remove() }
      perennial.say("Rows could not be fetched. Scroll to try again.")
    }
  }

  /* Until the order has a name, one window is asked for at a time, so that all belong to the same. */
  async ask(chunk) {
    while (this.order == null && this.naming) await this.naming.catch(() => {})
    const asked = fetch(this.url("", chunk.index * CHUNK, CHUNK), { headers: { "HX-Request": "true" }, signal: chunk.asking.signal })
    if (this.order == null) this.naming = asked
    try {
      const answer = await asked
      if (!answer.ok) throw new Error(String(answer.status))
      this.order ??= answer.headers.get("X-Order") ?? ""
      return answer
    } finally { if (this.naming === asked) this.naming = null }
  }

  /* Another order than before: what is kept out of sight belongs to the old one. */
  ordered(order, chunk) {
    if (order && this.order && order !== this.order) {
      for (const [index, other] of this.chunks) if (other !== chunk && !other.element.isConnected) this.chunks.delete(index)
    }
    this.order = order
  }

  fill(chunk, rows) {
    const focused = chunk.element.contains(document.activeElement)
    rows.forEach((row, i) => this.prepare(row, chunk.index * CHUNK + i))
    chunk.element.replaceChildren(...rows)
    chunk.ready = true
    window.htmx?.process(chunk.element)
    if (focused) this.cellAt(this.at.row, this.at.column)?.focus({ preventScroll: true })
  }

  /* One row by its newer self, wherever the focus is in it. */
  replace(row, fresh) {
    const focused = row.contains(document.activeElement)
    this.prepare(fresh, Number(row.dataset.row))
    row.replaceWith(fresh)
    if (focused) this.cellAt(this.at.row, this.at.column)?.focus({ preventScroll: true })
  }

  refreshSoon() {
    this.refreshing ??= setTimeout(() => { this.refreshing = null; this.refresh() }, 400 + Math.random() * 800)
  }

  /* The values of now for what is in sight, in the same order; a chunk that somebody edits waits for the next time. */
  async refresh() {
    for (const [index, chunk] of this.chunks) {
      if (!chunk.element.isConnected) this.chunks.delete(index)
      else if (chunk.ready && !chunk.element.querySelector(".cell-editor, .saving")) await this.fetch(chunk)
    }
  }

  /* Reads everything again, in the order of now. */
  reorder() {
    this.order = null
    this.chunks.forEach((chunk) => { chunk.asking?.abort(); chunk.element.remove() })
    this.chunks.clear()
    this.at = { row: 0, column: this.at.column }
    this.scrollTop = 0
    this.window()
  }

  prepare(row, index) {
    row.dataset.row = index
    row.setAttribute("aria-rowindex", String(index + 2))
    if (row.dataset.id) this.mark(row)
    row.querySelectorAll(CELL).forEach((cell, column) => {
      cell.tabIndex = index === this.at.row && column === this.at.column ? 0 : -1
      cell.querySelectorAll("a, button, input").forEach((inner) => { inner.tabIndex = -1 })
    })
  }

  rowAt(index) { return this.body.querySelector(`[data-row="${index}"]`) }
  cellAt(row, column) {
    const cells = this.rowAt(row)?.querySelectorAll(CELL)
    return cells?.[Math.max(0, Math.min(cells.length - 1, column))]
  }

  focused(cell) {
    const row = cell?.closest("[data-row]")
    if (!row) return
    this.body.querySelectorAll(":is([role=gridcell], [role=rowheader])[tabindex='0']").forEach((other) => { other.tabIndex = -1 })
    cell.tabIndex = 0
    const column = [...row.querySelectorAll(CELL)].indexOf(cell)
    this.at = { row: Number(row.dataset.row), column: row.matches(".group-row, .gone") ? this.at.column : column }
  }

  /* Where the focus was, or the first row. */
  enter() { this.move(this.at.row, this.at.column || (this.querySelector(".grid-head .pick") ? 1 : 0)) }

  move(row, column) {
    row = Math.max(0, Math.min(this.total - 1, row))
    const top = row * this.rowHeight
    const view = this.clientHeight - this.head.offsetHeight
    if (top < this.scrollTop) this.scrollTop = top
    else if (top + this.rowHeight > this.scrollTop + view) this.scrollTop = top + this.rowHeight - view
    this.window()
    const cell = this.cellAt(row, column)
    if (!cell) { this.wanted = { row, column }; return }
    this.wanted = null
    this.at.column = column
    cell.focus({ preventScroll: true })
    this.reveal(cell)
    document.dispatchEvent(new CustomEvent("perennial:row", { detail: this.rowAt(row) }))
  }

  /* Not behind the first columns, not beyond the right edge, and not outside the window. */
  reveal(cell) {
    const box = cell.getBoundingClientRect()
    const frame = this.getBoundingClientRect()
    const edge = this.head.querySelector(".sticky-second")?.getBoundingClientRect().right ?? frame.left
    if (!cell.matches(".sticky-first, .sticky-second")) {
      if (box.left < edge) this.scrollLeft -= edge - box.left
      else if (box.right > frame.right) this.scrollLeft += Math.min(box.right - frame.right + 2, box.left - edge)
    }
    if (box.top < 0 || box.bottom > innerHeight) cell.scrollIntoView({ block: "nearest" })
  }

  edit(cell) { document.dispatchEvent(new CustomEvent("perennial:edit", { detail: cell })) }

  key(event) {
    if (event.defaultPrevented || perennial.isTyping(event.target) || event.target.closest(".grid-head")) return
    const page = Math.max(1, Math.floor((this.clientHeight - this.head.offsetHeight) / this.rowHeight) - 1)
    const { row, column } = this.wanted ?? this.at
    const far = event.ctrlKey || event.metaKey
    const letters = !far && !event.altKey && document.documentElement.dataset.keys !== "off"
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const to = {
      ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1],
      PageDown: [row + page, column], PageUp: [row - page, column],
      Home: far ? [0, 0] : [row, 0], End: far ? [this.total - 1, 999] : [row, 999],
      j: letters && [row + 1, column], k: letters && [row - 1, column],
    }[key]
    const element = this.rowAt(row)
    const cell = event.target.closest("[data-edit]")
    const last = this.head.children.length - 1
    if (to) { event.preventDefault(); this.move(to[0], Math.max(0, Math.min(last, to[1]))) }
    else if ((key === "Enter" || key === "F2") && cell) { event.preventDefault(); this.edit(cell) }
    else if (key === "Enter") { event.preventDefault(); (event.target.querySelector("a, button") ?? element?.querySelector("a"))?.click() }
    else if (key === " " && event.target.closest(".pick")) { event.preventDefault(); this.select(element, event.shiftKey) }
    else if (key === " " && element?.dataset.preview) { event.preventDefault(); document.dispatchEvent(new CustomEvent("perennial:preview", { detail: element })) }
    else if (key === "x" && letters) { event.preventDefault(); this.select(element, event.shiftKey) }
    else if (key === "a" && far && this.querySelector("[data-select-all]")) { event.preventDefault(); this.selectAll() }
  }

  isChosen(id) { return this.everything ? !this.except.has(id) : this.chosen.has(id) }

  mark(row) {
    const chosen = this.isChosen(row.dataset.id)
    row.setAttribute("aria-selected", String(chosen))
    const box = row.querySelector("input[data-select]")
    if (box) box.checked = chosen
  }

  async select(row, range) {
    if (!row?.dataset.id) return
    const index = Number(row.dataset.row)
    const on = range || !this.isChosen(row.dataset.id)
    const ids = range && this.anchor != null ? await this.between(this.anchor, index) : [row.dataset.id]
    for (const id of ids) {
      if (this.everything) on ? this.except.delete(id) : this.except.add(id)
      else on ? this.chosen.add(id) : this.chosen.delete(id)
    }
    this.anchor = index
    this.selected()
  }

  /* A range may reach over rows that are not here: the server names them. */
  async between(one, other) {
    const from = Math.min(one, other)
    const count = Math.abs(one - other) + 1
    const here = Array.from({ length: count }, (_, i) => this.rowAt(from + i))
    if (here.every(Boolean)) return here.map((row) => row.dataset.id).filter(Boolean)
    if (count > RANGE) { perennial.say(`A range holds at most ${RANGE.toLocaleString("en")} rows. Select all matching instead.`); return [] }
    const answer = await fetch(this.url("/ids", from, count)).catch(() => null)
    if (!answer?.ok) { perennial.say("The range could not be fetched. Nothing was selected."); return [] }
    return (await answer.text()).split("\n").filter(Boolean)
  }

  selectAll() { this.everything = true; this.chosen.clear(); this.except.clear(); this.selected() }
  selectNone() { this.everything = false; this.chosen.clear(); this.except.clear(); this.anchor = null; this.selected() }

  selected() {
    this.body.querySelectorAll("[role=row][data-id]").forEach((row) => this.mark(row))
    const all = this.querySelector("input[data-select-all]")
    if (all) {
      all.checked = this.everything && this.except.size === 0
      all.indeterminate = this.everything ? this.except.size > 0 : this.chosen.size > 0
    }
    this.dispatchEvent(new CustomEvent("perennial:selection", { bubbles: true,
      detail: { everything: this.everything, chosen: [...this.chosen], except: [...this.except] } }))
  }
}
customElements.define("cs-grid", Grid)
