/* <cs-insert> with a template of text and buttons: data-into names the textarea beside it that the text goes into, at its caret. */
class Insert extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.addEventListener("click", (event) => {
      const field = document.getElementById(event.target.closest("[data-into]")?.dataset.into)
      const text = this.querySelector("template")?.content.textContent
      if (!field || !text) return
      const around = field.closest("details")
      if (around) around.open = true
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
      field.focus()
      field.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
}
customElements.define("cs-insert", Insert)
