/*
 * <cs-board>: cards (data-card names their column) that a mouse drags to another column (data-column). Dropping sends the card's own
 * form, which keyboards and fingers use as well, so that both ways do the same and are undone alike. Who may not move has no form.
 */
class Board extends HTMLElement {
  connectedCallback() {
    for (const card of this.querySelectorAll("[data-card]")) {
      if (!card.querySelector("form select")) continue
      card.draggable = true
      for (const link of card.querySelectorAll("a")) link.draggable = false
    }
    if (this.listens) return
    this.listens = true
    this.addEventListener("dragstart", (event) => this.lift(event))
    this.addEventListener("dragover", (event) => this.over(event))
    this.addEventListener("dragleave", (event) => { if (!this.contains(event.relatedTarget)) this.mark(null) })
    this.addEventListener("drop", (event) => this.put(event))
    this.addEventListener("dragend", () => this.rest())
  }

  lift(event) {
    const card = event.target.closest?.("[data-card]")
    if (!card?.draggable) return
    this.card = card
    this.toggleAttribute("data-editing", true) // nobody takes the card out of the hand
    card.toggleAttribute("data-lifted", true)
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", card.querySelector("a")?.textContent ?? "")
  }

  target(event) {
    const column = event.target.closest?.("[data-column]")
    return this.card && column && column.dataset.column !== this.card.dataset.card ? column : null
  }

  over(event) {
    const column = this.target(event)
    if (column) {
      event.preventDefault()
      event.dataTransfer.dropEffect = "move"
    }
    this.mark(column)
  }

  put(event) {
    const column = this.target(event)
    if (!column) return
    event.preventDefault()
    const form = this.card.querySelector("form")
    form.querySelector("select").value = column.dataset.column
    form.requestSubmit(form.querySelector("button"))
  }

  mark(column) {
    for (const one of this.querySelectorAll("[data-over]")) one.toggleAttribute("data-over", one === column)
    column?.toggleAttribute("data-over", true)
  }

  rest() {
    this.mark(null)
    this.card?.removeAttribute("data-lifted")
    this.removeAttribute("data-editing")
    this.card = null
  }
}
customElements.define("cs-board", Board)
