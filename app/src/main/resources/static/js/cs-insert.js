/* <cs-insert data-into="reply-body"> around buttons with data-text: a click puts the text at the caret of that field and opens its form. */
class Insert extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-text]")
      const field = document.getElementById(this.dataset.into)
      if (!button || !field) return
      const form = field.closest("details")
      if (form) form.open = true
      const before = field.value.slice(0, field.selectionStart)
      const text = (before && !before.endsWith("\n") ? "\n" : "") + button.dataset.text + "\n"
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
      field.focus()
      field.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
}
customElements.define("cs-insert", Insert)
