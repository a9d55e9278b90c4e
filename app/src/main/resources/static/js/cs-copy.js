/* <cs-copy><code>…</code><button hidden>Copy</button></cs-copy>: the button copies what the code element holds, and says so. */
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    const code = this.querySelector("code")
    button.hidden = false
    button.addEventListener("click", async () => {
      // The clipboard exists only over HTTPS and on localhost; elsewhere the text is marked, ready for Ctrl C.
      const copied = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false)
      if (!copied) getSelection().selectAllChildren(code)
      perennial.say(copied ? "Copied." : "Marked. Press Ctrl C to copy it.")
    })
  }
}
customElements.define("cs-copy", Copy)
