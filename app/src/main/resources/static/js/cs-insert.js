/*
 * <cs-insert> around buttons whose text goes into a field at its caret: data-into, of the button or of all, names the field;
 * the text is the button's data-text, or that of a template inside.
 */
class Insert extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button")
      const field = document.getElementById(button?.dataset.into ?? this.dataset.into)
      const inserted = button?.dataset.text ?? this.querySelector("template")?.content.textContent
      if (!button || !field || !inserted) return
      const form = field.closest("details")
      if (form) form.open = true
      const before = field.value.slice(0, field.selectionStart)
      const text = (before && !before.endsWith("\n") ? "\n" : "") + inserted + "\n"
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
      field.focus()
      field.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
}
customElements.define("cs-insert", Insert)
