/* <cs-macro> around a select inside a form: the chosen text goes to the caret of the form's textarea. */
class Macro extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select")
    select?.addEventListener("change", () => {
      const text = this.closest("form")?.querySelector("textarea")
      if (!text || !select.value) return
      text.setRangeText(select.value, text.selectionStart, text.selectionEnd, "end")
      select.selectedIndex = 0
      text.focus()
      text.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
}
customElements.define("cs-macro", Macro)
