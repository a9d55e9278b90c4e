/*
 * <cs-bulk data-of="412"><form>…: the bar under a list with selectable rows. Appears with the first selection, says how many, offers all
 * matching, and fits the input to the field. Listens to cs-grid, or to the checkboxes of the table that the form has without it.
 */
class Bulk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.of = Number(this.dataset.of)
    this.everything = this.querySelector("[name=everything]")
    this.toggleAttribute("data-ready", true)
    this.querySelector(".bulk-all").hidden = true
    this.chosen = (event) => this.grid && this.show(event.detail)
    this.ticked = (event) => { if (!this.grid && event.target.matches("input[data-select]")) this.pages(event) }
    document.addEventListener("perennial:selection", this.chosen)
    document.addEventListener("click", this.ticked)
    this.querySelector("[data-select-all]").addEventListener("click", () => this.all())
    this.querySelector("[data-select-none]").addEventListener("click", () => this.none())
    this.querySelector("[name=field]").addEventListener("change", () => this.fit())
    this.form.addEventListener("submit", () => this.carry())
    this.fit()
    this.show({ everything: false, chosen: [], except: [] })
  }
  disconnectedCallback() {
    document.removeEventListener("perennial:selection", this.chosen)
    document.removeEventListener("click", this.ticked)
  }

  get grid() { return document.querySelector("cs-grid[role=grid]") }
  get boxes() { return [...document.querySelectorAll("input[data-select][name]")] }

  pages(event) {
    const boxes = this.boxes
    const at = boxes.indexOf(event.target)
    if (event.shiftKey && this.anchor != null) {
      boxes.slice(Math.min(at, this.anchor), Math.max(at, this.anchor) + 1).forEach((box) => { box.checked = event.target.checked })
    }
    this.anchor = at
    this.everything.checked = false
    this.show({ everything: false, chosen: boxes.filter((box) => box.checked).map((box) => box.value), except: [] })
  }

  all() {
    if (this.grid) return this.grid.selectAll()
    this.boxes.forEach((box) => { box.checked = true })
    this.show({ everything: true, chosen: [], except: [] })
  }

  none() {
    if (this.grid) { this.grid.selectNone(); return this.grid.enter() }
    this.boxes.forEach((box) => { box.checked = false })
    this.show({ everything: false, chosen: [], except: [] })
  }

  show(selection) {
    this.selection = selection
    const count = selection.everything ? this.of - selection.except.length : selection.chosen.length
    const many = count.toLocaleString("en")
    this.toggleAttribute("data-open", count > 0)
    this.querySelector(".bulk-count").textContent = count === 0 ? ""
      : selection.everything && selection.except.length === 0 ? `All ${many} matching selected` : `${many} selected`
    this.querySelector("[data-select-all]").hidden = count === 0 || count === this.of
    this.querySelector("[data-select-none]").hidden = count === 0
    this.everything.checked = selection.everything
  }

  fit() {
    const kind = this.querySelector("[name=field]").selectedOptions[0].dataset.input
    const input = this.querySelector("[name=value]")
    if ((input.type === "date") !== (kind === "date")) input.value = ""
    input.type = kind === "date" ? "date" : "text"
    kind === "person" ? input.setAttribute("list", "people") : input.removeAttribute("list")
  }

  /* The rows in sight are not the selection: what is meant travels in one field. */
  carry() {
    this.querySelectorAll("[data-carried]").forEach((field) => field.remove())
    if (!this.grid) return
    const { everything, chosen, except } = this.selection
    for (const [name, ids] of [["account", everything ? [] : chosen], ["except", except]]) {
      if (ids.length === 0) continue
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value: ids.join(",") })
      field.dataset.carried = ""
      this.form.append(field)
    }
  }
}
customElements.define("cs-bulk", Bulk)
