/*
 * <cs-board>: cards (data-card names their column) that a mouse or a pen drags to another column (data-column). Dropping sends the card's
 * own form, which keyboards and fingers use as well, so that both ways do the same and are undone alike. Who may not move has no form.
 * Pointer events, not the browser's own drag and drop: that one tells only of the first column below the pointer in some browsers.
 */
const FAR_ENOUGH = 6 // pixels before a press becomes a drag and no click
const EDGE = 40 // pixels from the board's side within which it scrolls along

class Board extends HTMLElement {
  connectedCallback() {
    for (const card of this.querySelectorAll("[data-card]")) {
      card.toggleAttribute("data-grip", card.querySelector("form select") !== null)
    }
    if (this.listens) return
    this.listens = true
    this.addEventListener("pointerdown", (event) => this.press(event))
    this.addEventListener("pointermove", (event) => this.move(event))
    this.addEventListener("pointerup", (event) => this.put(event))
    this.addEventListener("pointercancel", () => this.rest())
    this.addEventListener("click", (event) => this.swallow(event), true)
    this.addEventListener("dragstart", (event) => { if (this.card) event.preventDefault() })
    this.addEventListener("keydown", (event) => { if (event.key === "Escape") this.rest() })
  }

  press(event) {
    this.dropped = false
    if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("summary, form")) return
    this.card = event.target.closest("[data-card][data-grip]")
    this.from = { x: event.clientX, y: event.clientY, scrolled: this.scrollLeft }
  }

  move(event) {
    if (!this.card) return
    const x = event.clientX - this.from.x
    const y = event.clientY - this.from.y
    if (!this.lifted) {
      if (Math.hypot(x, y) < FAR_ENOUGH) return
      this.lifted = true
      this.setPointerCapture(event.pointerId)
      this.toggleAttribute("data-editing", true) // nobody takes the card out of the hand
      this.card.toggleAttribute("data-lifted", true)
    }
    const box = this.getBoundingClientRect()
    if (event.clientX > box.right - EDGE) this.scrollLeft += EDGE / 2
    if (event.clientX < box.left + EDGE) this.scrollLeft -= EDGE / 2
    this.card.style.translate = `${x + this.scrollLeft - this.from.scrolled}px ${y}px`
    this.mark(this.target(event))
  }

  target(event) {
    const column = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-column]")
    return column && this.contains(column) && column.dataset.column !== this.card.dataset.card ? column : null
  }

  put(event) {
    const column = this.lifted ? this.target(event) : null
    const form = this.card?.querySelector("form")
    this.dropped = this.lifted
    this.rest()
    if (!column) return
    form.querySelector("select").value = column.dataset.column
    form.requestSubmit(form.querySelector("button"))
  }

  /* What was dragged was not clicked. */
  swallow(event) {
    if (!this.dropped || event.target.closest("form")) return
    this.dropped = false
    event.preventDefault()
    event.stopPropagation()
  }

  mark(column) {
    for (const one of this.querySelectorAll("[data-over]")) one.toggleAttribute("data-over", one === column)
    column?.toggleAttribute("data-over", true)
  }

  rest() {
    this.mark(null)
    if (this.card) {
      this.card.removeAttribute("data-lifted")
      this.card.style.translate = ""
    }
    this.removeAttribute("data-editing")
    this.card = null
    this.lifted = false
  }
}
customElements.define("cs-board", Board)
