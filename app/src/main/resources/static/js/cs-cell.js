/*
 * Editing a cell of <cs-grid> in place. The cell names its field (data-edit), the kind of input (data-input: text, date, person)
 * and its plain value (data-value). Enter saves, Tab saves and moves on, Esc cancels, leaving the cell saves. The new text shows
 * at once; the server's row takes its place. 409 shows both values and the choice, 422 the reason; what was typed is kept.
 */
class Editor {
  constructor(cell) {
    this.cell = cell
    this.row = cell.closest("[role=row]")
    this.grid = cell.closest("cs-grid")
    this.seen = cell.dataset.value ?? ""
    this.shown = [...cell.childNodes]
    this.open(this.seen)
  }

  get title() {
    const heads = [...this.grid.head.children]
    return heads[[...this.row.children].indexOf(this.cell)]?.textContent.trim() ?? "Value"
  }

  open(text, problem) {
    this.closed = false
    this.box = document.createElement("div")
    this.box.className = "cell-editor"
    this.box.popover = "manual"
    this.box.setAttribute("role", "group")
    this.input = Object.assign(document.createElement("input"), { className: "input", value: text, maxLength: 500, autocomplete: "off" })
    this.input.setAttribute("aria-label", `${this.title} of ${this.row.querySelector("[role=rowheader]")?.textContent.trim() ?? "this row"}`)
    if (this.cell.dataset.input === "date") this.input.type = "date"
    if (this.cell.dataset.input === "person") this.input.setAttribute("list", "people")
    this.box.append(this.input)
    this.cell.append(this.box)
    this.box.showPopover()
    this.place()
    this.placed = () => this.place()
    this.grid.addEventListener("scroll", this.placed)
    addEventListener("scroll", this.placed)
    this.box.addEventListener("keydown", (event) => this.key(event))
    this.box.addEventListener("focusout", (event) => { if (!this.box.contains(event.relatedTarget) && document.hasFocus()) this.left() })
    if (problem) this.explain(problem)
    else { this.input.focus(); this.input.select?.() }
  }

  place() {
    const cell = this.cell.getBoundingClientRect()
    const width = Math.max(cell.width, 224)
    this.box.style.inlineSize = width + "px"
    this.box.style.left = Math.max(4, Math.min(cell.left, innerWidth - width - 4)) + "px"
    this.box.style.top = Math.max(0, Math.min(cell.top, innerHeight - this.box.offsetHeight - 4)) + "px"
  }

  key(event) {
    event.stopPropagation()
    if (event.key === "Escape") { event.preventDefault(); this.cancel() }
    else if (event.key === "Enter" && event.target === this.input && !event.isComposing) { event.preventDefault(); this.save(0) }
    else if (event.key === "Tab" && event.target === this.input && !this.undecided) { event.preventDefault(); this.save(event.shiftKey ? -1 : 1) }
  }

  left() {
    if (this.closed || this.undecided) return
    this.save(null)
  }

  close() {
    this.closed = true
    this.grid.removeEventListener("scroll", this.placed)
    removeEventListener("scroll", this.placed)
    this.box.remove()
  }

  cancel() {
    const stale = this.undecided
    this.close()
    this.cell.replaceChildren(...this.shown)
    this.cell.focus({ preventScroll: true })
    if (stale) this.grid.refresh()
  }

  /* @param step columns to move on by; null when the focus has gone elsewhere already */
  async save(step) {
    const value = this.input.value.trim()
    this.undecided = false
    this.close()
    const { row, column } = this.position()
    if (step !== null) this.grid.move(row, column + step)
    if (value === this.seen) return
    this.cell.replaceChildren(this.painted(value))
    this.cell.classList.add("saving")
    const answer = await this.post(value)
    this.cell.classList.remove("saving")
    if (answer?.ok) return this.saved(await answer.text())
    if (answer?.status === 401) return location.assign("/sign-in")
    this.cell.replaceChildren(...this.shown)
    this.undecided = true
    this.open(value, answer ? await this.problem(answer) : "No connection. What you wrote is still here; press Enter to try again.")
  }

  position() {
    return { row: Number(this.row.dataset.row), column: [...this.row.children].indexOf(this.cell) }
  }

  painted(value) {
    if (this.cell.dataset.input !== "date" || !value) return value
    return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(value))
  }

  post(value) {
    const query = new URL(this.grid.getAttribute("src"), location.href).search
    return fetch(`/accounts/${this.row.dataset.id}/cells/${this.cell.dataset.edit}${query}`, {
      method: "POST", headers: perennial.headers(), body: new URLSearchParams({ value, seen: this.seen }),
    }).catch(() => null)
  }

  saved(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[role=row]")
    const { row, column } = this.position()
    if (!fresh?.dataset.id || !this.row.isConnected) return this.grid.refresh()
    const { change, words } = fresh.dataset
    this.grid.replace(this.row, fresh)
    this.grid.cellAt(row, column)?.classList.add("saved")
    if (change) document.dispatchEvent(new CustomEvent("perennial:undo", { detail: { change, words } }))
    else perennial.say(words)
  }

  async problem(answer) {
    const text = await answer.text()
    if (answer.status === 409 || answer.status === 422) {
      return new DOMParser().parseFromString(text, "text/html").body.firstElementChild
    }
    return answer.status === 403 ? "Your role does not allow this. Nothing was changed."
      : answer.status === 404 ? "This account is no longer in your portfolio. Nothing was changed."
      : "The server could not do this. Nothing was changed; press Enter to try again."
  }

  /* A reason, or the conflict with its two buttons. */
  explain(problem) {
    const part = typeof problem === "string" ? Object.assign(document.createElement("p"), { className: "error", textContent: problem }) : problem
    part.id = "cell-problem"
    part.setAttribute("role", "alert")
    this.box.append(part)
    this.input.setAttribute("aria-describedby", "cell-problem")
    const conflict = part.matches(".cell-conflict")
    if (!conflict) this.input.setAttribute("aria-invalid", "true")
    part.querySelector("[data-keep]")?.addEventListener("click", () => this.cancel())
    part.querySelector("[data-mine]")?.addEventListener("click", () => { this.seen = part.dataset.theirs; this.save(0) })
    this.place()
    if (conflict) part.querySelector("[data-keep]").focus()
    else { this.input.focus(); this.input.select?.() }
  }
}
document.addEventListener("perennial:edit", (event) => {
  if (!event.detail.querySelector(".cell-editor") && !event.detail.matches(".saving")) new Editor(event.detail)
})
