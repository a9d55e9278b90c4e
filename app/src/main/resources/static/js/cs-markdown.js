/*
 * <cs-markdown>: a toolbar for the textarea inside. Buttons put marks around the selection (data-around), before its lines
 * (data-line), a block of its own (data-block) or a link (data-link). Text is put in as if typed, so that Ctrl Z takes it back.
 * One stop for Tab; arrows move within the toolbar.
 */
class Markdown extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea")
    this.bar = this.querySelector("[role=toolbar]")
    if (!this.area || !this.bar) return
    this.bar.hidden = false
    this.buttons = [...this.bar.querySelectorAll("button")]
    this.buttons.forEach((button, place) => { button.tabIndex = place === 0 ? 0 : -1 })
    this.bar.addEventListener("click", (event) => { const button = event.target.closest("button"); if (button) this.apply(button) })
    this.bar.addEventListener("keydown", (event) => this.move(event))
    this.area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      const button = { b: this.bar.querySelector("[data-around='**']"), i: this.bar.querySelector("[data-around='*']") }[event.key.toLowerCase()]
      if (button) { event.preventDefault(); this.apply(button) }
    })
  }

  move(event) {
    const at = this.buttons.indexOf(event.target)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.buttons.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    const next = this.buttons[(to + this.buttons.length) % this.buttons.length]
    this.buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1 })
    next.focus()
  }

  apply(button) {
    const { area } = this
    const { selectionStart: from, selectionEnd: to, value } = area
    const chosen = value.slice(from, to)
    const { around, line, block } = button.dataset
    if (around) {
      const inside = chosen || button.dataset.sample
      this.put(around + inside + around, from, to, from + around.length, from + around.length + inside.length)
    } else if (line) {
      const start = value.lastIndexOf("\n", from - 1) + 1
      const text = value.slice(start, to).split("\n").map((each) => line + each).join("\n")
      this.put(text, start, to, start + text.length, start + text.length)
    } else if (block) {
      const text = (from > 0 && value[from - 1] !== "\n" ? "\n\n" : "") + block + "\n"
      this.put(text, from, to, from + text.length, from + text.length)
    } else {
      const words = chosen || "words"
      const text = `[${words}](https://)`
      const end = from + text.length - 1
      this.put(text, from, to, end, end)
    }
  }

  put(text, from, to, selectFrom, selectTo) {
    this.area.focus()
    this.area.setSelectionRange(from, to)
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, from, to, "end")
      this.area.dispatchEvent(new Event("input", { bubbles: true }))
    }
    this.area.setSelectionRange(selectFrom, selectTo)
  }
}
customElements.define("cs-markdown", Markdown)
