/*
 * <cs-files data-each="10485760" data-together="18874368"> around a file input says at once, and before anything is sent, that what
 * was chosen is too much: a form that is too large would be cut off, and what was typed with it.
 */
class Files extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]")
    if (!input) return
    const size = (bytes) => `${Math.ceil(bytes / 1048576)} MB`
    input.addEventListener("change", () => {
      const each = Number(this.dataset.each)
      const together = Number(this.dataset.together)
      const files = [...input.files]
      const large = files.find((file) => file.size > each)
      const sum = files.reduce((all, file) => all + file.size, 0)
      input.setCustomValidity(large
        ? `${large.name} has ${size(large.size)}; a file may have ${size(each)}.`
        : sum > together ? `These files have ${size(sum)}; together they may have ${size(together)}.` : "")
      input.reportValidity()
    })
  }
}
customElements.define("cs-files", Files)
